import { StatsError } from '../errors.ts'
import { tails } from '../independence/chi-squared-test.ts'
import { type NotTestable, notTestable } from '../not-testable.ts'
import { deviancePart } from '../numerics/deviance-part.ts'
import { stirlingRemainder } from '../numerics/gamma-function.ts'
import { type Counts, countsOf, type TableInput } from '../tables/contingency-table.ts'
import { type StratifiedInput, strataOf } from '../tables/stratified-table.ts'

/** A variable of a two- or three-way table. */
export type Dimension = 'row' | 'column' | 'stratum'

/** A term of a log-linear model: the variables that may interact. It brings all terms of fewer of them with it. */
export type LogLinearTerm = readonly Dimension[]

/** Options of {@link logLinearModel}. */
export interface LogLinearModelOptions {
  /**
   * The terms, highest interactions only: `[['row', 'column'], ['stratum']]` says that rows and columns may be associated, and
   * strata go with neither.
   *
   * @defaultValue one term a variable: mutual independence
   */
  readonly terms?: readonly LogLinearTerm[]
  /**
   * How many rounds of fitting there may be.
   *
   * @defaultValue 10_000
   */
  readonly maximumIterations?: number
  /**
   * Largest difference between fitted and observed margins, relative to the margin, at which fitting stops.
   *
   * @defaultValue 1e-13
   */
  readonly tolerance?: number
}

/** How far a model is from the counts, by one statistic. */
export interface ModelFit {
  /** The statistic, at least 0. */
  readonly statistic: number
  /** Upper-tail probability on the model's degrees of freedom; `null` for the saturated model, which leaves none. */
  readonly pValue: number | null
}

/** Result of {@link logLinearModel}. */
export interface LogLinearModel {
  /** Names the model. */
  readonly method: 'log-linear'
  /** The terms that were fitted. */
  readonly terms: readonly LogLinearTerm[]
  /** G² = 2 Σ O ln(O / fitted), the deviance. */
  readonly deviance: ModelFit
  /** X² = Σ (O − fitted)² / fitted. */
  readonly pearson: ModelFit
  /** Cells less parameters. */
  readonly degreesOfFreedom: number
  /** Parameters, the intercept included. */
  readonly parameters: number
  /** Akaike's criterion, −2 ln L + 2 · parameters, of Poisson counts; smaller is better. */
  readonly akaike: number
  /** Fitted counts, `fitted[stratum][row][column]`; one stratum for a two-way table. */
  readonly fitted: readonly Counts[]
  /**
   * Cells fitted as 0, because a margin of the model is 0 there. Each makes the degrees of freedom too many; above 0 they
   * need thought.
   */
  readonly emptyFittedCells: number
  /** Rounds of fitting. */
  readonly iterations: number
  /** Whether the margins agreed before the rounds were used up. */
  readonly converged: boolean
}

const dimensions: readonly Dimension[] = ['row', 'column', 'stratum']

/**
 * Hierarchical log-linear model of a two- or three-way table by iterative proportional fitting.
 *
 * The fitted counts have the observed margins of every term, and no interaction beyond; they are scaled to one margin
 * after the other until all agree. Models that need no iteration (all but "no three-way interaction") are done in two rounds.
 *
 * @remarks
 * R: `loglin(x, list(c(1, 2), 3), fit = TRUE)` gives the same deviance, X² and df; the AIC is that of
 * `glm(count ~ row * column + stratum, poisson)`, which differs from `MASS::loglm`'s by a constant of the table.
 * statsmodels: `GLM(counts, design, sm.families.Poisson())` likewise.
 *
 * @param table - R × C counts, or one R × C table a stratum
 * @param options - terms, stopping rule
 * @throws A {@link StatsError} with code `mismatch` if a term names a variable twice or one the table lacks, `out-of-range` if
 * the stopping rule makes no sense, or as {@link margins} does
 *
 * @see Y. M. M. Bishop, S. E. Fienberg and P. W. Holland, *Discrete Multivariate Analysis*, 1975, ch. 3
 *
 * @example Admissions to two departments: sex and admission independent within departments
 * ```ts @import.meta.vitest
 * const berkeley = [[[512, 313], [89, 19]], [[353, 207], [17, 8]]]
 * const { deviance, degreesOfFreedom } = logLinearModel(berkeley, { terms: [['row', 'stratum'], ['column', 'stratum']] }) as LogLinearModel
 *
 * expect(degreesOfFreedom).toBe(2)
 * expect(deviance.statistic).toBeCloseTo(19.312652883, 9)
 * ```
 */
