import { mkdtemp, writeFile } from 'node:fs/promises'
import os from 'node:os'
import path from 'node:path'
import { chiSquaredTest, createRandom, fisherPValue, wilsonInterval } from '@open-digital-capability/stats'
import { describe, expect, test } from 'vitest'
import { type CodedRound } from '../src/analysis/coded-round.ts'
import { loadConfig, type StudyConfig } from '../src/config.ts'
import { readRound, type Round } from '../src/input.ts'
import { runStudy, type StudyResult } from '../src/pipeline.ts'
import { markdown } from '../src/report/markdown.ts'
import { studyDocument, studyReport } from '../src/report/study-report.ts'
import { studyText } from '../src/show/study-text.ts'

const defaults = await loadConfig(undefined)
const on: StudyConfig = { ...defaults, smallNumbers: { threshold: 5, roundedTo: 5 } }
const questions = ['hasTeam', 'frontFacing', 'clinicalStaff', 'developsForOthers', 'innovationGrant', 'openSource'] as const
const regions = ['London', 'Midlands', 'South West']

/** A round of people with small groups and rare answers. */
async function people(seed: number, size: number): Promise<Round> {
  const random = createRandom(seed)
  const draw = (share: number): boolean => random.uniform() < share
  const rows = Array.from({ length: size }, (_, i) => {
    const team = draw(0.9)
    const answer = (share: number): string => (!team ? '' : draw(0.04) ? '[not answered]' : draw(share) ? 'yes' : 'no')
    const openSource = !team ? '' : draw(0.1) ? 'always' : draw(0.06) ? 'sometimes' : 'never'
    const region = regions[Math.floor(3 * random.uniform() ** 2)] as string
    return [
      `P${String(i).padStart(3, '0')}`,
      region,
      draw(0.15) ? 'funded' : 'other',
      team ? 'yes' : 'no',
      answer(0.7),
      answer(0.93),
      answer(0.3),
      answer(0.08),
      openSource,
    ]
  })
  const file = path.join(await mkdtemp(path.join(os.tmpdir(), 'people-')), 'people.csv')
  const head = ['organisation', 'region', 'fundingGroup', ...questions]
  await writeFile(file, [head, ...rows].map((cells) => cells.join(',')).join('\n'))
  return readRound(file, on)
}

/** Numbers of people by question, group and answer, as they truly are; the last answer is "no usable answer". */
function truth({ variables, fields }: CodedRound, id: string, field: string): number[][] {
  const variable = variables.find((candidate) => candidate.id === id)
  const group = fields.get(field)
  if (variable === undefined || group === undefined) throw new Error(`${id} by ${field} is not in the round`)
  const counts = group.labels.map(() => [...variable.levels, 'missing'].map(() => 0))
  for (const [i, code] of variable.codes.entries()) {
    const row = counts[group.codes[i] as number]
    if (row !== undefined && code < row.length) row[code] = (row[code] as number) + 1
  }
  return counts
}

const rounds = await Promise.all([1, 2, 3, 4, 5, 6].map(async (seed) => people(seed, 60 + 40 * seed)))

describe('off, as for organisations', () => {
  test('every count stands as it is', () => {
    const result = runStudy(rounds[0] as Round, defaults)
    expect(result.smallNumbers).toEqual({ kind: 'off' })
    for (const { id, table, missing } of result.comparisons) {
      if (!questions.some((question) => question === id)) continue
      const counts = truth((rounds[0] as Round).coded, id, 'fundingGroup')
      expect(table.counts.map((row, i) => [...row, missing[i]])).toEqual(counts)
    }
  })
})

