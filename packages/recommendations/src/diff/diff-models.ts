import { valueOf } from '../evaluate/ask-next.ts'
import { type Facts, type Subject } from '../facts/fact.ts'
import { differ } from '../lint/lint-logic.ts'
import { type Choice, findWitness } from '../logic/find-witness.ts'
import { resolveThresholds, type ThresholdOverrides } from '../logic/resolved-thresholds.ts'
import { type RuleProgram, ruleProgram, type Status } from '../logic/rule-program.ts'
import { valuesToTry } from '../logic/values-to-try.ts'
import { type Model } from '../model/model.ts'

/** Something that differs between two models. */
export interface ModelChange {
  /** Where, such as `rules/trust-open-by-default/effort/band`; parts of lists go by their ids. */
  readonly path: string
  /** Whether the second model has it in addition, lacks it, or has it otherwise. */
  readonly kind: 'added' | 'removed' | 'changed'
  /** The value in the first model; `null` where it was added. */
  readonly before: unknown
  /** The value in the second model; `null` where it was removed. */
  readonly after: unknown
}

/** A rule of both models that can come to something else. */
export interface ChangedRule {
  /** Id of the rule. */
  readonly rule: string
  /** Values of a subject for which it does. */
  readonly example: Readonly<Record<string, string | number>>
  /** Its status by the first model. */
  readonly before: Status
  /** Its status by the second model. */
  readonly after: Status
}

/** A subject whose advice changes. */
export interface AdviceChange {
  /** Id of the subject. */
  readonly subject: string
  /** Id of the rule. */
  readonly rule: string
  /** Its status by the first model; `null` where that has no such rule. */
  readonly before: Status | null
  /** Its status by the second model; `null` where that has no such rule. */
  readonly after: Status | null
}

/** What differs between two models, and for whom. */
export interface ModelDiff {
  /** Version of the first model. */
  readonly from: string
  /** Version of the second model. */
  readonly to: string
  /** Everything that differs, in the order of the models. */
  readonly changes: readonly ModelChange[]
  /** Rules of both models that can come to something else, each with an example. */
  readonly rules: readonly ChangedRule[]
  /** The subjects given whose advice changes, in their order, rules by id. */
  readonly advice: readonly AdviceChange[]
}

/** Options of {@link diffModels}. */
export interface DiffModelsOptions {
  /**
   * Subjects of whom to say whether their advice changes.
   *
   * @defaultValue none
   */
  readonly subjects?: Iterable<Subject>
  /**
   * Values of thresholds for both models, by id.
   *
   * @defaultValue the models’ own
   */
  readonly thresholds?: ThresholdOverrides
}

/**
 * What changed between two versions of a model, which rules can come to something else, and for which of some subjects they do.
 *
 * Whether a rule can come to something else is found by trying every combination of values that its conditions can tell apart, so a
 * rule that was only put otherwise is not reported.
 *
 * @param before - the first model
 * @param after - the second model
 * @param options - subjects and thresholds
 * @throws A {@link RecommendationsError} with code `invalid-threshold` or `invalid-model`
 *
 * @example
 * ```ts @import.meta.vitest
 * const { studyModel } = await import('../model/study-model.ts')
 * const rules = studyModel.rules.map((rule) => (rule.id === 'trust-open-by-default' ? { ...rule, when: { indicator: 'openSource', is: 'never' } } : rule))
 * const diff = diffModels(studyModel, { ...studyModel, rules })
 *
 * expect(diff.changes.map(({ path }) => path)).toEqual(['rules/trust-open-by-default/when'])
 * expect(diff.rules[0]).toMatchObject({ example: { openSource: 'sometimes' }, before: 'applies', after: 'already-met' })
 * ```
 */
export function diffModels(before: Model, after: Model, options: DiffModelsOptions = {}): ModelDiff {
  const first = programsOf(before, options.thresholds)
  const second = programsOf(after, options.thresholds)
  const rules: ChangedRule[] = []
  for (const [id, program] of first) {
    const other = second.get(id)
    if (!other || other.program.rule.subject !== program.program.rule.subject) continue
    const example = findWitness(choicesFor([program, other]), differ(program.program, other.program))
    if (!example) continue
    rules.push({
      rule: id,
      example: Object.fromEntries(Object.entries(example).map(([indicator, fact]) => [indicator, valueOf(fact)])),
      before: program.program.status(example),
      after: other.program.status(example),
    })
  }
  return {
    from: before.version,
    to: after.version,
    changes: changesOf(before, after, ''),
    rules,
    advice: [...adviceChanges(first, second, options.subjects ?? [])],
  }
}

