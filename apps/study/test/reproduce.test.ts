import { existsSync, readFileSync } from 'node:fs'
import { mkdtemp, readFile } from 'node:fs/promises'
import os from 'node:os'
import path from 'node:path'
import { describe, expect, test } from 'vitest'
import { runCli } from '../src/cli.ts'
import { publishedStudy } from '../src/published-study.ts'
import { reproduce } from '../src/reproduction.ts'

async function run(...args: string[]) {
  let stdout = ''
  let stderr = ''
  const code = await runCli(args, { stdout: (text) => (stdout += text), stderr: (text) => (stderr += text), columns: 100 })
  return { code, stdout, stderr }
}

const options = { definition: 'core-26', exemplarTeams: 26, confidenceLevel: 0.95, threshold: 0.05, asOf: '2025-08-12' } as const
const result = reproduce(publishedStudy(), options)
const auditOf = (figureId: string, version: string) =>
  result.audit.find((audited) => audited.figureId === figureId && audited.version === version)

/**
 * Each printed percentage of each version: matched, explained by rounding, or different because of what the audit finds.
 * Sources: the abstracts of the preprint (V0), the accepted manuscript (V1) and the article (V2), and posts (V3).
 */
describe('the printed percentages', () => {
  test('the four after "Out of 191" fit 161 and not 191', () => {
    const misprinted = result.audit.filter(({ verdict }) => verdict === 'base-misprinted')
    expect(
      misprinted.map(({ figureId, version, stated, fittingBases }) => [
        figureId,
        version,
        stated?.base,
        fittingBases.map(({ base }) => base),
      ]),
    ).toEqual([
      ['clinicalStaff', 'V2', 191, [161]],
      ['developsForOthers', 'V2', 191, [161]],
      ['innovationGrant', 'V2', 191, [161]],
      ['disclosedTechnologies', 'V2', 191, [161]],
    ])
  })
  test('24 is 17% of 138 and 15% of 161', () => {
    expect(auditOf('interoperabilityStandards', 'V2')?.fittingBases.map(({ base }) => base)).toEqual([138])
    expect(auditOf('interoperabilityStandards', 'V0')?.fittingBases.map(({ base }) => base)).toEqual([161])
    expect(result.changes.find(({ figureId }) => figureId === 'interoperabilityStandards')?.change).toBe('base')
  })
  test('5.1% is 7 of 138 and impossible for 191', () => {
    expect(auditOf('python', 'V3')).toMatchObject({ verdict: 'numerator-found', fittingBases: [{ base: 138, counts: [7] }] })
  })
  test('59% of 138 may be 81 or 82', () => {
    const audited = auditOf('cSharp', 'V3')
    expect(audited?.verdict).toBe('numerator-not-determined')
    expect(audited?.fittingBases.find(({ base }) => base === 138)?.counts).toEqual([81, 82])
  })
  test('15% of a post is cut off, not rounded', () => {
    expect(auditOf('openSourceAlways', 'V3')?.verdict).toBe('cut-off')
  })
  test('every other percentage reproduces, and nothing behaves otherwise than recorded', () => {
    expect(result.audit).toHaveLength(28)
    expect(result.audit.filter(({ verdict }) => verdict === 'consistent')).toHaveLength(20)
    expect(result.audit.filter(({ asRecorded }) => !asRecorded)).toEqual([])
  })
})

test('the funnel is 226, 191, 161, 138', () => {
  expect(result.funnel.map(({ count }) => count)).toEqual([226, 191, 161, 138])
  // R 4.2.2: prop.test(191, 226, correct = FALSE)$conf.int
  expect(result.funnel[1]?.of?.interval.lower).toBeCloseTo(0.792239041649691, 12)
  expect(result.funnel[1]?.of?.interval.upper).toBeCloseTo(0.886489682055897, 12)
})

test('84 technologies are the sum of the seven categories', () => {
  expect(result.technologies.total).toBe(result.technologies.categories.reduce((sum, { count }) => sum + count, 0))
})

describe('the recommendations that the printed figures support', () => {
  const { recommendations } = result.recommendations
  test('each that applies has a grade, a source, a trace and a sentence', () => {
    const applying = recommendations.filter(({ recommendation }) => recommendation.status === 'applies')
    expect(applying.length).toBeGreaterThanOrEqual(3)
    for (const { recommendation, explanation } of applying) {
      expect(recommendation.grade).not.toBe('E0')
      expect(explanation.sources.length).toBeGreaterThan(0)
      expect(explanation.trace.length).toBeGreaterThan(0)
    }
  })
  test('what rests on a misprinted base waits for a person', () => {
    expect(
      recommendations.filter(({ recommendation }) => recommendation.blocked).map(({ recommendation }) => recommendation.rule),
    ).toContain('system-clinical-voice')
  })
})

