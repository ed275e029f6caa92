import { existsSync } from 'node:fs'
import { mkdtemp, readFile, writeFile } from 'node:fs/promises'
import os from 'node:os'
import path from 'node:path'
import { describe, expect, test } from 'vitest'
import { type PapersAudit } from '../src/audit/audit-papers.ts'
import { runCli } from '../src/cli.ts'

async function run(...args: string[]) {
  let stdout = ''
  let stderr = ''
  const code = await runCli(args, { stdout: (text) => (stdout += text), stderr: (text) => (stderr += text), columns: 80 })
  return { code, stdout, stderr }
}

const fixture = (name: string): string => path.resolve(import.meta.dirname, 'fixtures/audit', name)
const verdictsOf = (audit: PapersAudit): Record<string, string> =>
  Object.fromEntries(audit.papers.flatMap(({ id: paper, figures }) => figures.map(({ id, verdict }) => [`${paper} ${id}`, verdict])))
const figureOf = (audit: PapersAudit, id: string) => audit.papers.flatMap(({ figures }) => figures).find((figure) => figure.id === id)

const others = path.resolve(import.meta.dirname, '../../../../shared/study/other-studies.json')

describe.skipIf(!existsSync(others))(
  'published figures of other studies (skipped where the collection is absent: it is not part of the repository)',
  async () => {
    const { code, stdout } = existsSync(others) ? await run('audit', others, '--json') : { code: 0, stdout: '{"papers":[]}' }
    const audit = JSON.parse(stdout) as PapersAudit
    const paper = (id: string) => audit.papers.find((candidate) => candidate.id === id)

    test('the file is understood as it is', () => {
      expect(code).toBe(1)
      expect(audit.issues).toEqual([])
    })
    test('H1: ten of eleven P values follow by Pearson’s test, the eleventh is likely rounded twice', () => {
      const tests = paper('H1')?.figures.filter(({ kind }) => kind === 'test') ?? []
      expect(paper('H1')?.tests.common).toEqual({ test: 'pearson', gives: 10, of: 11 })
      expect(tests.filter(({ verdict }) => verdict === 'consistent')).toHaveLength(10)
      expect(tests.filter(({ verdict }) => verdict !== 'consistent').map(({ id, finding }) => [id, finding.slice(0, 42)])).toEqual([
        ['H1-10', 'likely rounded twice (.4646 → .465 → .47):'],
      ])
      expect(paper('H1')?.figures.filter(({ kind, verdict }) => kind === 'percentage' && verdict === 'consistent')).toHaveLength(11)
    })
    test('H2: two statistics do not follow', () => {
      const flagged = paper('H2')?.figures.filter(({ verdict }) => verdict !== 'consistent') ?? []
      expect(flagged.map(({ id }) => id)).toEqual(['H2-1', 'H2-5'])
      expect(flagged[0]?.finding).toContain('the printed statistic 3.610 does not')
      expect(flagged[1]?.finding).toContain('it is given by Fisher')
    })
    test('P2 solves to 165 or 166', () => {
      expect(paper('P2')?.figures.filter(({ verdict }) => verdict === 'consistent')).toHaveLength(6)
      expect(paper('P2')?.figures.at(-1)).toMatchObject({
        verdict: 'base-not-determined',
        finding: 'the base is not printed; 165 or 166 would give it',
      })
    })
    test('P4: 37% and 9% fit no count of 48', () => {
      expect(paper('P4')?.figures.map(({ verdict }) => verdict)).toEqual([
        'consistent',
        'consistent',
        'consistent',
        'consistent',
        'inconsistent',
        'inconsistent',
      ])
      expect(paper('P4')?.figures.at(-1)?.finding).toBe('no count of 48 is printed as 9% (4 is 8.33%, 5 is 10.42%)')
    })
    test('P10: 51 sums, 52 does not', () => {
      expect(paper('P10')?.figures.map(({ verdict }) => verdict)).toEqual(['consistent', 'inconsistent'])
    })
    test('W1: each interval gives back its count and base by Wilson’s method', () => {
      expect(paper('W1')?.figures.map(({ verdict }) => verdict)).toEqual(new Array(8).fill('consistent'))
      expect(paper('W1')?.figures[0]?.finding).toBe('1061 of 1322, found from the limits, by wilson')
    })
  },
)

