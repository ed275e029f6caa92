import { fc } from '@fast-check/vitest'
import { type Condition, type Fact, type Facts, type Indicator, type Model, type Source, studyModel } from '../src/index.ts'

export const source: Source = { provenance: 'records', label: 'a test', collectedUntil: '2026-01-01' }

export const answer = (value: string): Fact => ({ kind: 'answer', value, source })

const said = (text: string) => ({ text, whose: 'ours' }) as const

/** Answers `a` to `d` with values `x`, `y`, `z`, a number `n` from 0 to 10, and a share `s`. */
const indicators: readonly Indicator[] = [
  ...['a', 'b', 'c', 'd'].map((id) => ({
    kind: 'answer' as const,
    id,
    name: id,
    whose: 'ours' as const,
    direction: 'descriptive' as const,
    source: said('made up'),
    values: ['x', 'y', 'z'],
    says: { x: 'says x', y: 'says y', z: 'says z' },
  })),
  {
    kind: 'number',
    id: 'n',
    name: 'n',
    whose: 'ours',
    direction: 'descriptive',
    source: said('made up'),
    unit: 'things',
    minimum: 0,
    maximum: 10,
    integer: true,
  },
  {
    kind: 'share',
    id: 's',
    name: 's',
    whose: 'ours',
    direction: 'descriptive',
    source: said('made up'),
    numerator: 's',
    base: 'all',
    members: 'all',
    do: 'do s',
    published: [],
  },
]

/** A small model around conditions. */
export function modelWith(rules: readonly { readonly id: string; readonly when: Condition; readonly appliesTo?: Condition }[]): Model {
  return {
    ...studyModel,
    id: 'test',
    indicators,
    rules: rules.map((rule) => ({
      version: 1,
      title: rule.id,
      subject: 'trust',
      audience: 'trust',
      theme: 'open-source',
      whose: 'ours',
      practice: { name: rule.id, stance: 'for' },
      action: said('Do it.'),
      met: said('It is done.'),
      rationale: [said('It is good.')],
      effort: { band: 'low', reason: said('It is easy.') },
      impact: { band: 'low', reason: said('It is small.') },
      wouldChange: [said('More answers.')],
      cautions: [],
      references: [],
      evidence: [],
      ...rule,
    })),
  }
}

const value = fc.constantFrom('x', 'y', 'z')
const letter = fc.constantFrom('a', 'b', 'c', 'd')
const leaf: fc.Arbitrary<Condition> = fc.oneof(
  { weight: 3, arbitrary: fc.record({ indicator: letter, is: value }) },
  { weight: 2, arbitrary: fc.record({ indicator: letter, in: fc.uniqueArray(value, { minLength: 1, maxLength: 2 }) }) },
  fc.record({ indicator: fc.constant('n'), below: fc.integer({ min: 0, max: 10 }) }),
  fc.record({ indicator: fc.constant('n'), atMost: fc.integer({ min: 0, max: 10 }) }),
  fc.record({ indicator: fc.constant('n'), atLeast: fc.integer({ min: 0, max: 10 }) }),
  fc.record({ indicator: fc.constant('n'), above: fc.integer({ min: 0, max: 10 }) }),
)

/** Conditions on `a` to `d` and `n`, up to three levels deep. */
export const conditions: fc.Arbitrary<Condition> = fc.letrec<{ condition: Condition }>((tie) => ({
  condition: fc.oneof(
    { maxDepth: 3, depthIdentifier: 'condition' },
    leaf,
    fc.record({ all: fc.array(tie('condition'), { minLength: 1, maxLength: 3, depthIdentifier: 'condition' }) }),
    fc.record({ any: fc.array(tie('condition'), { minLength: 1, maxLength: 3, depthIdentifier: 'condition' }) }),
    fc.record({ not: tie('condition') }),
  ),
})).condition

/** Every indicator answered. */
export const completeFacts: fc.Arbitrary<Facts> = fc
  .record({ a: value, b: value, c: value, d: value, n: fc.integer({ min: 0, max: 10 }) })
  .map(({ n, ...letters }) => ({
    ...Object.fromEntries(Object.entries(letters).map(([id, letterValue]) => [id, answer(letterValue)])),
    n: { kind: 'number', value: n, source },
  }))

/** Some indicators answered: complete facts with some taken out. */
export const partialFacts: fc.Arbitrary<{ readonly complete: Facts; readonly partial: Facts }> = fc
  .tuple(completeFacts, fc.uniqueArray(fc.constantFrom<string>('a', 'b', 'c', 'd', 'n')))
  .map(([complete, missing]) => ({
    complete,
    partial: Object.fromEntries(Object.entries(complete).filter(([id]) => !missing.includes(id))),
  }))

/** The comparison of two groups, with the questions of its family as a test needs them. */
export const comparisonFact = (family: readonly object[], corroboratedBy: readonly Source[] = []) =>
  ({
    kind: 'comparison',
    cohort: 'c',
    groups: ['g', 'h'],
    test: 'fisher-exact',
    adjustment: 'holm',
    family: family as never,
    corroboratedBy,
    source,
  }) satisfies Fact
