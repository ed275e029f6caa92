/**
 * `npm run release:rehearse`: the release as it will happen, in a copy of the repository and against a registry on this
 * machine: version, build, publish, install into fresh projects, use. The scripts that run are those of the release
 * workflow. Leaves nothing behind, neither files nor processes, however it ends.
 */
import { execFileSync, spawnSync } from 'node:child_process'
import { cpSync, existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { performance } from 'node:perf_hooks'
import { scope, workspaceGraph } from '../tooling/workspace-graph.js'
import { consumers } from './consumers.mjs'
import { startRegistry } from './local-registry.mjs'
import { prepare, root } from './prepare.mjs'

prepare()
const work = mkdtempSync(path.join(os.tmpdir(), 'release-rehearsal-'))
process.on('exit', () => rmSync(work, { recursive: true, force: true }))
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => process.exit(1))

const copy = path.join(work, 'repository')
const began = performance.now()
const results = { passed: 0, failed: 0, skipped: 0 }

async function step(name, body) {
  const start = performance.now()
  const after = () => `(${((performance.now() - start) / 1000).toFixed(1)} s)`
  try {
    const outcome = await body()
    if (outcome?.skipped) {
      results.skipped += 1
      console.log(`skip  ${name}: ${outcome.skipped}`)
      return true
    }
    results.passed += 1
    console.log(`ok    ${name}${typeof outcome === 'string' ? `: ${outcome}` : ''} ${after()}`)
    return true
  } catch (error) {
    results.failed += 1
    const output = [error.message, error.stdout].map(lastLines).filter(Boolean).join('\n')
    console.log(`FAIL  ${name} ${after()}\n${output.replace(/^/gm, '      ')}`)
    return false
  }
}

const lastLines = (text) => text?.split('\n').slice(-30).join('\n')

const requireThat = (condition, message) => {
  if (!condition) throw new Error(message)
}

function run(program, args, environment = {}) {
  return execFileSync(program, args, {
    cwd: copy,
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'pipe'],
    maxBuffer: 2 ** 26,
    env: { ...process.env, TURBO_TELEMETRY_DISABLED: '1', ...environment },
  })
}

const git = (...args) =>
  run('git', ['-c', 'user.name=rehearsal', '-c', 'user.email=rehearsal@example.invalid', '-c', 'commit.gpgsign=false', ...args])

/** The files that a commit of the working tree would hold, as a repository of their own, with third-party packages linked in. */
function copyRepository() {
  const listed = execFileSync('git', ['ls-files', '--cached', '--others', '--exclude-standard', '-z'], { cwd: root, encoding: 'utf8' })
  for (const file of new Set(listed.split('\0').filter((name) => name !== '' && existsSync(path.join(root, name))))) {
    cpSync(path.join(root, file), path.join(copy, file), { recursive: true })
  }
  for (const workspace of ['.', ...Object.values(directories)]) linkModules(path.join(workspace, 'node_modules'))
  git('init', '--quiet', '--initial-branch=main')
  git('add', '--all')
  git('commit', '--quiet', '--message=The repository as it stands')
}

const directories = Object.fromEntries(
  Object.keys(workspaceGraph).map((name) => [name, path.join(name === 'study' ? 'apps' : 'packages', name)]),
)

/** Links every package of a `node_modules`; ours are links to folders of the repository, copied as they stand so that they lead into the copy. */
function linkModules(modules) {
  if (!existsSync(path.join(root, modules))) return
  mkdirSync(path.join(copy, modules), { recursive: true })
  for (const name of readdirSync(path.join(root, modules))) {
    if (name.startsWith('.') && name !== '.bin') continue
    if (name !== scope) symlinkSync(path.join(root, modules, name), path.join(copy, modules, name))
    else cpSync(path.join(root, modules, name), path.join(copy, modules, name), { recursive: true, verbatimSymlinks: true })
  }
}

const manifest = (name) => JSON.parse(readFileSync(path.join(copy, directories[name], 'package.json'), 'utf8'))
const versions = () => Object.fromEntries(Object.keys(directories).map((name) => [name, manifest(name).version]))

/** Every range for a package of ours allows the version that it has now, and npm gives each consumer that version and no other. */
function requireRanges() {
  const now = versions()
  for (const name of Object.keys(directories)) {
    for (const [dependency, range] of Object.entries(manifest(name).dependencies ?? {})) {
      if (!dependency.startsWith(`${scope}/`)) continue
      const wanted = `^${now[dependency.slice(scope.length + 1)]}`
      requireThat(range === wanted, `${name} asks for ${dependency} ${range}, not ${wanted}`)
    }
  }
}

