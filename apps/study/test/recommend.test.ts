import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { describe, expect, test } from 'vitest'
import { type Advice } from '../src/advice.ts'
import { runCli } from '../src/cli.ts'
import { type StudyResult } from '../src/pipeline.ts'

async function run(...args: string[]) {
  let stdout = ''
  let stderr = ''
  const code = await runCli(args, { stdout: (text) => (stdout += text), stderr: (text) => (stderr += text), columns: 80 })
  return { code, stdout, stderr }
}

const example = (name: string): string => path.resolve(import.meta.dirname, '../examples', name)
const round = [example('synthetic-round.csv'), '--config', example('synthetic.yaml')]
const adviceOf = async (...args: string[]): Promise<Advice> => JSON.parse((await run('recommend', ...args, '--json')).stdout) as Advice
const statusOf = ({ recommendations }: Advice, rule: string) =>
  recommendations.find((given) => given.recommendation.rule === rule)?.recommendation.status

describe('study recommend', () => {
  test('the printed study: a share whose base does not fit waits for a person', async () => {
    const advice = await adviceOf()
    expect(advice).toMatchObject({
      subject: { kind: 'system' },
      source: { provenance: 'printed' },
      asOf: '2025-08-12',
      organisations: null,
    })
    expect(statusOf(advice, 'national-open-source-goal')).toBe('applies')
    expect(advice.recommendations.find(({ recommendation }) => recommendation.rule === 'system-share-builds')?.recommendation.blocked).toBe(
      true,
    )
  })
  test('a round: the system, and to how many trusts each rule applies', async () => {
    const advice = await adviceOf(...round)
    expect(advice.source).toMatchObject({ provenance: 'synthetic', file: 'synthetic-round.csv' })
    for (const { counts } of advice.organisations ?? []) {
      // Each rule says something of each of the 226.
      expect(Object.values(counts).reduce((all: number, count) => all + (count ?? 0), 0)).toBe(226)
    }
    // 30 of the 191 have no team, and 35 of the 226 did not respond.
    expect(advice.organisations?.find(({ rule }) => rule === 'trust-find-partner')?.counts).toMatchObject({
      applies: 30,
      'already-met': 161,
      unknown: 35,
    })
  })
  test('one trust by its code, in either case, and by its name', async () => {
    const advice = await adviceOf(...round, '--trust', 'syn001')
    expect(advice.subject).toEqual({ kind: 'trust', id: 'SYN001 Synthetic organisation 001' })
    // SYN001 answers: team yes, open source never, clinical staff yes.
    expect(statusOf(advice, 'trust-open-by-default')).toBe('applies')
    expect(statusOf(advice, 'trust-clinical-lead')).toBe('already-met')
    expect(await adviceOf(...round, '--trust', 'Synthetic organisation 001')).toEqual(advice)
  })
  test('one trust gets the advice that the whole round gives it, gap between groups and register included', async () => {
    const folder = mkdtempSync(path.join(tmpdir(), 'study-recommend-'))
    writeFileSync(path.join(folder, 'register.csv'), 'ods_code,name,open_date\nSYN001,Synthetic organisation 001,2019-04-01\n')
    const config = path.join(folder, 'study.yaml')
    const declared = readFileSync(example('synthetic.yaml'), 'utf8')
    writeFileSync(config, `${declared}register: { file: register.csv, askedFrom: 2020-07-01 }\n`)
    const file = example('synthetic-round.csv')
    const system = await adviceOf(file, '--config', config)
    const factsOf = ({ recommendations }: Advice): string => JSON.stringify(recommendations.map(({ explanation }) => explanation.trace))
    expect(factsOf(system)).toContain('226 asked, 1 registered on 2020-07-01')
    const analysed = JSON.parse((await run('analyse', file, '--config', config, '--json')).stdout) as StudyResult
    for (const position of [0, 17, 101]) {
      const of = analysed.recommendations?.byOrganisation?.[position]
      const { recommendations } = await adviceOf(file, '--config', config, '--trust', String(of?.organisation))
      const titles = (status: string): string[] =>
        recommendations.flatMap(({ recommendation, explanation }) => (recommendation.status === status ? [explanation.title] : []))
      expect(titles('applies').sort()).toEqual([...(of?.applies ?? [])].sort())
      expect(titles('unknown').sort()).toEqual([...(of?.notDecided ?? [])].sort())
    }
    rmSync(folder, { recursive: true })
  })
  test('every recommendation has its trace', async () => {
    const { recommendations } = await adviceOf(...round, '--trust', 'SYN001')
    const traces = recommendations.map(
      ({ recommendation: { rule, status }, explanation }) => [rule, status, explanation.trace.length] as const,
    )
    expect(traces.filter(([, status, lines]) => status === 'applies' && lines === 0)).toEqual([])
  })
  test('the text fits the terminal and says what the data is', async () => {
    for (const args of [[], round, [...round, '--trust', 'SYN200']]) {
      const { code, stdout } = await run('recommend', ...args)
      expect(code).toBe(0)
      expect(stdout.split('\n').filter((line) => line.length > 80)).toEqual([])
      expect(stdout).toContain(args.length === 0 ? 'Computed from printed counts' : 'SYNTHETIC DATA')
    }
  })
  test('the same bytes each time', async () => {
    expect((await run('recommend', ...round, '--json')).stdout).toBe((await run('recommend', ...round, '--json')).stdout)
  })
  test.each([
    ['a trust of the printed study', ['--trust', 'R0A'], 2, /name a file of responses/],
    ['a config without a file', ['--config', example('synthetic.yaml')], 2, /goes with a file/],
    ['a trust that is not in the file', [...round, '--trust', 'XYZ'], 2, /holds no organisation "XYZ"; it holds 226, such as SYN001/],
    ['a questionnaire that no rule reads', [example('dspt/study.yaml'), '--config', example('dspt/study.yaml')], 3, /./],
    ['a day that is none', ['--as-of', '2025-02-30'], 2, /Expected a day/],
    ['a missing file', ['nowhere.csv'], 3, /nowhere\.csv/],
  ])('%s is refused', async (_, args, expected, message) => {
    const { code, stdout, stderr } = await run('recommend', ...args)
    expect(code).toBe(expected)
    expect(stdout).toBe('')
    expect(stderr).toMatch(message)
  })
})