describe('on, as for people', () => {
  const results = rounds.map((round) => ({ round, result: runStudy(round, on) }))

  test('no count from 1 to 4 stands in any output', () => {
    for (const { result } of results) {
      const { smallNumbers: _, ...rest } = result
      const shown = allCounts(rest)
      expect(shown.length).toBeGreaterThan(50)
      expect(shown.filter((count) => count % 5 !== 0)).toEqual([])
      expect(result.smallNumbers).toMatchObject({ kind: 'on', threshold: 5, protection: 4, roundedTo: 5 })
    }
    // Rare answers and small groups make for something to hide, or this test would say nothing.
    expect(results.some(({ result }) => result.smallNumbers.kind === 'on' && result.smallNumbers.primary > 5)).toBe(true)
  })

  test('every small cell is hidden', () => {
    for (const { round, result } of results) {
      for (const { id, table, missing } of result.comparisons.filter((comparison) =>
        questions.some((question) => question === comparison.id),
      )) {
        const counts = truth(round.coded, id, 'fundingGroup')
        const shown = table.counts.map((row, i) => [...row, missing[i] ?? null])
        for (const [i, row] of counts.entries()) {
          for (const [j, count] of row.entries()) if (count > 0 && count < 5) expect(shown[i]?.[j]).toBeNull()
        }
      }
    }
  })

  test('the range that is left for each small count is as wide as was asked', () => {
    for (const { result } of results) {
      if (result.smallNumbers.kind === 'on' && result.smallNumbers.narrowestRange !== null)
        expect(result.smallNumbers.narrowestRange).toBeGreaterThanOrEqual(4)
    }
  })

  test('subtraction across tables that share totals finds no small count', () => {
    for (const { round, result } of results) {
      for (const { variable, group, level, lower, upper, hidden } of attack(result)) {
        const count = truth(round.coded, variable, 'fundingGroup')[group]?.[level] as number
        // The attack itself is sound: what it infers is true.
        expect(lower).toBeLessThanOrEqual(count)
        expect(upper).toBeGreaterThanOrEqual(count)
        if (hidden && count > 0 && count < 5) expect(upper - lower).toBeGreaterThanOrEqual(2)
      }
    }
  })

  test('what is computed from counts follows from the counts that are shown', () => {
    for (const { result } of results) {
      for (const { count, base, proportion, interval, ofFrame } of result.answers) {
        if (count === null || base === null || base === 0) {
          expect({ proportion, interval }).toEqual({ proportion: null, interval: null })
        } else {
          expect(proportion).toBe(count / base)
          expect(interval).toEqual(wilsonInterval(count, base))
        }
        if (count === null || base === null) expect(ofFrame).toBeNull()
        else if (ofFrame !== null) expect([ofFrame.known % 5, ofFrame.population % 5]).toEqual([0, 0])
      }
      for (const { table, pearson, exact, oddsRatio, decision, fragility, cramersV } of result.comparisons) {
        if (table.counts.flat().includes(null)) {
          expect([pearson, exact, oddsRatio, decision, fragility, cramersV]).toEqual([null, null, null, null, null, null])
        } else if (pearson !== null && table.columnLabels.length === 2) {
          const counts = table.counts as number[][]
          expect(pearson.pValue).toBe(chiSquaredTest(counts).pValue)
          expect(exact?.pValue).toBe(fisherPValue(...(counts.flat() as [number, number, number, number])))
        }
      }
    }
  })

  test('text, page, Markdown and CSV show the sign of a hidden count and say how it was checked', () => {
    const { result } = results[0] as (typeof results)[number]
    const page = studyReport(result)
    for (const output of [studyText(result, 100), page, markdown(studyDocument(result)).replaceAll('\\', '')]) {
      expect(output).toContain('[c]')
      expect(output.replace(/\s+/g, ' ')).toContain('computed for every hidden count by largest flows')
    }
    const csvs = [...page.matchAll(/base64,([A-Za-z0-9+/=]+)/g)].map(([, text]) => Buffer.from(text ?? '', 'base64').toString('utf8'))
    expect(csvs.some((csv) => csv.includes('[c]'))).toBe(true)
  })

  test('nobody is named, no cell of the file is quoted, and no advice is given to single ones', () => {
    for (const { result } of results) {
      expect(JSON.stringify(result)).not.toMatch(/P\d{3}"/)
      expect(result.issues).toEqual([])
      expect(result.recommendations?.byOrganisation ?? null).toBeNull()
    }
  })
})

const countKeys = new Set(
  'count counts base bases missing users known population rows records rejected blankRows errors warnings unanswered countAtMost tables'.split(
    ' ',
  ),
)

/** Every count that a result shows, wherever it stands: numbers under a name of counts, and "12 of 34" in words. */
function allCounts(value: unknown, isCount = false): number[] {
  if (typeof value === 'number') return isCount ? [value] : []
  if (typeof value === 'string')
    return [...value.matchAll(/\b(\d+) of (\d+)\b/g)].flatMap(([, count, base]) => [Number(count), Number(base)])
  if (Array.isArray(value)) return value.flatMap((item) => allCounts(item, isCount))
  if (typeof value !== 'object' || value === null) return []
  return Object.entries(value).flatMap(([key, item]) =>
    allCounts(item, countKeys.has(key) || (isCount && key !== 'lower' && key !== 'upper')),
  )
}

test('texts, strata and pairs: every count is hidden or rounded, and no pair stands with a small one', async () => {
  const examples = path.resolve(import.meta.dirname, '../examples')
  const synthetic = await loadConfig(path.join(examples, 'synthetic.yaml'))
  const config: StudyConfig = { ...synthetic, smallNumbers: { threshold: 5, roundedTo: 5 } }
  const result = runStudy(await readRound(path.join(examples, 'synthetic-round.csv'), config), config)
  const { smallNumbers: _, ...rest } = result
  expect(allCounts(rest).filter((count) => count % 5 !== 0)).toEqual([])
  expect(result.technologies.technologies.some(({ count }) => count === null)).toBe(true)
  expect(result.technologies.pairs.length).toBeGreaterThan(0)
  for (const { counts, pValue } of result.technologies.pairs) expect(pValue).toBe(fisherPValue(...counts))
  for (const { tables, oddsRatio } of result.stratified) expect(oddsRatio === null).toBe(tables.flat(2).includes(null))
  // Hidden technologies stand in the order of their names, not of their users.
  const hidden = result.technologies.technologies.filter(({ count }) => count === null).map(({ id }) => id)
  expect(hidden).toEqual([...hidden].sort())
  expect(studyReport(result)).not.toContain('Synthetic organisation 0')
})

interface Inferred {
  readonly variable: string
  readonly group: number
  readonly level: number
  readonly lower: number
  readonly upper: number
  readonly hidden: boolean
}

/**
 * What a reader can work out of the tables by group and of the answers: every shown count may be 2 more or less, every hidden one is
 * anything from 0; cells sum to the answers of everybody, and a row of a question that hangs on "yes, a team" sums to that yes.
 * Bounds are passed on until nothing narrows any more.
 */
function attack(result: StudyResult): Inferred[] {
  const most = 10_000
  const shownRange = (count: number | null): [number, number] => (count === null ? [0, most] : [Math.max(0, count - 2), count + 2])
  const asked = result.comparisons.filter(({ id }) => questions.some((question) => question === id))
  const cells = new Map(
    asked.map(({ id, table, missing }) => [id, table.counts.map((row, i) => [...row, missing[i] ?? null].map(shownRange))]),
  )
  const sums: { readonly parts: [number, number][]; readonly total: [number, number] }[] = []
  for (const { id, table } of asked) {
    const rows = cells.get(id) as [number, number][][]
    for (const [j, level] of table.columnLabels.entries()) {
      const answer = result.answers.find((one) => one.id === id && one.level === level)
      if (answer !== undefined) sums.push({ parts: rows.map((row) => row[j] as [number, number]), total: shownRange(answer.count) })
    }
    const team = cells.get('hasTeam') as [number, number][][]
    if (id !== 'hasTeam') for (const [i, row] of rows.entries()) sums.push({ parts: row, total: team[i]?.[0] as [number, number] })
  }
  for (let changed = true; changed;) {
    changed = false
    const narrow = (range: [number, number], lower: number, upper: number): void => {
      if (lower > range[0]) [range[0], changed] = [lower, true]
      if (upper < range[1]) [range[1], changed] = [upper, true]
    }
    for (const { parts, total } of sums) {
      const least = parts.reduce((sum, [lower]) => sum + lower, 0)
      const greatest = parts.reduce((sum, [, upper]) => sum + upper, 0)
      narrow(total, least, greatest)
      for (const part of parts) narrow(part, total[0] - (greatest - part[1]), total[1] - (least - part[0]))
    }
  }
  return asked.flatMap(({ id, table, missing }) =>
    (cells.get(id) as [number, number][][]).flatMap((row, group) =>
      row.map(([lower, upper], level) => ({
        variable: id,
        group,
        level,
        lower,
        upper,
        hidden: (level < table.columnLabels.length ? table.counts[group]?.[level] : missing[group]) === null,
      })),
    ),
  )
}
