import { mkdtemp, writeFile } from 'node:fs/promises'
import os from 'node:os'
import path from 'node:path'
import { describe, expect, test } from 'vitest'
import { runCli } from '../src/cli.ts'
import { type TableInspection } from '../src/table/inspect-table.ts'

async function run(args: readonly string[], stdin: string | null = null) {
  let stdout = ''
  let stderr = ''
  const code = await runCli(args, {
    stdout: (text) => (stdout += text),
    stderr: (text) => (stderr += text),
    columns: 80,
    stdin: () => Promise.resolve(stdin),
  })
  return { code, stdout, stderr }
}

const inspect = async (args: readonly string[], stdin?: string): Promise<TableInspection> =>
  JSON.parse((await run(['table', ...args, '--json'], stdin)).stdout) as TableInspection
const testNamed = (result: TableInspection, name: string) => result.tests.find(({ test: found }) => found === name)
const effectNamed = (result: TableInspection, name: string) => result.effects.find(({ effect }) => effect === name)

describe('reference values', () => {
  // R 4.2.2: x <- matrix(c(12, 13, 14, 122), 2); chisq.test(x, correct = FALSE), chisq.test(x), fisher.test(x).
  test('2 × 2: all tests, effects and intervals', async () => {
    const result = await inspect(['12 14; 13 122'])
    expect(testNamed(result, 'Pearson chi-squared')?.statistic).toBeCloseTo(22.1725627619, 9)
    expect(testNamed(result, 'Pearson, Yates corrected')?.statistic).toBeCloseTo(19.4754451357, 9)
    expect(testNamed(result, 'Fisher exact')?.pValue).toBeCloseTo(3.55380260233e-5, 15)
    expect(result.tests.map(({ test: name }) => name)).toEqual([
      'Pearson chi-squared',
      'Pearson, Yates corrected',
      'Pearson, n − 1',
      'Likelihood ratio',
      'Fisher exact',
      'Fisher mid-P',
      'Barnard exact',
      'Boschloo exact',
    ])
    // 12 · 122 / (14 · 13)
    expect(effectNamed(result, 'Odds ratio')?.estimate).toBeCloseTo((12 * 122) / (14 * 13), 12)
    expect(effectNamed(result, 'Risk difference')?.estimate).toBeCloseTo(12 / 26 - 13 / 135, 12)
    expect(result.effects.filter(({ interval }) => interval !== null).length).toBeGreaterThanOrEqual(8)
    expect(result.chosen?.test).toBe('fisher-freeman-halton')
  })
  // Agresti, Categorical Data Analysis, 2002, table 2.8: gamma 0.221; R fisher.test 0.7827.
  test('r × c with an order: gamma, linear by linear, exact', async () => {
    const result = await inspect(['--ordered'], '1 3 10 6\n2 3 10 7\n1 6 14 12\n0 1 9 11')
    expect(effectNamed(result, 'Gamma')?.estimate).toBeCloseTo(0.221, 3)
    expect(testNamed(result, 'Fisher–Freeman–Halton exact')?.pValue).toBeCloseTo(0.78268493896639, 10)
    expect(testNamed(result, 'Linear by linear')?.pValue).toBeLessThan(0.1)
    expect(effectNamed(await inspect([], '1 3 10 6\n2 3 10 7\n1 6 14 12\n0 1 9 11'), 'Gamma')).toBeUndefined()
  })
  // R 4.2.2: prop.trend.test(c(15, 16, 30, 33), c(50, 50, 50, 50)).
  test('k × 2 with an order: trend, and what departs from it', async () => {
    const rows = await inspect(['--ordered'], '15 35\n16 34\n30 20\n33 17')
    const columns = await inspect(['--ordered'], '15 16 30 33\n35 34 20 17')
    const trend = testNamed(rows, 'Cochran–Armitage trend')?.statistic ?? 0
    expect(trend).toBeCloseTo(18.5628261742, 9)
    const departure = testNamed(rows, 'Departure from the trend')?.statistic ?? 0
    expect(testNamed(columns, 'Cochran–Armitage trend')?.statistic).toBeCloseTo(trend, 10)
    expect(trend + departure).toBeCloseTo(testNamed(rows, 'Pearson chi-squared')?.statistic ?? 0, 8)
  })
  // R: mcnemar.test(matrix(c(794, 150, 86, 570), 2, byrow = TRUE), correct = FALSE) gives 17.3559322034 (Agresti 2002, table 10.1).
  test('paired 2 × 2: McNemar, difference and kappa, no test of independence', async () => {
    const result = await inspect(['794 150; 86 570', '--paired'])
    expect(testNamed(result, 'McNemar')?.statistic).toBeCloseTo(17.3559322034, 9)
    expect(testNamed(result, 'Pearson chi-squared')).toBeUndefined()
    expect(effectNamed(result, 'Difference of proportions')?.estimate).toBeCloseTo((944 - 880) / 1600, 10)
    // (po − pe) / (1 − pe) with po = 1364 / 1600
    const expected = (944 * 880 + 656 * 720) / 1600 ** 2
    expect(effectNamed(result, 'Cohen’s kappa')?.estimate).toBeCloseTo((1364 / 1600 - expected) / (1 - expected), 10)
  })
  test('paired k × k: symmetry, margins, weighted kappa where there is an order', async () => {
    const result = await inspect(['10 2 1; 3 12 4; 1 2 15', '--paired', '--ordered'])
    expect(result.tests.map(({ test: name }) => name)).toEqual(['Bowker symmetry', 'Stuart–Maxwell margins', 'Bhapkar margins'])
    expect(effectNamed(result, 'Kappa, linear weights')).toBeDefined()
  })
})

