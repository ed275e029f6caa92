import { execFile, spawn } from 'node:child_process'
import { mkdir, mkdtemp, readdir, readFile, writeFile } from 'node:fs/promises'
import os from 'node:os'
import path from 'node:path'
import { describe, expect, test } from 'vitest'
import { runCli } from '../src/cli.ts'

async function run(args: readonly string[], columns = 80) {
  let stdout = ''
  let stderr = ''
  const code = await runCli(args, {
    stdout: (text) => (stdout += text),
    stderr: (text) => (stderr += text),
    columns,
    stdin: () => Promise.resolve(null),
  })
  return { code, stdout, stderr }
}

const folder = (): Promise<string> => mkdtemp(path.join(os.tmpdir(), 'study-'))
const main = path.resolve(import.meta.dirname, '../src/main.ts')
const nodeArguments = ['--import', 'tsx', '--conditions=@open-digital-capability/source', main]

const commands = [
  'reproduce',
  'analyse',
  'validate',
  'template',
  'classify',
  'audit',
  'table',
  'recommend',
  'rules',
  'synthesise',
  'report',
  'init',
  'schema',
]

describe('help', () => {
  test('names every command', async () => {
    const { code, stdout } = await run(['--help'])
    expect(code).toBe(0)
    for (const command of commands) expect(stdout).toMatch(new RegExp(`^ {2}${command} `, 'm'))
    expect(stdout).toContain('Exit codes: 0 done')
  })
  test.each(commands)('%s: its own options, --json and --out, and an example', async (command) => {
    const { code, stdout } = await run([command, '--help'])
    expect(code).toBe(0)
    expect(stdout).toContain(`Usage: study ${command}`)
    if (command !== 'schema' && command !== 'rules') expect(stdout).toContain('--json')
    expect(stdout).toContain('--out <file>')
    expect(stdout).toContain(`Examples:\n  study ${command}`)
    expect(stdout.split('\n').filter((line) => line.length > 80)).toEqual([])
  })
})

const mistakes: [args: string[], code: number, message: RegExp][] = [
  [['frobnicate'], 2, /unknown command 'frobnicate'/],
  [['auditt', 'x'], 2, /Did you mean audit\?/],
  [['analyse'], 2, /missing required argument 'file'; study analyse --help/],
  [['audit', 'a', 'b'], 2, /too many arguments/],
  [['reproduce', '--exemplar-teams', '139'], 2, /from 0 to 138/],
  [['init', os.tmpdir()], 2, /is there already/],
  ...commands.map((command): [string[], number, RegExp] => [
    [command, '--frob'],
    2,
    new RegExp(`unknown option '--frob'; study ${command} --help`),
  ]),
  ...['analyse', 'validate', 'recommend', 'report', 'audit'].flatMap((command): [string[], number, RegExp][] => [
    [[command, 'nowhere.csv'], 3, /cannot read nowhere\.csv: there is no such file/],
    [[command, os.tmpdir()], 3, /it is a folder/],
  ]),
  [['analyse', 'x.csv', '--config', 'nowhere.yaml'], 3, /cannot read nowhere\.yaml: there is no such file/],
]

describe('a mistake is told in one line, with its exit code', () => {
  test.each(mistakes)('study %j', async (args, expected, message) => {
    const { code, stdout, stderr } = await run(args)
    expect([code, stdout]).toEqual([expected, ''])
    expect(stderr).toMatch(message)
    expect(stderr.trimEnd().split('\n')).toHaveLength(1)
    expect(stderr).not.toMatch(/E[A-Z]{4,}|^\s+at /m)
  })
  test.each(['analyse', 'validate', 'recommend', 'report', 'audit'])('%s of an empty file', async (command) => {
    const file = path.join(await folder(), 'empty.csv')
    await writeFile(file, '')
    const { code, stderr } = await run([command, file, ...(command === 'report' ? ['--json'] : [])])
    expect(code).toBe(3)
    expect(stderr).toMatch(/empty/)
    expect(stderr.trimEnd().split('\n')).toHaveLength(1)
  })
  test.each([
    ['a folder that is not there', ['nowhere', 'x.json'], /no such file or folder/],
    ['a folder', [], /it is a folder/],
  ])('--out to %s', async (_, parts, message) => {
    const { code, stderr } = await run(['reproduce', '--json', '--out', path.join(await folder(), ...parts)])
    expect(code).toBe(3)
    expect(stderr).toMatch(message)
  })
})