const feasibleFile = path.resolve(import.meta.dirname, '../../../../shared/study/feasible-tables.csv')

test.skipIf(!existsSync(feasibleFile))(
  `feasible comparisons equal the reference tables (skipped without ${path.basename(feasibleFile)} beside the project)`,
  () => {
    const ids = ['F03', 'F04', 'F05', 'F06', 'F07', 'F08', 'F09', 'F10']
    const rows = readFileSync(feasibleFile, 'utf8')
      .trim()
      .split('\n')
      .slice(1)
      .map((line) => line.replaceAll('"', '').split(','))
    for (const exemplarTeams of [22, 26, 43]) {
      const { comparisons } = reproduce(publishedStudy(), { ...options, exemplarTeams })
      expect(comparisons).toHaveLength(ids.length)
      for (const [i, comparison] of comparisons.entries()) {
        const row = rows.find(([id, , , group]) => id === ids[i] && Number(group) === exemplarTeams) ?? []
        const text = (count: number | null): string => (count === null ? 'NA' : `${count}`)
        expect([
          `${comparison.minimum}..${comparison.maximum}`,
          text(comparison.pearson.above),
          text(comparison.pearson.below),
          text(comparison.fisher.above),
          text(comparison.fisher.below),
        ]).toEqual([row[4], ...row.slice(7, 11)])
        expect(comparison.disagreements).toBe(Number(row[11]))
      }
    }
  },
)

describe('the command line', () => {
  test('prints the study and ends with 0', async () => {
    const { code, stdout, stderr } = await run('reproduce')
    expect(code).toBe(0)
    expect(stderr).toBe('')
    // Columns wrap, so compare without regard to line breaks.
    const words = stdout.replace(/\s+/g, ' ')
    expect(words).toContain('base misprinted: 150 of 191 is')
    expect(stdout).toContain('20 of 28 printed percentages reproduce; all others are explained above.')
    expect(words).toContain('Not affiliated with or endorsed by the NHS')
  })
  test('--json is JSON, the same bytes twice', async () => {
    const first = await run('reproduce', '--json')
    const second = await run('reproduce', '--json')
    expect(JSON.parse(first.stdout)).toEqual(JSON.parse(JSON.stringify(result)))
    expect(second.stdout).toBe(first.stdout)
  })
  test('--out writes the file and says so on stderr', async () => {
    const file = path.join(await mkdtemp(path.join(os.tmpdir(), 'study-')), 'study.json')
    const { code, stdout, stderr } = await run('reproduce', '--json', '--out', file)
    expect({ code, stdout, stderr }).toEqual({ code: 0, stdout: '', stderr: `wrote ${file}\n` })
    expect(JSON.parse(await readFile(file, 'utf8'))).toHaveProperty('funnel')
  })
  test.each([
    ['an unknown option', ['reproduce', '--exemplars', '5'], 2, /unknown option '--exemplars'/],
    ['an option out of range', ['reproduce', '--exemplar-teams', '500'], 2, /Expected a whole number from 0 to 138/],
    ['an unknown command', ['reprduce'], 2, /unknown command/],
    ['a folder that is not there', ['reproduce', '--out', '/no/such/folder/study.txt'], 3, /cannot write/],
  ])('%s is one clear line and its exit code', async (_, args, expected, message) => {
    const { code, stdout, stderr } = await run(...args)
    expect(code).toBe(expected)
    expect(stdout).toBe('')
    expect(stderr).toMatch(message)
  })
})

test('the definition of an exemplar is an option, and stands with every comparison', async () => {
  const { code, stdout } = await run('reproduce', '--definition', 'programme', '--json')
  expect(code).toBe(0)
  const { comparisons, options: chosen } = JSON.parse(stdout) as typeof result
  expect(chosen).toMatchObject({ definition: 'programme', exemplarTeams: 49 })
  for (const { groupSize, definition } of comparisons) {
    expect(groupSize).toBe(49)
    expect(definition).toMatch(/^programme, as if all 49/)
  }
  expect((await run('reproduce', '--definition', 'listed')).code).toBe(2)
  const { stdout: text } = await run('reproduce')
  expect(text.replace(/\s+/g, ' ').split('Exemplars: 26 of the teams (core-26').length - 1).toBeGreaterThanOrEqual(6)
})
