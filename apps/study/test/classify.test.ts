import { mkdtemp, writeFile } from 'node:fs/promises'
import os from 'node:os'
import path from 'node:path'
import { describe, expect, test } from 'vitest'
import { type Classification } from '../src/classify/classify-texts.ts'
import { runCli } from '../src/cli.ts'

async function run(args: readonly string[], stdin: string | null = null) {
  let stdout = ''
  let stderr = ''
  const code = await runCli(['classify', ...args], {
    stdout: (text) => (stdout += text),
    stderr: (text) => (stderr += text),
    columns: 80,
    stdin: () => Promise.resolve(stdin),
  })
  return { code, stdout, stderr }
}

async function fileOf(name: string, content: string): Promise<string> {
  const file = path.join(await mkdtemp(path.join(os.tmpdir(), 'classify-')), name)
  await writeFile(file, content)
  return file
}

const classification = async (args: readonly string[], stdin?: string): Promise<Classification> =>
  JSON.parse((await run([...args, '--json'], stdin)).stdout) as Classification
const found = ({ texts }: Classification) => texts.map(({ where, disclosed }) => [where, disclosed])

describe('study classify', () => {
  test('a text, in quotes or not', async () => {
    const quoted = await classification(['We use HL7 and Python'])
    expect(found(quoted)).toEqual([[null, ['hl7', 'python']]])
    expect(await classification(['We', 'use', 'HL7', 'and', 'Python'])).toEqual(quoted)
  })
  test('a text that looks like a file name and is none', async () => {
    expect(found(await classification(['Node.js']))[0]?.[1]).toHaveLength(1)
  })
  test('a column of a CSV file: named, usual, or the only one', async () => {
    const rows = 'organisation,technologies,remark\nA,"Python, and HL7",x\nB,,\nC,nothing of note,Java\n'
    const file = await fileOf('answers.csv', rows)
    expect(found(await classification([file]))).toEqual([
      ['row 2', ['python', 'hl7']],
      ['row 4', []],
    ])
    expect(found(await classification([file, '--column', 'Remark']))).toEqual([
      ['row 2', []],
      ['row 4', ['java']],
    ])
    expect(found(await classification([await fileOf('one.csv', 'What do you use?\nPython\n')]))).toEqual([['row 2', ['python']]])
  })
  test('JSON lines, of objects and of texts', async () => {
    expect(
      found(await classification([await fileOf('a.jsonl', '{"id":1,"text":"Python"}\n\n{"id":2,"text":""}\n{"id":3,"text":"HL7"}\n')])),
    ).toEqual([
      ['line 1', ['python']],
      ['line 4', ['hl7']],
    ])
    expect(found(await classification([await fileOf('b.ndjson', '"Python"\n"HL7"\n')]))).toEqual([
      ['line 1', ['python']],
      ['line 2', ['hl7']],
    ])
  })
  test('lines of a text file and of standard input, with a count of each technology', async () => {
    const lines = 'Python\n\nwe have no Java\nPYTHON and HL7\n'
    const file = await classification([await fileOf('texts.txt', lines)])
    expect(file.technologies[0]).toEqual({ id: 'python', label: 'Python', texts: 2 })
    expect(file.technologies.map(({ id }) => id)).not.toContain('java')
    expect(await classification([], lines)).toEqual(file)
  })
  test('the text fits the terminal', async () => {
    const file = await fileOf('texts.txt', 'We use Python, Microsoft SQL Server, HL7 and Fast Healthcare Interoperability Resources\n')
    const { stdout } = await run([file])
    expect(stdout.split('\n').filter((line) => line.length > 80)).toEqual([])
    expect(stdout).toContain('1 text; 1 disclose')
  })
  test.each([
    ['nothing', [], null, 2, /no text given/],
    ['blanks', ['  '], null, 2, /the text is empty/],
    ['a missing file', ['nowhere.csv'], null, 3, /cannot read nowhere\.csv: there is no such file/],
    ['a folder', [os.tmpdir()], null, 3, /it is a folder/],
    ['a column of a text', ['Python', '--column', 'text'], null, 2, /--column goes with a file/],
  ])('%s is refused', async (_, args, stdin, expected, message) => {
    const { code, stdout, stderr } = await run(args, stdin)
    expect([code, stdout]).toEqual([expected, ''])
    expect(stderr).toMatch(message)
  })
  test.each([
    ['empty.csv', '', [], 3, /is empty/],
    ['two.csv', 'a,b\nPython,HL7\n', [], 2, /which column of .* Name it with --column: a, b/],
    ['two.csv', 'a,b\nPython,HL7\n', ['--column', 'c'], 2, /has no column "c"; it has a, b/],
    ['open.csv', 'text\n"Python\n', [], 3, /is not valid CSV/],
    ['bad.jsonl', '{"text":"a"}\n{oops\n', [], 3, /line 2 is not valid JSON/],
    ['number.jsonl', '3\n', [], 3, /line 1: expected an object or a text/],
    ['lines.txt', 'Python\n', ['--column', 'a'], 2, /--column goes with a CSV/],
  ])('%s: %j is refused', async (name, content, args, expected, message) => {
    const { code, stdout, stderr } = await run([await fileOf(name, content), ...args])
    expect([code, stdout]).toEqual([expected, ''])
    expect(stderr).toMatch(message)
    expect(stderr.trim().split('\n')).toHaveLength(1)
  })
})