describe('files', () => {
  test('--out writes what the terminal would show, and leaves nothing beside it', async () => {
    const place = await folder()
    const { stdout } = await run(['table', '12 14; 13 122'])
    const written = await run(['table', '12 14; 13 122', '--out', path.join(place, 'table.txt')])
    expect(written).toMatchObject({ code: 0, stdout: '' })
    expect(written.stderr).toMatch(/^wrote .*table\.txt\n$/)
    expect(await readFile(path.join(place, 'table.txt'), 'utf8')).toBe(stdout)
    expect(await readdir(place)).toEqual(['table.txt'])
  })
  test('a file that cannot be replaced stays as it was', async () => {
    const place = await folder()
    await mkdir(path.join(place, 'taken'))
    await run(['template', '--out', path.join(place, 'taken')])
    expect(await readdir(place)).toEqual(['taken'])
  })
  test('init writes a config that analyse reads', async () => {
    const config = path.join(await folder(), 'study.yaml')
    expect((await run(['init', config])).code).toBe(0)
    const round = path.resolve(import.meta.dirname, '../examples/synthetic-round.csv')
    expect((await run(['validate', round, '--config', config])).code).toBe(0)
  })
  test('a template can be filled in: its headers are those that validate knows', async () => {
    const file = path.join(await folder(), 'answers.csv')
    expect((await run(['template', '--out', file])).code).toBe(0)
    const { columns, notes } = JSON.parse((await run(['template', '--json'])).stdout) as { columns: string[]; notes: object[] }
    expect(columns.length).toBeGreaterThan(10)
    expect(notes.length).toBeGreaterThan(0)
  })
})

test('no command prints an escape code, with or without NO_COLOR', async () => {
  for (const args of [['reproduce'], ['table', '12 14; 13 122'], ['classify', 'HL7'], ['recommend'], ['--help']]) {
    // eslint-disable-next-line no-control-regex -- the sign that would start a colour
    expect((await run(args)).stdout).not.toMatch(/\u001b/)
  }
})

// Starts Node anew several times, which takes long where other work is done beside the tests.
describe('the process', { timeout: 120_000 }, () => {
  test('reads standard input, answers with the exit code, and survives a reader that closes early', async () => {
    const child = execFile(process.execPath, [...nodeArguments, 'table', '--json'])
    child.stdin?.end('12 14\n13 122\n')
    let stdout = ''
    child.stdout?.on('data', (text: string) => (stdout += text))
    const code = await new Promise((resolve) => child.on('close', resolve))
    expect(code).toBe(0)
    expect((JSON.parse(stdout) as { total: number }).total).toBe(161)

    const early = spawn('sh', ['-c', `"$0" ${nodeArguments.join(' ')} reproduce --json | head -c 10`, process.execPath])
    let stderr = ''
    early.stderr.on('data', (text: Buffer) => (stderr += text.toString()))
    await new Promise((resolve) => early.on('close', resolve))
    expect(stderr).not.toContain('EPIPE')
  })
  test('an interrupted run leaves no half-written file', async () => {
    const place = await folder()
    const child = spawn(process.execPath, [...nodeArguments, 'report', '--out', path.join(place, 'report.html')], { stdio: 'ignore' })
    const closed = new Promise((resolve) => child.on('close', resolve))
    await new Promise((resolve) => setTimeout(resolve, 900))
    child.kill('SIGINT')
    await closed
    expect((await readdir(place)).filter((name) => name !== 'report.html')).toEqual([])
  })
})

