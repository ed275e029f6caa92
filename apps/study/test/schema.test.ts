import { mkdtemp, readdir, readFile } from 'node:fs/promises'
import os from 'node:os'
import path from 'node:path'
import { Ajv2020 } from 'ajv/dist/2020.js'
import { expect, test } from 'vitest'
import { jsonSchemas } from '../scripts/json-schemas.ts'
import { runCli } from '../src/cli.ts'

async function stdoutOf(...args: string[]): Promise<string> {
  let stdout = ''
  await runCli(args, { stdout: (text) => (stdout += text), stderr: () => undefined, columns: 80 })
  return stdout
}

const example = (name: string): string => path.resolve(import.meta.dirname, '../examples', name)
const round = [example('synthetic-round.csv'), '--config', example('synthetic.yaml')]
const figures = path.resolve(import.meta.dirname, 'fixtures/audit/made-up-paper.json')
const rules = path.join(await mkdtemp(path.join(os.tmpdir(), 'study-schema-')), 'rules.yaml')
await stdoutOf('rules', '--out', rules)

test.each([
  ['reproduce', []],
  ['analyse', round],
  ['validate', round],
  ['template', []],
  ['classify', ['We use HL7 and Python']],
  ['audit', [figures]],
  ['table', ['12 14; 13 122']],
  ['table', ['10 2 1; 3 12 4; 1 2 15', '--paired', '--ordered']],
  ['recommend', []],
  ['recommend', [...round, '--trust', 'SYN001']],
  ['rules', []],
  ['rules', [rules]],
  ['rules', [rules, '--against', rules]],
  ['rules', [figures]],
  ['synthesise', []],
  ['report', []],
  ['init', []],
])('study %s --json is as its schema says', async (command, args) => {
  const schema = JSON.parse(await stdoutOf('schema', command)) as object
  const validate = new Ajv2020({ strict: false }).compile(schema)
  validate(JSON.parse(await stdoutOf(command, ...args, '--json')))
  expect(validate.errors ?? []).toEqual([])
})

// The compiler reads the whole app for this.
test('the schemas are those of the types', { timeout: 120_000 }, async () => {
  const folder = path.resolve(import.meta.dirname, '..')
  const committed = await readdir(path.join(folder, 'schemas'))
  const made = jsonSchemas(folder)
  expect(committed.sort()).toEqual([...made.keys()].map((command) => `${command}.schema.json`).sort())
  // The compiler orders the fields of a type that another is made of as it comes upon them.
  const inOrder = (text: string): unknown =>
    JSON.parse(text, (key, value: unknown) => (key === 'required' && Array.isArray(value) ? (value as string[]).sort() : value))
  for (const [command, schema] of made) {
    expect(inOrder(JSON.stringify(schema)), `run npm run schemas -w apps/study: ${command}`).toEqual(
      inOrder(await readFile(path.join(folder, 'schemas', `${command}.schema.json`), 'utf8')),
    )
  }
})

test('a schema refuses what it does not describe', async () => {
  const validate = new Ajv2020({ strict: false }).compile(JSON.parse(await stdoutOf('schema', 'audit')) as object)
  expect(validate({ file: 'a.json' })).toBe(false)
})
