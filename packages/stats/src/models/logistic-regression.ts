import { requireCount, requireOneOf } from '../argument-checks.ts'
import { type ConfidenceInterval, criticalValue } from '../confidence-interval.ts'
import { chiSquaredUpperQuantile, chiSquaredUpperTail } from '../distributions/chi-squared.ts'
import { StatsError } from '../errors.ts'
import { type NotTestable, notTestable } from '../not-testable.ts'
import { deviancePart } from '../numerics/deviance-part.ts'
import { findRoot } from '../numerics/find-root.ts'
import { logBinomialCoefficient } from '../numerics/gamma-function.ts'
import { solveCholesky } from './cholesky.ts'
import { fitLogistic, type GroupedData, type LogisticFit } from './logistic-fit.ts'

/** One group of observations that share their predictors. */
export interface LogisticGroup {
  /** Observations with the event. */
  readonly events: number
  /** Observations in all. */
  readonly trials: number
  /** Values of the predictors; dummy variables for categories. The intercept is added. */
  readonly predictors: readonly number[]
}

/** Options of {@link logisticRegression}. */
export interface LogisticRegressionOptions {
  /**
   * Names of the predictors, in their order.
   *
   * @defaultValue x1, x2 …
   */
  readonly names?: readonly string[]
  /**
   * `firth` maximizes the likelihood times Jeffreys's prior, which takes off first-order bias and gives finite estimates
   * also where predictors separate events from the rest.
   *
   * @defaultValue 'none'
   */
  readonly penalty?: 'none' | 'firth'
  /**
   * `wald`: estimate ± z standard errors, with the P value of z. `profile`: what the (penalized) likelihood-ratio test does not
   * reject, with the P value of that test. Either way P value and interval agree.
   *
   * @defaultValue 'profile'
   */
  readonly interval?: 'wald' | 'profile'
  /**
   * Confidence level, between 0 and 1.
   *
   * @defaultValue 0.95
   */
  readonly confidenceLevel?: number
}

/** A coefficient of {@link LogisticRegression}. */
export interface LogisticCoefficient {
  /** Name of the predictor; `(intercept)` for the first. */
  readonly name: string
  /** Logarithm of the odds ratio for one unit of the predictor. */
  readonly estimate: number
  /** Standard error from the inverse information. */
  readonly standardError: number
  /** Two-sided P value that the coefficient is 0. */
  readonly pValue: number
  /** Interval of the coefficient, on the logarithmic scale; `null` where the likelihood stays flat on one side. */
  readonly confidenceInterval: ConfidenceInterval | null
  /** e to the estimate. */
  readonly oddsRatio: number
  /** Interval of the odds ratio; its upper limit is `null` where it overflows. */
  readonly oddsRatioInterval: ConfidenceInterval | null
}

/** Result of {@link logisticRegression}. */
export interface LogisticRegression {
  /** Names the model. */
  readonly method: 'logistic-regression'
  /** The penalty that was used. */
  readonly penalty: 'none' | 'firth'
  /** How limits and P values were found. */
  readonly interval: 'wald' | 'profile'
  /** The intercept, then the predictors. */
  readonly coefficients: readonly LogisticCoefficient[]
  /** Log-likelihood of the counts at the estimates, without the penalty. */
  readonly logLikelihood: number
  /** Twice the log-likelihood that a proportion for each group would gain. */
  readonly deviance: number
  /** Groups less coefficients, the degrees of freedom of the deviance. */
  readonly degreesOfFreedom: number
  /** Akaike's criterion, −2 ln L + 2 · coefficients. */
  readonly akaike: number
  /** Whether the fit settled; where it did not, after 500 rounds, no number here can be relied on. */
  readonly converged: boolean
  /** Fitted proportion of each group. */
  readonly fitted: readonly number[]
}

