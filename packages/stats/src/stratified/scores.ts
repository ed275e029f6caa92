import { StatsError } from '../errors.ts'

/**
 * Scores for ordered categories: numbers, one a category, or a rule.
 *
 * `'integer'` is 1, 2, 3 …; `'midrank'` the mean rank of a category's observations within the stratum, which makes the test
 * nonparametric; `'ridit'` midranks over n; `'modified-ridit'` midranks over n + 1, as for van Elteren's test.
 */
export type CategoryScores = readonly number[] | 'integer' | 'midrank' | 'ridit' | 'modified-ridit'

/** The scores of one stratum's categories from their totals. */
export function scoresOf(scores: CategoryScores, totals: readonly number[], n: number): readonly number[] {
  if (typeof scores !== 'string') return scores
  if (scores === 'integer') return totals.map((_, i) => i + 1)
  const divisor = scores === 'ridit' ? n : scores === 'modified-ridit' ? n + 1 : 1
  let below = 0
  return totals.map((total) => {
    const rank = below + (total + 1) / 2
    below += total
    return rank / divisor
  })
}

/** Refuses scores that do not fit the categories. */
export function checkScores(name: string, scores: CategoryScores, categories: number): void {
  if (typeof scores === 'string') return
  if (scores.length !== categories) throw new StatsError('mismatch', `${name} has ${scores.length} scores for ${categories} categories`)
  const wrong = scores.find((score) => !Number.isFinite(score))
  if (wrong !== undefined) throw new StatsError('out-of-range', `${name} holds ${wrong}, expected finite numbers`)
}

/** Scores less their mean over the observations, and n times their variance. */
export function centred(scores: readonly number[], totals: readonly number[], n: number): { deviations: number[]; squares: number } {
  // Measured from the first score, so that equal scores have no variance at all rather than a rounding error's.
  const origin = scores[0] as number
  let mean = 0
  for (const [i, score] of scores.entries()) mean += (score - origin) * ((totals[i] as number) / n)
  const deviations = scores.map((score) => score - origin - mean)
  let squares = 0
  for (const [i, deviation] of deviations.entries()) squares += (totals[i] as number) * deviation * deviation
  return { deviations, squares }
}