export function logLinearModel(table: TableInput | StratifiedInput, options: LogLinearModelOptions = {}): LogLinearModel | NotTestable {
  const { maximumIterations = 10_000, tolerance = 1e-13 } = options
  if (!(maximumIterations >= 1 && tolerance > 0)) {
    throw new StatsError('out-of-range', `${maximumIterations} rounds to a tolerance of ${tolerance} cannot fit a model`)
  }
  const threeWay = isStratified(table)
  const strata = threeWay ? strataOf(table) : strataOf([countsOf(table)])
  const shape = [(strata[0] as Counts).length, ((strata[0] as Counts)[0] as readonly number[]).length, strata.length] as const
  const present = threeWay ? dimensions : dimensions.slice(0, 2)
  const terms = options.terms ?? present.map((dimension) => [dimension])
  for (const term of terms) checkTerm(term, present)

  const observed = Float64Array.from(strata.flat(2))
  const total = observed.reduce((sum, count) => sum + count, 0)
  if (total === 0) return notTestable('log-linear', 'no-observations', 'the table has no observations')

  const margins = terms.map((term) => marginOf(term, shape, observed))
  const fitted = new Float64Array(observed.length).fill(1)
  let iterations = 0
  let converged = false
  while (!converged && iterations < maximumIterations) {
    iterations++
    converged = true
    for (const margin of margins) if (scaleTo(margin, fitted) > tolerance) converged = false
  }

  const parameters = countParameters(terms, shape)
  const degreesOfFreedom = observed.length - parameters
  let deviance = 0
  let pearson = 0
  let saturated = 0
  let emptyFittedCells = 0
  for (let k = 0; k < observed.length; k++) {
    const count = observed[k] as number
    const expected = fitted[k] as number
    if (expected === 0) emptyFittedCells++
    else {
      deviance += 2 * deviancePart(count, expected)
      pearson += (count - expected) ** 2 / expected
    }
    // −2 ln of the Poisson probability of a count at its own mean.
    saturated += 2 * stirlingRemainder(count)
  }
  const fit = (statistic: number): ModelFit => ({
    statistic,
    pValue: degreesOfFreedom === 0 ? null : tails(statistic, degreesOfFreedom).pValue,
  })
  const [height, width] = shape
  return {
    method: 'log-linear',
    terms,
    deviance: fit(deviance),
    pearson: fit(pearson),
    degreesOfFreedom,
    parameters,
    akaike: deviance + saturated + 2 * parameters,
    fitted: strata.map((stratum, k) =>
      stratum.map((_, i) => Array.from(fitted.subarray((k * height + i) * width, (k * height + i + 1) * width))),
    ),
    emptyFittedCells,
    iterations,
    converged,
  }
}

function isStratified(table: TableInput | StratifiedInput): table is StratifiedInput {
  if ('strata' in table) return true
  if ('counts' in table) return false
  const first: unknown = table[0]
  return typeof first === 'object' && first !== null && ('counts' in first || (Array.isArray(first) && Array.isArray(first[0])))
}

function checkTerm(term: LogLinearTerm, present: readonly Dimension[]): void {
  if (term.length === 0 || new Set(term).size !== term.length || !term.every((dimension) => present.includes(dimension))) {
    throw new StatsError('mismatch', `the term [${term.join(', ')}] should name some of ${present.join(', ')}, each once`)
  }
}

interface Margin {
  /** Where each cell of the table falls in the margin. */
  readonly positions: Uint32Array
  /** Observed sums. */
  readonly sums: Float64Array
}

function marginOf(term: LogLinearTerm, [height, width, depth]: readonly [number, number, number], observed: Float64Array): Margin {
  const has = (dimension: Dimension): 0 | 1 => (term.includes(dimension) ? 1 : 0)
  const positions = new Uint32Array(observed.length)
  const sums = new Float64Array((has('stratum') ? depth : 1) * (has('row') ? height : 1) * (has('column') ? width : 1))
  for (let k = 0, cell = 0; k < depth; k++) {
    for (let i = 0; i < height; i++) {
      for (let j = 0; j < width; j++, cell++) {
        const row = has('row') ? (has('stratum') ? k * height : 0) + i : has('stratum') * k
        const position = has('column') ? row * width + j : row
        positions[cell] = position
        sums[position] = (sums[position] as number) + (observed[cell] as number)
      }
    }
  }
  return { positions, sums }
}

/** Multiplies the fitted counts so that they have a margin; returns the largest relative change that took. */
function scaleTo({ positions, sums }: Margin, fitted: Float64Array): number {
  const factors = new Float64Array(sums.length)
  for (let cell = 0; cell < fitted.length; cell++) {
    const position = positions[cell] as number
    factors[position] = (factors[position] as number) + (fitted[cell] as number)
  }
  let change = 0
  for (let position = 0; position < sums.length; position++) {
    const sum = factors[position] as number
    const factor = sum === 0 ? 0 : (sums[position] as number) / sum
    factors[position] = factor
    if (sum > 0) change = Math.max(change, Math.abs(factor - 1))
  }
  for (let cell = 0; cell < fitted.length; cell++) fitted[cell] = (fitted[cell] as number) * (factors[positions[cell] as number] as number)
  return change
}

/** The intercept, and for each set of variables that some term holds the product of their levels less 1. */
function countParameters(terms: readonly LogLinearTerm[], shape: readonly number[]): number {
  let parameters = 1
  for (let set = 1; set < 8; set++) {
    const within = dimensions.filter((_, d) => set & (1 << d))
    if (terms.some((term) => within.every((dimension) => term.includes(dimension)))) {
      parameters += within.reduce((product, dimension) => product * ((shape[dimensions.indexOf(dimension)] as number) - 1), 1)
    }
  }
  return parameters
}