/**
 * Logistic regression of grouped data: how the odds of an event go with predictors.
 *
 * ln(π / (1 − π)) = β₀ + Σⱼ βⱼ xⱼ, by Fisher scoring. Where some combination of predictors separates events from the rest, maximum
 * likelihood has no finite answer: `not-testable`, `separation`; ask for `penalty: 'firth'` then.
 *
 * @remarks
 * R: `glm(cbind(events, trials - events) ~ x, binomial)`, with `confint()` for profile limits and `confint.default()` for
 * Wald's; `logistf::logistf()` for Firth. statsmodels: `GLM(…, family=Binomial())`.
 *
 * @param groups - the groups; groups without observations say nothing
 * @param options - names, penalty, intervals
 * @throws A {@link StatsError} with code `not-a-count` if events or trials are not counts, `out-of-range` if there are more events
 * than trials or a predictor is not finite, `ragged` if groups differ in their number of predictors, `mismatch` if names do not
 * match or predictors are collinear, `too-small` with fewer groups than coefficients
 *
 * @see D. Firth, *Bias reduction of maximum likelihood estimates*, Biometrika 80, 1993; G. Heinze and M. Schemper, *A solution to the
 * problem of separation in logistic regression*, Statistics in Medicine 21, 2002
 *
 * @example
 * ```ts @import.meta.vitest
 * const result = logisticRegression([{ events: 40, trials: 95, predictors: [1] }, { events: 22, trials: 96, predictors: [0] }])
 *
 * // With a single yes/no predictor it is the odds ratio of the 2 × 2 table.
 * expect((result as LogisticRegression).coefficients[1]?.oddsRatio).toBeCloseTo((40 * 74) / (55 * 22), 12)
 * ```
 */
export function logisticRegression(
  groups: readonly LogisticGroup[],
  options: LogisticRegressionOptions = {},
): LogisticRegression | NotTestable {
  const { penalty = 'none', interval = 'profile', confidenceLevel = 0.95 } = options
  requireOneOf('penalty', penalty, 'none', 'firth')
  requireOneOf('interval', interval, 'profile', 'wald')
  const z = criticalValue(confidenceLevel)
  const { data, names } = checked(groups, options.names)
  if (data.trials.every((trials) => trials === 0)) return notTestable('logistic-regression', 'no-observations', 'no group has observations')

  const fit = fitLogistic(data, penalty, new Float64Array(data.columns))
  if (fit.status === 'collinear')
    throw new StatsError('mismatch', 'a predictor is a combination of the others, so its coefficient is not defined')
  if (fit.status === 'separated') {
    return notTestable(
      'logistic-regression',
      'separation',
      'the predictors separate events from the rest, so maximum likelihood has no finite estimate; use the penalty firth',
    )
  }
  const coefficients = names.map((name, j) => coefficient(name, j, data, fit, penalty, interval, confidenceLevel, z))
  const fitted = groups.map((_, g) => proportion(data, fit.coefficients, g))
  let deviance = 0
  let saturated = 0
  for (const [g, { events, trials }] of groups.entries()) {
    if (trials === 0) continue
    const share = fitted[g] as number
    deviance += 2 * (deviancePart(events, trials * share) + deviancePart(trials - events, trials * (1 - share)))
    saturated += logBinomialCoefficient(trials, events) + entropy(events, trials) + entropy(trials - events, trials)
  }
  const logLikelihood = saturated - deviance / 2
  return {
    method: 'logistic-regression',
    penalty,
    interval,
    coefficients,
    logLikelihood,
    deviance,
    degreesOfFreedom: groups.filter(({ trials }) => trials > 0).length - names.length,
    akaike: -2 * logLikelihood + 2 * names.length,
    converged: fit.status === 'converged',
    fitted,
  }
}

/** x ln(x / n). */
const entropy = (x: number, n: number): number => (x === 0 ? 0 : x * Math.log(x / n))

function proportion({ design, columns }: GroupedData, coefficients: Float64Array, group: number): number {
  let eta = 0
  for (let j = 0; j < columns; j++) eta += (design[group * columns + j] as number) * (coefficients[j] as number)
  return 1 / (1 + Math.exp(-eta))
}