describe('input', () => {
  const counts = [
    [12, 14],
    [13, 122],
  ]
  test.each([
    ['one argument', ['12 14; 13 122'], null],
    ['an argument a row', ['12 14', '13 122'], null],
    ['commas', ['12,14;13,122'], null],
    ['lines', [], '12 14\n13 122\n'],
    ['tabs and Windows line ends', [], '12\t14\r\n13\t122\r\n'],
    ['bars', [], '| 12 | 14 |\n| 13 | 122 |'],
    ['labels and totals', [], 'x,yes,no,total\na,12,14,26\nb,13,122,135\ntotal,25,136,161\n'],
    ['semicolons between cells', [], 'x;yes;no\na;12;14\nb;13;122\n'],
  ])('%s', async (_, args, stdin) => {
    expect((await inspect(args, stdin ?? undefined)).counts).toEqual(counts)
  })
  test('a file', async () => {
    const file = path.join(await mkdtemp(path.join(os.tmpdir(), 'table-')), 'counts.csv')
    await writeFile(file, '\ufeffx,yes,no\n"a, first",12,14\nb,13,122\n')
    const result = await inspect([file])
    expect(result).toMatchObject({ counts, rowLabels: ['a, first', 'b'], columnLabels: ['yes', 'no'] })
  })
  test('an empty row is told of, not tested', async () => {
    const { code, stdout } = await run(['table', '0 0; 3 4'])
    expect(code).toBe(0)
    expect(stdout).toContain('No test: row r1 holds no observation')
  })
  test('the text fits the terminal', async () => {
    for (const args of [
      ['12 14; 13 122'],
      ['12 0; 13 122'],
      ['10 2 1; 3 12 4; 1 2 15', '--paired', '--ordered'],
      ['1 3 10 6; 2 3 10 7; 1 6 14 12', '--ordered'],
    ]) {
      const { stdout } = await run(['table', ...args])
      expect(stdout.split('\n').filter((line) => line.length > 80)).toEqual([])
    }
  })
})

test.each([
  ['nothing given', [], null, 2, /no counts given/],
  ['nothing piped in', [], '  \n', 2, /no counts given/],
  ['a word', ['12 x; 13 122'], null, 2, /"x" is not a count/],
  ['a negative count', [], '-1 2\n3 4', 2, /"-1" is not a count/],
  ['a decimal', [], '1.5 2\n3 4', 2, /"1\.5" is not a count/],
  ['a count beyond 2^53', ['9007199254740993 1; 2 3'], null, 2, /is not a count/],
  ['ragged rows', ['12 14; 13'], null, 2, /row 2 has 1 counts, row 1 has 2/],
  ['one row', ['12 14'], null, 2, /at least two rows/],
  ['an empty cell', [], 'x,a,b\nr,1,\ns,2,3\n', 2, /a cell is empty/],
  ['paired and not square', ['1 2 3; 4 5 6', '--paired'], null, 2, /2 × 3/],
  ['a level that is none', ['1 2; 3 4', '--confidence-level', '95'], null, 2, /from 0\.5 to 0\.9999/],
  ['an order that is none', ['1 2; 3 4', '--ordered=cells'], null, 2, /Allowed choices are rows, columns/],
  ['a missing file', ['counts.csv'], null, 3, /cannot read counts\.csv: there is no such file/],
  ['a folder', [os.tmpdir()], null, 3, /it is a folder/],
])('refused: %s', async (_, args, stdin, expected, message) => {
  const { code, stdout, stderr } = await run(['table', ...args], stdin)
  expect(code).toBe(expected)
  expect(stdout).toBe('')
  expect(stderr).toMatch(message)
})