describe('a made-up paper', () => {
  test('JSON: a verdict for every figure', async () => {
    const { code, stdout } = await run('audit', fixture('made-up-paper.json'), '--json')
    const audit = JSON.parse(stdout) as PapersAudit
    expect(code).toBe(1)
    expect(verdictsOf(audit)).toEqual({
      'made-up T1': 'consistent',
      'made-up T2': 'decision-inconsistent',
      'made-up T3': 'inconsistent',
      'made-up T4': 'cannot-be-checked',
      'made-up T5': 'cannot-be-checked',
      'made-up T6': 'cannot-be-checked',
      'made-up T7': 'cannot-be-checked',
      'made-up T8': 'consistent',
      'made-up T8 total': 'inconsistent',
      'made-up S1': 'consistent',
      'made-up S2': 'cannot-be-checked',
      'made-up S3': 'decision-inconsistent',
      'made-up S4': 'inconsistent',
      'made-up P1': 'inconsistent',
      'made-up P2': 'consistent',
      'made-up P3': 'base-not-determined',
      'made-up P4': 'cannot-be-checked',
      'made-up P5': 'inconsistent',
      'made-up P6': 'cannot-be-checked',
      'made-up A1': 'consistent',
      'made-up A2': 'inconsistent',
      'made-up A3': 'cannot-be-checked',
      'made-up I1': 'consistent',
      'made-up I2': 'inconsistent',
    })
    expect(audit.issues).toEqual([expect.objectContaining({ path: 'tables[7].remarks', code: 'unknown-key' })])
    const suggested = (id: string) => figureOf(audit, id)?.suggestions.map(({ kind }) => kind) ?? []
    expect(suggested('T2')).toContain('decimal-point')
    expect(suggested('T3')).toContain('cells-swapped')
    expect(suggested('S4')).toContain('degrees-of-freedom')
    expect(suggested('P1')).toContain('base')
    expect(suggested('P5')).toContain('decimal-point')
    expect(suggested('A2')).toContain('digits-swapped')
    expect(figureOf(audit, 'T4')?.finding).toBe('counts[0][1] is missing')
    expect(figureOf(audit, 'S2')?.finding).toBe('neither counts nor degrees of freedom are printed')
  })
  test('CSV: the same verdicts, one figure a row', async () => {
    const { code, stdout } = await run('audit', fixture('made-up-paper.csv'), '--json')
    const audit = JSON.parse(stdout) as PapersAudit
    expect(code).toBe(1)
    expect(verdictsOf(audit)).toEqual({
      'A 1': 'consistent',
      'A 2': 'inconsistent',
      'A 3': 'base-not-determined',
      'A 4': 'cannot-be-checked',
      'B 1': 'inconsistent',
      'B 2': 'consistent',
      'B 3': 'cannot-be-checked',
    })
    expect(audit.issues.map(({ path: where, code: what }) => [where, what])).toEqual([
      ['column remarks', 'unknown-key'],
      ['row 9', 'nothing-printed'],
    ])
  })
  test('every assumption that was tried is given with what it gives', async () => {
    const { stdout } = await run('audit', fixture('made-up-paper.json'), '--json')
    const audit = JSON.parse(stdout) as PapersAudit
    expect(figureOf(audit, 'T1')?.tried.map(({ assumption, of }) => `${assumption}: ${of}`)).toEqual(
      expect.arrayContaining(['Pearson: P', 'Yates: P', 'likelihood ratio: P', 'Fisher: P', 'from the printed statistic, df 1: P']),
    )
    expect(figureOf(audit, 'P1')?.tried.map(({ assumption }) => assumption)).toEqual([
      'rounded, half up',
      'rounded, half to even',
      'cut off',
    ])
  })
  test('the text fits the terminal', async () => {
    const { stdout } = await run('audit', fixture('made-up-paper.json'))
    expect(stdout.split('\n').filter((line) => line.length > 80)).toEqual([])
    expect(stdout).toContain('decision inconsistent: T2')
  })
  test('nothing inconsistent ends with 0', async () => {
    const file = path.join(await mkdtemp(path.join(os.tmpdir(), 'audit-')), 'one.json')
    await writeFile(file, JSON.stringify({ id: 'one', percents: [{ x: 7, n: 138, pct: '5.1' }] }))
    expect(await run('audit', file)).toMatchObject({ code: 0, stderr: '' })
  })
})

