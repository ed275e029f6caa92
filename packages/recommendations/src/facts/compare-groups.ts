import { adjustPValues, chiSquaredTest, fisherExactTest, type PValueAdjustment, riskDifference } from '@open-digital-capability/stats'
import { RecommendationsError } from '../errors.ts'
import { type Model } from '../model/model.ts'
import { shareCounter } from './cohort-from-subjects.ts'
import { type ComparisonFact, type GroupComparison } from './comparison.ts'
import { type Subject } from './fact.ts'
import { type Source } from './source.ts'

/** Options of {@link compareGroups}. */
export interface CompareGroupsOptions {
  /** Where the subjects come from. */
  readonly source: Source
  /** What is compared, as declared before the data were looked at, such as `core-26: the 26 exemplars against the rest`. */
  readonly cohort: string
  /** Names of both groups; a subject outside them is left out. */
  readonly groups: readonly [string, string]
  /** The group of a subject, or `null` where it belongs to neither. */
  readonly groupOf: (subject: Subject) => string | null
  /**
   * Ids of the shares compared: the family over which P is adjusted.
   *
   * @defaultValue those that the comparison of the model is `over`
   */
  readonly family?: readonly string[]
  /**
   * The test that gives P.
   *
   * @defaultValue `'fisher-exact'`
   */
  readonly test?: 'fisher-exact' | 'pearson-chi-squared'
  /**
   * How P is adjusted over the family.
   *
   * @defaultValue `'holm'`
   */
  readonly adjustment?: PValueAdjustment
  /**
   * Confidence level of the intervals, between 0 and 1.
   *
   * @defaultValue 0.95
   */
  readonly confidenceLevel?: number
  /**
   * Independent sources that agree, such as a second wave.
   *
   * @defaultValue none
   */
  readonly corroboratedBy?: readonly Source[]
}

/**
 * Two groups of trusts compared on each share of a declared family. It measures: what counts as a difference is decided by the
 * thresholds of the model, see {@link judgeComparison}.
 *
 * The difference has the interval of Miettinen and Nurminen. Trusts without an answer are counted apart.
 *
 * @param model - the model whose shares are compared
 * @param comparison - id of the comparison that is filled
 * @param trusts - the trusts, as {@link subjectsFromRecords} makes them
 * @param options - groups, family, test and adjustment
 * @throws A {@link RecommendationsError} with code `invalid-model` if the model has no such comparison or share; `invalid-option` if what is
 * compared is not declared, or the family is empty or has a share twice
 *
 * @example
 * ```ts @import.meta.vitest
 * const { studyModel } = await import('../model/study-model.ts')
 * const source = { provenance: 'records', label: 'our round' } as const
 * const trusts = Array.from({ length: 40 }, (_, index) => ({
 *   id: `R${index}`,
 *   kind: 'trust',
 *   groups: { funding: index < 20 ? 'exemplar' : 'other' },
 *   facts: {
 *     hasTeam: { kind: 'answer', value: 'yes', source },
 *     openSource: { kind: 'answer', value: index < 18 ? 'always' : 'never', source },
 *   },
 * }) as const)
 * const fact = compareGroups(studyModel, 'groupGap', trusts, {
 *   source,
 *   cohort: 'exemplars against the rest',
 *   groups: ['exemplar', 'other'],
 *   groupOf: ({ groups }) => groups?.funding ?? null,
 *   family: ['openSourceAlwaysShare'],
 * })
 *
 * expect(fact.family[0]).toMatchObject({ counts: [[18, 2], [0, 20]], difference: 0.9 })
 * ```
 */
export function compareGroups(model: Model, comparison: string, trusts: Iterable<Subject>, options: CompareGroupsOptions): ComparisonFact {
  const definition = model.indicators.find(({ id }) => id === comparison)
  if (definition?.kind !== 'comparison')
    throw new RecommendationsError('invalid-model', `the model ${model.id} has no comparison "${comparison}"`)
  const family = options.family ?? definition.over
  if (options.cohort.trim() === '') throw new RecommendationsError('invalid-option', 'cohort is empty: say what is compared before it is')
  if (family.length === 0 || new Set(family).size < family.length)
    throw new RecommendationsError('invalid-option', `the family has no share, or one twice: ${family.join(', ')}`)
  const counters = family.map((id) => {
    const share = model.indicators.find((indicator) => indicator.id === id)
    if (share?.kind !== 'share') throw new RecommendationsError('invalid-model', `the model ${model.id} has no share "${id}"`)
    return options.groups.map(() => shareCounter(model, share))
  })
  for (const trust of trusts) {
    const group = options.groupOf(trust)
    const index = group === null ? -1 : options.groups.indexOf(group)
    if (index >= 0) for (const pair of counters) pair[index]?.add(trust.facts)
  }

  const test = options.test ?? 'fisher-exact'
  const measured = counters.map((pair, index) =>
    measure(
      family[index] as string,
      pair.map((counter) => counter.counts()),
      test,
      options.confidenceLevel,
    ),
  )
  const adjustment = options.adjustment ?? 'holm'
  // The family is what was declared, with the comparisons that turned out not to be testable.
  const adjusted = adjustPValues(
    measured.map(({ pValue }) => pValue),
    adjustment,
    { tests: family.length },
  )
  return {
    kind: 'comparison',
    cohort: options.cohort,
    groups: options.groups,
    test,
    adjustment,
    family: measured.map((one, index) => ({ ...one, adjustedPValue: adjusted[index] ?? null })),
    corroboratedBy: options.corroboratedBy ?? [],
    source: options.source,
  }
}

type Counts = ReturnType<ReturnType<typeof shareCounter>['counts']>

function measure(
  indicator: string,
  [first, second]: readonly Counts[],
  test: ComparisonFact['test'],
  confidenceLevel = 0.95,
): GroupComparison {
  const rows = [first as Counts, second as Counts].map(({ counted, answered }) => [counted, answered - counted] as const)
  const counts = [rows[0] as readonly [number, number], rows[1] as readonly [number, number]] as const
  const unanswered = [(first as Counts).unanswered, (second as Counts).unanswered] as const
  if (first?.answered === 0 || second?.answered === 0) {
    return {
      indicator,
      counts,
      unanswered,
      difference: null,
      interval: null,
      pValue: null,
      adjustedPValue: null,
      because: 'a group has no answers',
    }
  }
  const { estimate, confidenceInterval } = riskDifference(counts, { confidenceLevel })
  const result = test === 'fisher-exact' ? fisherExactTest(counts) : chiSquaredTest(counts)
  return {
    indicator,
    counts,
    unanswered,
    difference: estimate,
    interval: confidenceInterval,
    pValue: result.pValue,
    adjustedPValue: null,
    ...(result.pValue === null ? { because: result.method === 'not-testable' ? result.message : 'no test exists for these counts' } : {}),
  }
}
