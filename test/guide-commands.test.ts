import { execFileSync, spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { afterAll, describe, expect, test } from 'vitest'
import { parse } from 'yaml'
import { libraries, scope } from '../tooling/workspace-graph.js'

const program = path.resolve('apps/study/dist/main.js')
const { scripts } = JSON.parse(readFileSync('package.json', 'utf8')) as { scripts: Readonly<Record<string, string>> }
const workspaceScripts = (workspace: string): Readonly<Record<string, string>> =>
  (JSON.parse(readFileSync(path.join(workspace, 'package.json'), 'utf8')) as { scripts: Readonly<Record<string, string>> }).scripts

const guides = [
  'README.md',
  'CONTRIBUTING.md',
  'apps/study/README.md',
  ...['add-a-technology', 'audit-a-paper', 'reproduce-the-study', 'run-your-own-round', 'write-a-recommendation'].map(
    (name) => `docs/${name}.md`,
  ),
  ...libraries.map((name) => `packages/${name}/README.md`),
]

/** The fenced blocks of a guide in one language, also those that stand in a list. */
const blocks = (guide: string, language: string): string[] =>
  [...readFileSync(guide, 'utf8').matchAll(new RegExp(`^( *)\`\`\`${language}\\n([\\s\\S]*?)^ *\`\`\``, 'gm'))].map(
    ([, indent = '', text = '']) => text.replaceAll(new RegExp(`^${indent}`, 'gm'), ''),
  )

/** What a reader types, a command a line, without the remarks. */
const commands = (guide: string): string[] =>
  blocks(guide, 'sh').flatMap((block) =>
    block
      .split('\n')
      .map((line) => line.replace(/\s+#.*$/, '').trim())
      .filter((line) => line !== ''),
  )

const words = (command: string): string[] => [...command.matchAll(/"([^"]*)"|(\S+)/g)].map(([, quoted, plain]) => quoted ?? plain ?? '')

/** Commands that end with 1, because something is found. */
const finds = /^study audit/

describe.each(guides)('%s', (guide) => {
  const folder = mkdtempSync(path.join(os.tmpdir(), 'guide-'))
  afterAll(() => rmSync(folder, { recursive: true }))
  for (const [file, language] of [
    ['figures.json', 'json'],
    ['figures.csv', 'csv'],
  ] as const) {
    const [text] = blocks(guide, language)
    if (text !== undefined) writeFileSync(path.join(folder, file), text)
  }
  // The app's README begins with answers that came back; here they are made up.
  if (guide === 'apps/study/README.md') {
    execFileSync(process.execPath, [program, 'synthesise', '--out', 'made-up.csv'], { cwd: folder, stdio: 'pipe' })
  }

  test.each([...new Set(commands(guide))])('%s', { timeout: 300_000 }, (command) => {
    const [name = '', ...rest] = words(command)
    if (name === 'study') {
      const args = rest.map((word) =>
        guide === 'apps/study/README.md' && word === 'answers.xlsx' && rest[0] !== 'template' ? 'made-up.csv' : word,
      )
      const { status, stderr } = spawnSync(process.execPath, [program, ...args], { cwd: folder, encoding: 'utf8', maxBuffer: 2 ** 26 })
      expect(status, stderr).toBe(finds.test(command) ? 1 : 0)
      return
    }
    // The rest sets up or rebuilds the repository itself; that what it names is there is what can be asked here.
    const npm = /^npm (?:run )?(?<script>[\w:-]+)(?: -w (?<workspace>[\w/-]+))?/.exec(command)
    if (npm?.groups?.['script'] === 'install') expect([...libraries, 'study'].map((one) => `${scope}/${one}`)).toContain(rest.at(-1))
    else if (npm) expect(Object.keys(workspaceScripts(npm.groups?.['workspace'] ?? '.'))).toContain(npm.groups?.['script'])
    else expect(command).toMatch(/^(npx (vitest|changeset)|git) /)
  })

  if (blocks(guide, 'json').length > 0) {
    test('its JSON can be read', () => {
      for (const block of blocks(guide, 'json')) expect(() => JSON.parse(block) as unknown).not.toThrow()
    })
  }

  if (guide === 'docs/run-your-own-round.md') {
    test('its settings are settings of a study', () => {
      execFileSync(process.execPath, [program, 'init', '--out', 'explained.yaml'], { cwd: folder, stdio: 'pipe' })
      const explained = readFileSync(path.join(folder, 'explained.yaml'), 'utf8')
      for (const key of blocks(guide, 'yaml').flatMap((block) => Object.keys(parse(block) as object))) {
        expect(explained).toMatch(new RegExp(`^(# )?${key}:`, 'm'))
      }
    })
  }
})

test('the scripts that guides name are those of this repository', () => {
  expect(Object.keys(scripts)).toEqual(expect.arrayContaining(['study', 'test', 'check', 'api', 'docs', 'bench']))
})
