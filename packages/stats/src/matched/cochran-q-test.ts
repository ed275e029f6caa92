import { chiSquaredUpperTail } from '../distributions/chi-squared.ts'
import { StatsError } from '../errors.ts'
import { type NotTestable, notTestable } from '../not-testable.ts'

/** Result of {@link cochranQTest}. */
export interface CochranQTest {
  /** Which test. */
  readonly method: 'cochran-q'
  /** Q, ≥ 0. */
  readonly statistic: number
  /** Conditions less one. */
  readonly degreesOfFreedom: number
  /** Upper-tail probability. */
  readonly pValue: number
  /** Successes in each condition. */
  readonly successes: readonly number[]
  /** Subjects whose answers differ between conditions; the others say nothing. */
  readonly informativeSubjects: number
}

/**
 * Cochran's Q: whether k yes/no measurements of the same subjects have the event equally often; for k = 2 it is McNemar's X².
 *
 * Q = (k − 1)·Σⱼ (k·Gⱼ − T)² / (k·Σᵢ Lᵢ(k − Lᵢ)), with Gⱼ the successes of condition j, Lᵢ those of subject i and T of all.
 *
 * @remarks
 * R: `DescTools::CochranQTest(x)`. statsmodels: `cochrans_q(x)`.
 *
 * @param answers - one row a subject, one column a condition: 1 or `true` for the event, 0 or `false` for none
 * @throws A {@link StatsError} with code `too-small` for fewer than two conditions or no subject, `ragged` if rows differ in length,
 * `out-of-range` if an answer is neither 0 nor 1
 *
 * @see Cochran WG, "The comparison of percentages in matched samples", Biometrika 37 (1950) 256-266
 *
 * @example
 * ```ts @import.meta.vitest
 * const answers = [[1, 1, 0], [1, 0, 0], [1, 1, 1], [0, 1, 0], [1, 1, 0], [1, 0, 0]]
 *
 * expect(cochranQTest(answers)).toMatchObject({ statistic: 5.2, degreesOfFreedom: 2, successes: [5, 4, 1] })
 * ```
 */
export function cochranQTest(answers: readonly (readonly (number | boolean)[])[]): CochranQTest | NotTestable {
  const conditions = answers[0]?.length ?? 0
  if (conditions < 2) throw new StatsError('too-small', 'Cochran’s Q needs at least one subject and two conditions')
  const successes = new Array<number>(conditions).fill(0)
  let total = 0
  let within = 0
  let informativeSubjects = 0
  for (const [i, row] of answers.entries()) {
    if (row.length !== conditions) throw new StatsError('ragged', `subject ${i} has ${row.length} answers, expected ${conditions}`)
    let events = 0
    for (const [j, answer] of row.entries()) {
      const event = Number(answer)
      if (event !== 0 && event !== 1) throw new StatsError('out-of-range', `answer [${i}][${j}] is ${String(answer)}, expected 0 or 1`)
      events += event
      successes[j] = (successes[j] as number) + event
    }
    total += events
    within += events * (conditions - events)
    if (events > 0 && events < conditions) informativeSubjects++
  }
  if (within === 0) return notTestable('cochran-q', 'no-variation', 'no subject’s answers differ between conditions')
  const between = successes.reduce((sum, count) => sum + (conditions * count - total) ** 2, 0)
  const statistic = ((conditions - 1) * between) / (conditions * within)
  const degreesOfFreedom = conditions - 1
  return {
    method: 'cochran-q',
    statistic,
    degreesOfFreedom,
    pValue: chiSquaredUpperTail(statistic, degreesOfFreedom),
    successes,
    informativeSubjects,
  }
}
