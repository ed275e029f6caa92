import path from 'node:path'
import { Ajv2020 } from 'ajv/dist/2020.js'
import { expect, test } from 'vitest'
import { runCli } from '../src/cli.ts'

async function stdoutOf(...args: string[]): Promise<string> {
  let stdout = ''
  await runCli(args, { stdout: (text) => (stdout += text), stderr: () => undefined, columns: 80 })
  return stdout
}

const example = (name: string): string => path.resolve(import.meta.dirname, '../examples', name)
const round = [example('synthetic-round.csv'), '--config', example('synthetic.yaml')]
const figures = path.resolve(import.meta.dirname, 'fixtures/audit/made-up-paper.json')

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
  ['synthesise', []],
  ['report', []],
  ['init', []],
])('study %s --json is as its schema says', async (command, args) => {
  const schema = JSON.parse(await stdoutOf('schema', command)) as object
  const validate = new Ajv2020({ strict: false }).compile(schema)
  validate(JSON.parse(await stdoutOf(command, ...args, '--json')))
  expect(validate.errors ?? []).toEqual([])
})

test('a schema refuses what it does not describe', async () => {
  const validate = new Ajv2020({ strict: false }).compile(JSON.parse(await stdoutOf('schema', 'audit')) as object)
  expect(validate({ file: 'a.json' })).toBe(false)
})