describe('a config that names what there is not', () => {
  const config = (lines: string): string => `title: x\nsource: { label: y, provenance: supplied }\n${lines}\n`
  test.each([
    ['family: [hasTeam, nope]', /family names "nope", which is no question with fixed answers; there are hasTeam, frontFacing/],
    ['groups: [colour]', /groups names "colour", which is no column to group by; there are/],
    ['stratifyBy: colour', /stratifyBy names "colour"/],
    [
      'joinLevels: { openSource: { often: [allways] } }',
      /joinLevels: openSource names "allways", which is no answer to openSource; there are always/,
    ],
    ['joinLevels: { nope: { a: [b] } }', /joinLevels names "nope"/],
    ['thresholds: { adjustedp: 0.1 }', /thresholds names "adjustedp", which is no threshold of the recommendations; there are adjustedP/],
    ['comparison: { group: colour, first: [red], labels: [A, B], definition: d }', /comparison: group names "colour"/],
    ['nope: 1', /Unrecognized key: "nope"/],
    ['family: [a', /neither YAML nor JSON: .*line \d+, column \d+/],
  ])('%s', async (lines, message) => {
    const file = path.join(await folder(), 'study.yaml')
    await writeFile(file, config(lines))
    const round = path.resolve(import.meta.dirname, '../examples/synthetic-round.csv')
    const { code, stdout, stderr } = await run(['analyse', round, '--config', file])
    expect(code).toBe(3)
    expect(stdout).toBe('')
    expect(stderr).toMatch(message)
  })
  test('nothing at all', async () => {
    const file = path.join(await folder(), 'study.yaml')
    await writeFile(file, '\n')
    expect(await run(['template', '--config', file])).toMatchObject({ code: 3, stderr: expect.stringMatching(/is empty/) as string })
  })
})

describe('signs that a terminal would act on', () => {
  const hostile = 'C# \u001b]0;owned\u0007\u001b[2J\u009b31m \u202eevil'
  test.each([[[]], [['--json']]])('are written out, %s', async (options) => {
    const { code, stdout } = await run(['classify', hostile, ...options])
    expect(code).toBe(0)
    // eslint-disable-next-line no-control-regex -- they are what must not be there
    expect(stdout).not.toMatch(/[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u202e]/)
  })
  test('come back from JSON as they were', async () => {
    const { stdout } = await run(['classify', hostile, '--json'])
    expect((JSON.parse(stdout) as { texts: { text: string }[] }).texts[0]?.text).toBe(hostile)
  })
  test('in what is said of a wrong file', async () => {
    const file = path.join(await folder(), 'texts.csv')
    await writeFile(file, 'a\u001b[31m,b\n1,2\n')
    const { code, stderr } = await run(['classify', file])
    expect(code).toBe(2)
    expect(stderr).not.toContain('\u001b')
  })
})

test('a file that holds no table is a fault of the file', async () => {
  const file = path.join(await folder(), 'counts.csv')
  await writeFile(file, '')
  expect(await run(['table', file])).toMatchObject({
    code: 3,
    stdout: '',
    stderr: expect.stringContaining('counts.csv: no counts') as string,
  })
})

test('answers can be piped in', async () => {
  const round = await readFile(path.resolve(import.meta.dirname, '../examples/synthetic-round.csv'))
  const child = spawn(process.execPath, [...nodeArguments, 'validate', '-', '--json'])
  let stdout = ''
  child.stdout.on('data', (piece: Buffer) => (stdout += piece.toString()))
  child.stdin.end(round)
  const code = await new Promise((resolve) => child.on('close', resolve))
  expect(code).toBe(0)
  expect((JSON.parse(stdout) as { summary: { records: number } }).summary.records).toBe(226)
}, 120_000)
