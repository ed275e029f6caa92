import { mkdtemp, readFile, writeFile } from 'node:fs/promises'
import os from 'node:os'
import path from 'node:path'
import { parseModel, studyModel } from '@open-digital-capability/recommendations'
import { expect, test } from 'vitest'
import { runCli } from '../src/cli.ts'

async function run(...args: string[]) {
  let stdout = ''
  let stderr = ''
  const code = await runCli(['rules', ...args], { stdout: (text) => (stdout += text), stderr: (text) => (stderr += text), columns: 80 })
  return { code, stdout, stderr }
}
const folder = await mkdtemp(path.join(os.tmpdir(), 'study-rules-'))
const shipped = path.join(folder, 'rules.yaml')
await run('--out', shipped)
const yaml = await readFile(shipped, 'utf8')
const edited = async (name: string, edit: (text: string) => string): Promise<string> => {
  const file = path.join(folder, name)
  expect(edit(yaml)).not.toBe(yaml)
  await writeFile(file, edit(yaml))
  return file
}

test('the rules printed are the rules shipped, as somebody would write them', async () => {
  expect(parseModel(yaml)).toEqual({ success: true, model: studyModel })
  expect(yaml).toContain('action: Write new code in the open by default, and note each time you do not.')
  expect(yaml).not.toContain('whose: ours\n        action')
  expect(await run(shipped)).toEqual({ code: 0, stdout: 'open-digital-capability 1.0.0: 20 rules, no errors, no warnings\n', stderr: '' })
})

test('a name that does not exist is an error with its place', async () => {
  const file = await edited('theme.yaml', (text) => text.replace('theme: open-source\n', 'theme: opensource\n'))
  const { code, stdout } = await run(file)
  const [line] = stdout.split('\n')
  expect(code).toBe(1)
  expect(line).toContain(
    'error: there is no theme "opensource"; did you mean "open-source"? [unknown-theme] (rules/trust-open-by-default/theme)',
  )
  const [, at] = /:(\d+):\d+: error/.exec(line ?? '') ?? []
  expect((await readFile(file, 'utf8')).split('\n')[Number(at) - 1]).toContain('theme: opensource')
})

test('a fault of form, and text that is no YAML', async () => {
  const form = await edited('form.yaml', (text) => text.replace('is: yes', 'is: true'))
  expect(await run(form)).toMatchObject({
    code: 1,
    stdout: expect.stringMatching(/:\d+:\d+: error: an answer is text.*\n1 fault\n$/s) as string,
  })
  const broken = await edited('broken.yaml', (text) => text.replace('action: Write', 'action: Note: write'))
  expect(await run(broken)).toMatchObject({
    code: 1,
    stdout: expect.stringContaining('a text with a colon needs quotes around it') as string,
  })
})

test('two rules that contradict each other, with a trust that is told both', async () => {
  const file = await edited('both.yaml', (text) => {
    const [rule] = /^ {2}- id: trust-open-by-default\n(?: {4}.*\n)+/m.exec(text) ?? ['']
    return text.replace(rule, rule + rule.replace('trust-open-by-default', 'trust-closed-code').replace('stance: for', 'stance: against'))
  })
  const { code, stdout } = await run(file)
  expect(code).toBe(1)
  expect(stdout).toMatch(
    /can tell one subject to do and not to do “open-code” \[contradictory-rules\].*\n {4}for example: hasTeam = yes, openSource = sometimes\n/,
  )
})

test('what changed between two models, and which advice can change', async () => {
  const file = await edited('next.yaml', (text) =>
    text
      .replaceAll('version: 1.0.0', 'version: 1.1.0')
      .replace(
        'id: openSourceMajority\n    name: Share of teams that always use open source\n    value: 0.5',
        'id: openSourceMajority\n    name: Share of teams that always use open source\n    value: 0.4',
      ),
  )
  const { code, stdout } = await run(file, '--against', shipped)
  expect(code).toBe(0)
  expect(stdout).toContain('From 1.0.0 to 1.1.0: ')
  expect(stdout).toContain('  thresholds/openSourceMajority/value: 0.5 → 0.4\n')
  expect(stdout).toMatch(/national-open-source-goal: applies → already-met, for example with openSourceAlwaysShare = 0\.4/)
  expect((await run(shipped, '--against', shipped)).stdout).toContain('no changes\nNo rule of both can come to something else.\n')
})

test('files that cannot be read, and options that do not go together', async () => {
  expect(await run('nowhere.yaml')).toMatchObject({ code: 3, stderr: 'study: cannot read nowhere.yaml: there is no such file or folder\n' })
  expect(await run('--against', shipped)).toMatchObject({ code: 2 })
  const broken = await edited('old.yaml', () => 'kind: other\n')
  expect(await run(shipped, '--against', broken)).toMatchObject({
    code: 3,
    stderr: expect.stringContaining('is no model: line 1: ') as string,
  })
})
