import { cholesky, solveCholesky, solveLower } from './cholesky.ts'

/** Grouped binary data with their design matrix. */
export interface GroupedData {
  readonly events: Float64Array
  readonly trials: Float64Array
  /** One row a group, `columns` numbers each, the intercept first. */
  readonly design: Float64Array
  readonly columns: number
}

/** A fit of a logistic regression, with some coefficients held fixed or none. */
export interface LogisticFit {
  readonly coefficients: Float64Array
  /** Log-likelihood without the binomial coefficients, penalized under Firth. */
  readonly logLikelihood: number
  /** Cholesky factor of the information about all coefficients. */
  readonly factor: Float64Array
  readonly status: 'converged' | 'separated' | 'collinear' | 'not-converged'
}

interface State {
  readonly logLikelihood: number
  readonly factor: Float64Array | null
  /** Its lower triangle. */
  readonly information: Float64Array
  readonly score: Float64Array
  /** Whether some group with events only, or none, has a fitted proportion of 1 or 0 to 13 digits. */
  readonly saturated: boolean
}

/**
 * Maximum (penalized) likelihood by Fisher scoring with step halving.
 *
 * @param data - the groups
 * @param penalty - `firth` adds half the log determinant of the information (Jeffreys's prior)
 * @param start - coefficients to start from; the fixed one keeps its value
 * @param fixed - position of a coefficient that is held, or -1
 */
export function fitLogistic(data: GroupedData, penalty: 'none' | 'firth', start: Float64Array, fixed = -1): LogisticFit {
  const n = data.columns
  const free = Array.from({ length: n }, (_, j) => j).filter((j) => j !== fixed)
  let coefficients = start.slice()
  let state = evaluate(data, penalty, coefficients)
  for (let iteration = 0; iteration < 500; iteration++) {
    const { factor } = state
    if (factor === null) return finished(coefficients, state, iteration === 0 ? 'collinear' : 'separated')
    // Scoring that has not settled by now and has a group at its end is on its way to infinity.
    if (iteration > 25 && state.saturated && penalty === 'none')
      return { coefficients, logLikelihood: state.logLikelihood, factor, status: 'separated' }
    const step = scoringStep(state, n, free)
    let size = 0
    for (const [k, j] of free.entries()) size = Math.max(size, Math.abs(step[k] as number) / (1 + Math.abs(coefficients[j] as number)))
    // Scoring with the unpenalized information overshoots at most where the likelihood is flat; halving keeps it rising.
    let share = Math.min(1, 5 / (size || 1))
    let next = coefficients
    let nextState = state
    for (let halving = 0; halving < 40; halving++, share /= 2) {
      next = coefficients.slice()
      for (const [k, j] of free.entries()) next[j] = (next[j] as number) + share * (step[k] as number)
      nextState = evaluate(data, penalty, next)
      if (nextState.logLikelihood >= state.logLikelihood - 1e-13 * Math.abs(state.logLikelihood)) break
    }
    coefficients = next
    state = nextState
    // Where counts are large, rounding keeps the last digits moving.
    if (size < (iteration > 8 ? 1e-11 : 1e-14)) return finished(coefficients, state, 'converged')
  }
  return finished(coefficients, state, 'not-converged')
}

function finished(coefficients: Float64Array, { factor, logLikelihood }: State, status: LogisticFit['status']): LogisticFit {
  if (factor === null) {
    const singular = new Float64Array(coefficients.length ** 2)
    return { coefficients, logLikelihood, factor: singular, status: status === 'collinear' ? status : 'separated' }
  }
  return { coefficients, logLikelihood, factor, status }
}

function scoringStep(state: State, n: number, free: readonly number[]): Float64Array {
  if (free.length === n) return solveCholesky(state.factor as Float64Array, n, state.score)
  const size = free.length
  if (size === 0) return new Float64Array(0)
  const block = new Float64Array(size * size)
  for (const [a, i] of free.entries()) for (const [b, j] of free.entries()) block[a * size + b] = state.information[i * n + j] as number
  const factor = cholesky(block, size)
  const score = free.map((j) => state.score[j] as number)
  return factor === null ? new Float64Array(size) : solveCholesky(factor, size, score)
}

function evaluate({ events, trials, design, columns: n }: GroupedData, penalty: 'none' | 'firth', coefficients: Float64Array): State {
  const groups = events.length
  const information = new Float64Array(n * n)
  const weights = new Float64Array(groups)
  const fittedShare = new Float64Array(groups)
  const residuals = new Float64Array(groups)
  let logLikelihood = 0
  let extreme = 0
  for (let g = 0; g < groups; g++) {
    let eta = 0
    for (let j = 0; j < n; j++) eta += (design[g * n + j] as number) * (coefficients[j] as number)
    const y = events[g] as number
    const m = trials[g] as number
    // y η − m ln(1 + e^η) without overflow, and without cancellation where nearly all or none are events.
    logLikelihood += eta > 0 ? (y - m) * eta - m * Math.log1p(Math.exp(-eta)) : y * eta - m * Math.log1p(Math.exp(eta))
    const share = 1 / (1 + Math.exp(-eta))
    const other = 1 / (1 + Math.exp(eta))
    const weight = m * share * other
    fittedShare[g] = share
    // y − m share without cancellation.
    residuals[g] = y * other - (m - y) * share
    weights[g] = weight
    if (m > 0 && Math.abs(eta) > 30 && (eta > 0 ? y === m : y === 0)) extreme++
    for (let i = 0; i < n; i++) {
      const scaled = weight * (design[g * n + i] as number)
      for (let j = 0; j <= i; j++) information[i * n + j] = (information[i * n + j] as number) + scaled * (design[g * n + j] as number)
    }
  }
  const factor = cholesky(information, n)
  const score = new Float64Array(n)
  if (factor !== null && penalty === 'firth') for (let j = 0; j < n; j++) logLikelihood += Math.log(factor[j * n + j] as number)
  for (let g = 0; g < groups; g++) {
    let residual = residuals[g] as number
    if (penalty === 'firth' && factor !== null) {
      const projected = solveLower(factor, n, design.subarray(g * n, (g + 1) * n))
      let leverage = 0
      for (let j = 0; j < n; j++) leverage += (projected[j] as number) ** 2
      residual += (weights[g] as number) * leverage * (0.5 - (fittedShare[g] as number))
    }
    for (let j = 0; j < n; j++) score[j] = (score[j] as number) + residual * (design[g * n + j] as number)
  }
  return { logLikelihood, factor, information, score, saturated: extreme > 0 }
}