function version() {
  const intents = changesetTexts()
  run('npm', ['run', '--silent', 'version-packages'])
  requireThat(changesetTexts().length === 0, 'a changeset is left over')
  requireRanges()
  for (const [name, text] of intents.flatMap(({ packages, text }) => packages.map((name) => [name, text]))) {
    const changelog = readFileSync(path.join(copy, directories[name], 'CHANGELOG.md'), 'utf8')
    requireThat(
      changelog.includes(`\n## ${manifest(name).version}\n`),
      `the changelog of ${name} has no heading for ${manifest(name).version}`,
    )
    for (const paragraph of text.split(/\n\n+/)) {
      requireThat(
        changelog.replace(/\s+/g, ' ').includes(paragraph.replace(/\s+/g, ' ').trim()),
        `the changelog of ${name} lacks “${paragraph}”`,
      )
    }
  }
  git('add', '--all')
  git('commit', '--quiet', '--message=Version packages')
  return Object.entries(versions())
    .map((pair) => pair.join(' '))
    .join(', ')
}

/** What the pending changesets say, and of which packages. */
function changesetTexts() {
  return readdirSync(path.join(copy, '.changeset'))
    .filter((file) => file.endsWith('.md') && file !== 'README.md')
    .map((file) => {
      const [, head, text] = readFileSync(path.join(copy, '.changeset', file), 'utf8').split(/^---$/m)
      return { packages: [...head.matchAll(/\/([\w-]+)'/g)].map(([, name]) => name), text: text.trim() }
    })
}

/** After a minor release of `stats` alone, its dependants follow with a patch and the others stay. */
function independence() {
  const before = versions()
  writeFileSync(path.join(copy, '.changeset', 'rehearsed.md'), `---\n'${scope}/stats': minor\n---\n\nA change of one package.\n`)
  version()
  const after = versions()
  const moved = Object.keys(after).filter((name) => after[name] !== before[name])
  requireThat(moved.sort().join() === 'recommendations,stats,study', `these moved: ${moved.join()}`)
  return moved.map((name) => `${name} ${before[name]} → ${after[name]}`).join(', ')
}

/** Stands for where the workflow runs; nothing is asked of it. */
const repository = 'somebody/open-digital-capability'

/** The registry has of each package what a user sees first: its version, its changelog, and where it was built. */
async function asPublished() {
  for (const [name, number] of Object.entries(versions())) {
    const { versions: published } = await (await fetch(`${registry.url}${scope}%2f${name}`)).json()
    requireThat(published[number].repository.url === `git+https://github.com/${repository}.git`, `${name} does not name the repository`)
    requireThat(published[number].repository.directory === directories[name], `${name} does not name its folder`)
    const tarball = path.join(work, `${name}.tgz`)
    writeFileSync(tarball, Buffer.from(await (await fetch(published[number].dist.tarball)).arrayBuffer()))
    const files = execFileSync('tar', ['--list', '--file', tarball], { encoding: 'utf8' })
    requireThat(files.includes('package/CHANGELOG.md'), `${name} has no changelog in its tarball`)
  }
}

/** Programs that were started from the folder of this rehearsal or serve it, other than this one. */
function leftRunning() {
  const { stdout } = spawnSync('ps', ['-eo', 'pid=,args='], { encoding: 'utf8' })
  return stdout.split('\n').filter((line) => line.includes(work))
}

let registry
const ready =
  (await step('a copy of the repository', copyRepository)) &&
  (await step('versions and changelogs', version)) &&
  (await step('a registry on the loopback address', async () => {
    registry = await startRegistry(path.join(work, 'registry'))
    writeFileSync(path.join(copy, '.npmrc'), registry.npmrc)
  })) &&
  (await step('build and publish', () => {
    const output = run('npm', ['run', '--silent', 'release'], { GITHUB_SERVER_URL: 'https://github.com', GITHUB_REPOSITORY: repository })
    requireThat(git('status', '--porcelain', '--', 'packages', 'apps') === '', 'publishing left changes behind')
    for (const [name, number] of Object.entries(versions())) {
      requireThat(output.includes(`${scope}/${name}@${number}`), `${name}@${number} was not published:\n${output}`)
    }
  }))

if (ready) {
  await step('what the registry shows of each package', asPublished)
  await step('publishing again publishes nothing', () => {
    const { status, stdout, stderr } = spawnSync('npx', ['changeset', 'publish'], { cwd: copy, encoding: 'utf8' })
    requireThat(status === 0 && stderr.includes('No unpublished projects to publish'), `${stdout}\n${stderr}`)
  })
  for (const [name, use] of Object.entries(consumers(path.join(work, 'consumers'), registry.npmrc, manifest('study').version))) {
    await step(name, use)
  }
  await step('a release of one package', independence)
}
await step('nothing is left running', async () => {
  await registry?.stop()
  const answers = await fetch(`${registry?.url}-/ping`).catch(() => undefined)
  requireThat(answers === undefined, 'the registry still answers')
  requireThat(leftRunning().length === 0, leftRunning().join('\n'))
})

const seconds = (performance.now() - began) / 1000
console.log(`release rehearsed in ${seconds.toFixed(0)} s`)
console.log(`${results.passed} passed, ${results.failed} failed, ${results.skipped} skipped`)
process.exitCode = results.failed === 0 ? 0 : 1
