import { createRandom } from '@open-digital-capability/stats'
import {
  type Fact,
  type Model,
  type Rule,
  type Source,
  type Subject,
  cohortFromSubjects,
  evaluateEach,
  studyModel,
  subjectsFromRecords,
} from '../src/index.ts'
import { derive, syntheticRound } from '../test/synthetic-round.ts'

const source: Source = { provenance: 'synthetic', label: 'made up for the benchmark', collectedUntil: '2026-01-01' }
const asOf = '2026-02-01'

/**
 * Runs once and says how long it took and how much memory was in use at the most. The limit is on processor time, which does not count
 * what else the machine is doing.
 */
function measure(name: string, limit: number, run: (watch: () => void) => number): void {
  let peak = 0
  const watch = (): void => {
    peak = Math.max(peak, process.memoryUsage().heapUsed)
  }
  const start = performance.now()
  const before = process.cpuUsage()
  const count = run(watch)
  const { user, system } = process.cpuUsage(before)
  const seconds = (user + system) / 1e6
  const elapsed = (performance.now() - start) / 1000
  watch()
  console.log(
    `${name}: ${seconds.toFixed(3)} s of processor time (limit ${limit} s), ${elapsed.toFixed(3)} s elapsed, ${count} recommendations, heap at most ${Math.round(peak / 2 ** 20)} MB`,
  )
  if (seconds > limit) process.exitCode = 1
}

const round = syntheticRound(1)
const evaluateRound = (): number => {
  let count = 0
  const trusts = [...subjectsFromRecords(studyModel, round, { source, derive })]
  const cohort = cohortFromSubjects(studyModel, trusts, { source })
  for (const { recommendations } of evaluateEach(studyModel, trusts, { asOf, cohort: cohort.facts })) count += recommendations.length
  for (const { recommendations } of evaluateEach(studyModel, [cohort], { asOf })) count += recommendations.length
  return count
}
measure('synthetic round, 226 trusts and the cohort, first run', 0.1, evaluateRound)
measure('synthetic round, 226 trusts and the cohort, warm', 0.1, evaluateRound)

/** Twenty rules for trusts: those of the model, and as many again with one answer turned round. */
const trustRules = studyModel.rules.filter(({ subject }) => subject === 'trust')
const rules = Array.from({ length: 20 }, (_, index): Rule => {
  const rule = trustRules[index % trustRules.length] as Rule
  return {
    ...rule,
    id: `${rule.id}-${index}`,
    when: index < trustRules.length ? rule.when : { any: [rule.when, { indicator: 'responded', is: 'no' }] },
  }
})
const model: Model = { ...studyModel, rules }

/** Trusts with random answers, a fifth of them missing, made one at a time. `share` says whether equal facts are one object. */
function* randomTrusts(count: number, share: boolean): Generator<Subject> {
  const { uniform } = createRandom(7)
  const indicators = model.indicators.filter((indicator) => indicator.kind === 'answer')
  const pools = indicators.map(({ id, values }) => ({
    id,
    facts: [...values.map((value): Fact => ({ kind: 'answer', value, source })), { kind: 'missing', reason: 'not-answered' } as const],
  }))
  for (let index = 0; index < count; index++) {
    const facts: Record<string, Fact> = {}
    for (const { id, facts: pool } of pools) {
      const fact = pool[uniform() < 0.2 ? pool.length - 1 : Math.floor(uniform() * (pool.length - 1))] as Fact
      facts[id] = share ? fact : { ...fact }
    }
    yield { id: `T${index}`, kind: 'trust', facts }
  }
}

const evaluateMany =
  (count: number, share: boolean) =>
  (watch: () => void): number => {
    let recommendations = 0
    let done = 0
    for (const evaluation of evaluateEach(model, randomTrusts(count, share), { asOf })) {
      recommendations += evaluation.recommendations.length
      done += 1
      if (done % 10_000 === 0) watch()
    }
    return recommendations
  }
measure('1,000,000 trusts × 20 rules, facts shared as subjectsFromRecords makes them', 10, evaluateMany(1_000_000, true))
measure('100,000 trusts × 20 rules, each fact an object of its own', 10, evaluateMany(100_000, false))