function checked(groups: readonly LogisticGroup[], given: readonly string[] | undefined): { data: GroupedData; names: readonly string[] } {
  const predictors = groups[0]?.predictors.length ?? 0
  const columns = predictors + 1
  if (groups.length < columns) throw new StatsError('too-small', `${groups.length} groups cannot determine ${columns} coefficients`)
  if (given !== undefined && given.length !== predictors) {
    throw new StatsError('mismatch', `there are ${predictors} predictors but ${given.length} names`)
  }
  const design = new Float64Array(groups.length * columns)
  for (const [g, { events, trials, predictors: values }] of groups.entries()) {
    requireCount(`events of group ${g}`, events)
    requireCount(`trials of group ${g}`, trials)
    if (events > trials) throw new StatsError('out-of-range', `group ${g} has ${events} events among ${trials} trials`)
    if (values.length !== predictors) throw new StatsError('ragged', `group ${g} has ${values.length} predictors, the first ${predictors}`)
    design[g * columns] = 1
    for (const [j, value] of values.entries()) {
      if (!Number.isFinite(value)) throw new StatsError('out-of-range', `predictor ${j} of group ${g} is ${String(value)}`)
      design[g * columns + j + 1] = value
    }
  }
  const names = ['(intercept)', ...(given ?? Array.from({ length: predictors }, (_, j) => `x${j + 1}`))]
  const data = {
    events: Float64Array.from(groups, ({ events }) => events),
    trials: Float64Array.from(groups, ({ trials }) => trials),
    design,
    columns,
  }
  return { data, names }
}

function coefficient(
  name: string,
  j: number,
  data: GroupedData,
  fit: LogisticFit,
  penalty: 'none' | 'firth',
  interval: 'wald' | 'profile',
  level: number,
  z: number,
): LogisticCoefficient {
  const estimate = fit.coefficients[j] as number
  const unit = new Float64Array(data.columns)
  unit[j] = 1
  const covariances = solveCholesky(fit.factor, data.columns, unit)
  const variance = covariances[j] as number
  const standardError = Math.sqrt(variance)
  /** Twice the log-likelihood that holding the coefficient at a value costs. */
  const cost = (value: number): number => {
    // The others follow along the ridge of the likelihood.
    const start = fit.coefficients.map((other, k) => other + ((covariances[k] as number) / variance) * (value - estimate))
    start[j] = value
    return Math.max(0, 2 * (fit.logLikelihood - fitLogistic(data, penalty, start, j).logLikelihood))
  }
  const limits =
    interval === 'wald'
      ? { lower: estimate - z * standardError, upper: estimate + z * standardError }
      : profileLimits(cost, estimate, standardError, chiSquaredUpperQuantile(1 - level, 1))
  return {
    name,
    estimate,
    standardError,
    pValue: chiSquaredUpperTail(interval === 'wald' ? (estimate / standardError) ** 2 : cost(0), 1),
    confidenceInterval: limits === null ? null : { ...limits, level },
    oddsRatio: Math.exp(estimate),
    oddsRatioInterval: limits === null ? null : { lower: Math.exp(limits.lower), upper: finite(Math.exp(limits.upper)), level },
  }
}

const finite = (value: number): number | null => (value < Infinity ? value : null)

/** Where the cost of holding a coefficient reaches the critical value, on either side of its estimate. */
function profileLimits(
  cost: (value: number) => number,
  estimate: number,
  standardError: number,
  critical: number,
): { lower: number; upper: number } | null {
  const limit = (direction: 1 | -1): number | null => {
    let near = 0
    let far = Math.sqrt(critical)
    for (let k = 0; k < 60; k++, near = far, far *= 1.5) {
      const excess = cost(estimate + direction * far * standardError) - critical
      if (!Number.isFinite(excess)) return null
      if (excess >= 0) {
        return (
          findRoot((t) => cost(estimate + direction * t * standardError) - critical, near, far, { tolerance: 1e-14 }) *
            direction *
            standardError +
          estimate
        )
      }
    }
    return null
  }
  const lower = limit(-1)
  const upper = limit(1)
  return lower === null || upper === null ? null : { lower, upper }
}
