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
import { tarballFaults } from './tarball-contents.mjs'

const attw = path.join(root, 'node_modules', '@arethetypeswrong', 'cli', 'dist', 'index.js')
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
  const directory = path.join(root, name === 'study' ? 'apps' : 'packages', name)
  const [packed] = JSON.parse(
    execFileSync('npm', ['pack', '--json', '--ignore-scripts', '--pack-destination', work], {
      ...quiet,
      cwd: directory,
    }),
  )
  const tarball = path.join(work, packed.filename)

  await check(`${name}: the tarball holds what users need and nothing else`, () => {
    const files = new Map(packed.files.map(({ path: file }) => [file, readFileSync(path.join(directory, file), 'utf8')]))
    const faults = tarballFaults(name, files, root)
    if (faults.length > 0) throw new Error(faults.join('\n'))
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
