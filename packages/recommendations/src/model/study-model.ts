import data from './study-model.json' with { type: 'json' }
import { type Model } from './model.ts'

/**
 * The model that this package ships, kept as data in `study-model.json`: 9 rules for trusts, 8 for systems and national bodies, 3 on
 * the quality of data.
 *
 * Its themes and barriers are named by the authors of the study; everything else is ours. The five recommendations of the article were
 * not seen, and nothing here is one of them.
 *
 * @example
 * ```ts @import.meta.vitest
 * expect(studyModel.rules.every(({ whose }) => whose === 'ours')).toBe(true)
 * expect(studyModel.themes.filter(({ whose }) => whose === 'authors')).toHaveLength(5)
 * ```
 */
export const studyModel = data as unknown as Model
