/**
 * Packs what is published and checks the tarballs as users get them: what is inside, publint, are-the-types-wrong.
 * Whether they install and work is for `rehearse-release.mjs`.
 */
import { execFileSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { publint } from 'publint'
import { formatMessage } from 'publint/utils'
import { workspaceGraph } from '../tooling/workspace-graph.js'
import { prepare, root } from './prepare.mjs'

const attw = path.join(root, 'node_modules', '@arethetypeswrong', 'cli', 'dist', 'index.js')
const everyPackage = /^(dist\/|package\.json$|README\.md$|LICENSE$|CHANGELOG\.md$)/
const library = {
  directory: 'packages',
  mayHold: /^dist\//,
  holds: ['dist/index.js', 'dist/index.cjs', 'dist/index.d.ts', 'dist/index.d.cts'],
}
const app = { directory: 'apps', mayHold: /^(examples|published|schemas)\//, holds: ['dist/main.js', 'published/figures.json'] }
/** Folders of somebody's machine, and links to maps that are not there. */
const unwelcome = new RegExp(`${root}|${os.homedir()}/|/home/|/Users/|file:///|sourceMappingURL=`)

prepare()
const work = mkdtempSync(path.join(os.tmpdir(), 'check-packages-'))
process.on('exit', () => rmSync(work, { recursive: true, force: true }))

const results = []
async function check(name, body) {
  try {
    await body()
    results.push({ name, passed: true })
    console.log(`ok    ${name}`)
  } catch (error) {
    results.push({ name, passed: false })
    const output = [error.message, error.stdout?.toString(), error.stderr?.toString()].filter(Boolean).join('\n')
    console.log(`FAIL  ${name}\n${output.replace(/^/gm, '      ')}`)
  }
}

const quiet = { encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] }

for (const name of Object.keys(workspaceGraph)) {
  const { directory, mayHold, holds } = name === 'study' ? app : library
  const [packed] = JSON.parse(
    execFileSync('npm', ['pack', '--json', '--ignore-scripts', '--pack-destination', work], {
      ...quiet,
      cwd: path.join(root, directory, name),
    }),
  )
  const tarball = path.join(work, packed.filename)

  await check(`${name}: the tarball holds what users need and nothing else`, () => {
    const files = packed.files.map(({ path: file }) => file)
    const stray = files.filter((file) => !(everyPackage.test(file) || mayHold.test(file)) || /\.map$|\.test\.|(^|\/)test\//.test(file))
    if (stray.length > 0) throw new Error(`should not be packed: ${stray.join(', ')}`)
    for (const wanted of ['README.md', 'LICENSE', ...holds]) {
      if (!files.includes(wanted)) throw new Error(`${wanted} is not in the tarball`)
    }
    for (const file of files) {
      const [found] = unwelcome.exec(readFileSync(path.join(root, directory, name, file), 'utf8')) ?? []
      if (found !== undefined) throw new Error(`${file} has “${found}” in it`)
    }
  })
  await check(`${name}: publint`, async () => {
    const { messages, pkg } = await publint({ strict: true, pack: { tarball: readFileSync(tarball).buffer } })
    if (messages.length > 0) throw new Error(messages.map((message) => formatMessage(message, pkg)).join('\n'))
  })
  if (name === 'study') continue
  await check(`${name}: are the types wrong`, () => {
    execFileSync(process.execPath, [attw, tarball, '--profile', 'node16', '--no-emoji'], quiet)
  })
}

const failed = results.filter(({ passed }) => !passed).length
console.log(`${results.length - failed} passed, ${failed} failed`)
process.exitCode = failed === 0 ? 0 : 1