describe('figures as papers write them', () => {
  const audited = async (study: object) => {
    const file = path.join(await mkdtemp(path.join(os.tmpdir(), 'audit-')), 'written.json')
    await writeFile(file, JSON.stringify(study))
    const audit = JSON.parse((await run('audit', file, '--json')).stdout) as PapersAudit
    expect(audit.issues).toEqual([])
    return audit.papers.flatMap(({ figures }) => figures)
  }

  test.each([
    ['χ²(1, N = 191) = 4.12, p = .042', 'X² 4.12, df 1, P .042', 'consistent'],
    ['chi-square = 5.99; df = 2; P < .05', 'X² 5.99, df 2, P <.05', 'consistent'],
    ['X2 (2) = 5.99, p=0.02', 'X² 5.99, df 2, P 0.02', 'inconsistent'],
    ['χ2(2) = 2.10, p = .04', 'X² 2.10, df 2, P .04', 'decision-inconsistent'],
  ])('a test in a sentence: %s', async (reported, printed, verdict) => {
    expect(await audited({ tests: [{ reported }] })).toEqual([expect.objectContaining({ printed, verdict })])
  })
  test('the N of a sentence is the sum of the table', async () => {
    const figures = await audited({ tables: [{ counts: [[40, 55], [22, 74]], reported: 'χ²(1, N = 190) = 8.02, p = .005' }] }) // prettier-ignore
    expect(figures.map(({ kind, verdict }) => [kind, verdict])).toEqual([
      ['test', 'consistent'],
      ['sum', 'inconsistent'],
    ])
  })
  test.each([
    ['t(34) = 2.1, p = .04', /statistic is "t\(34\) = 2.1, p = .04", expected a number/],
    ['-3', /-3 is negative, which no chi-squared statistic is/],
  ])('another statistic is no chi-squared: %s', async (stat, finding) => {
    const [figure] = await audited({ tests: [{ stat, df: 1, p: '.04' }] })
    expect(figure?.verdict).toBe('cannot-be-checked')
    expect(figure?.finding).toMatch(finding)
  })
  test('a test of something else than the counts is checked by its statistic alone', async () => {
    const reported = { test: 'McNemar', stat: '4.12', df: 1, p: '.042' }
    const figures = await audited({ tests: [reported], tables: [{ counts: [[40, 55], [22, 74]], reported }] }) // prettier-ignore
    expect(figures.map(({ verdict }) => verdict)).toEqual(['cannot-be-checked', 'consistent'])
  })
  test('a P that is no probability follows from no counts', async () => {
    const [figure] = await audited({ tables: [{ counts: [[40, 55], [22, 74]], reported: { p: '4.6' } }] }) // prettier-ignore
    expect(figure).toMatchObject({ verdict: 'inconsistent', finding: 'the printed P 4.6 is not between 0 and 1' })
  })
  test.each([
    [{ x: '12/40', pct: '30' }, '12 of 40 = 30%', 'consistent'],
    [{ x: '12 of 41', pct: '30' }, '12 of 41 = 30%', 'inconsistent'],
    [{ x: '1 234', n: '2,345', pct: '52.6%' }, '1234 of 2345 = 52.6%', 'consistent'],
    [{ x: 12, n: 40, pct: '0.30', unit: 'proportion' }, '12 of 40 = 30%', 'consistent'],
    [{ x: 1, n: 80, proportion: '.0125' }, '1 of 80 = 1.25%', 'consistent'],
    [{ x: 39, n: 40, proportion: '.9' }, '39 of 40 = 90%', 'inconsistent'],
    [{ x: 1, n: 2000, proportion: '<.001' }, '1 of 2000 = <0.1%', 'consistent'],
    [{ x: 40, n: 40, proportion: '1' }, '40 of 40 = 100%', 'consistent'],
  ])('a share: %j', async (figure, printed, verdict) => {
    expect(await audited({ percents: [figure] })).toEqual([expect.objectContaining({ printed, verdict })])
  })
  test('a cell with its percentage is told what to do', async () => {
    const [figure] = await audited({ tables: [{ counts: [['12 (30%)', 28], [20, 30]], reported: { p: '.3' } }] }) // prettier-ignore
    expect(figure?.finding).toBe(
      'counts[0][0] is "12 (30%)", expected a count; write the count alone, and what stands in brackets as a figure of its own under "percents"',
    )
  })
  test('limits in the wrong order', async () => {
    const [figure] = await audited({ intervals: [{ count: 62, base: 191, lower: '39.4', upper: '26.2' }] })
    expect(figure).toMatchObject({ verdict: 'inconsistent', finding: 'the lower limit is above the upper one' })
  })
})

test.each(['json', 'csv'])('the %s example of the guide is read without an issue', async (language) => {
  const guide = await readFile(path.resolve(import.meta.dirname, '../../../docs/audit-a-paper.md'), 'utf8')
  const example = new RegExp(`^\`\`\`${language}\\n([\\s\\S]*?)^\`\`\``, 'm').exec(guide)?.[1] ?? ''
  const file = path.join(await mkdtemp(path.join(os.tmpdir(), 'audit-')), `example.${language}`)
  await writeFile(file, example)
  const audit = JSON.parse((await run('audit', file, '--json')).stdout) as PapersAudit
  expect(audit.issues).toEqual([])
  expect(audit.papers.flatMap(({ figures }) => figures).length).toBeGreaterThan(3)
  expect(audit.summary.consistent).toBeGreaterThan(1)
})

test.each([
  ['not JSON', '{ "studies": [', /is not valid JSON/],
  ['studies is no list', '{ "studies": 3 }', /studies is a number; expected \{ "studies": \[ … \] \}/],
  ['a study is no object', '{ "studies": [[]] }', /studies\[0\] is a list; expected a study/],
  ['a list of figures is none', '{ "tables": { "counts": [] } }', /tables is an object; expected a list/],
  ['no figure', '{ "studies": [] }', /holds no printed figure/],
  ['a CSV of something else', 'name,age\nA,3\n', /row 1 names none of the columns/],
  ['empty', '', /is empty/],
])('a file that is not what it should be: %s', async (_, text, message) => {
  const file = path.join(await mkdtemp(path.join(os.tmpdir(), 'audit-')), 'bad.json')
  await writeFile(file, text)
  const { code, stdout, stderr } = await run('audit', file)
  expect(code).toBe(3)
  expect(stdout).toBe('')
  expect(stderr).toMatch(message)
  expect(stderr.trim().split('\n')).toHaveLength(1)
})