interface ModelProgram {
  readonly program: RuleProgram
  readonly model: Model
  readonly thresholds: ReturnType<typeof resolveThresholds>
}

function programsOf(model: Model, overrides: ThresholdOverrides = {}): ReadonlyMap<string, ModelProgram> {
  const own = new Set(model.thresholds.map(({ id }) => id))
  const thresholds = resolveThresholds(model, Object.fromEntries(Object.entries(overrides).filter(([id]) => own.has(id))))
  const context = { indicators: new Map(model.indicators.map((indicator) => [indicator.id, indicator])), thresholds }
  return new Map(model.rules.map((rule) => [rule.id, { program: ruleProgram(rule, context), model, thresholds }]))
}

/** The values of every indicator that one of the programs reads, cut at the limits of all of them. */
function choicesFor(programs: readonly ModelProgram[]): readonly Choice[] {
  const choices = new Map<string, Choice>()
  for (const { program, model } of programs) {
    for (const indicator of model.indicators) {
      if (!program.indicators.includes(indicator.id)) continue
      const values = programs.flatMap((other) => valuesToTry(indicator, other.program.conditions, other.thresholds))
      choices.set(indicator.id, { indicator: indicator.id, values: [...(choices.get(indicator.id)?.values ?? []), ...values] })
    }
  }
  return [...choices.values()]
}

function* adviceChanges(
  first: ReadonlyMap<string, ModelProgram>,
  second: ReadonlyMap<string, ModelProgram>,
  subjects: Iterable<Subject>,
): Generator<AdviceChange> {
  const ids = [...new Set([...first.keys(), ...second.keys()])].sort()
  const statusOf = (entry: ModelProgram | undefined, subject: { readonly kind: Subject['kind']; readonly facts: Facts }): Status | null =>
    entry && (entry.program.rule.subject === 'trust') === (subject.kind === 'trust') ? entry.program.status(subject.facts) : null
  for (const subject of subjects) {
    for (const rule of ids) {
      const [before, after] = [statusOf(first.get(rule), subject), statusOf(second.get(rule), subject)]
      if (before !== after) yield { subject: subject.id, rule, before, after }
    }
  }
}

/** Differences of two values, objects by their keys and lists of entries with ids by those. */
function changesOf(before: unknown, after: unknown, path: string): readonly ModelChange[] {
  if (JSON.stringify(before) === JSON.stringify(after)) return []
  const [first, second] = [entriesOf(before), entriesOf(after)]
  // A condition that is put otherwise is one change, not many.
  const isWhole = first === null || second === null || /\/(?:when|appliesTo|askedIf|of)$/.test(path)
  if (isWhole) return [{ path, kind: 'changed', before, after }]
  const keys = [...first.keys(), ...[...second.keys()].filter((key) => !first.has(key))]
  return keys.flatMap((key): readonly ModelChange[] => {
    const place = path === '' ? key : `${path}/${key}`
    if (!second.has(key)) return [{ path: place, kind: 'removed', before: first.get(key), after: null }]
    if (!first.has(key)) return [{ path: place, kind: 'added', before: null, after: second.get(key) }]
    return changesOf(first.get(key), second.get(key), place)
  })
}

function entriesOf(value: unknown): ReadonlyMap<string, unknown> | null {
  if (typeof value !== 'object' || value === null) return null
  if (!Array.isArray(value)) return new Map(Object.entries(value))
  const ids = value.map((entry: unknown) =>
    typeof entry === 'object' && entry !== null && 'id' in entry && typeof entry.id === 'string' ? entry.id : null,
  )
  return ids.every((id) => id !== null) && new Set(ids).size === ids.length
    ? new Map(ids.map((id, index) => [id, value[index] as unknown]))
    : null
}
