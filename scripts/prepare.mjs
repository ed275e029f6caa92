/**
 * Brings a fresh clone, or one whose sources changed, to the point where things run: installs what the lockfile names,
 * builds what is older than its sources. Costs a few file stamps where nothing is missing.
 */
import { spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import path from 'node:path'

export const root = path.resolve(import.meta.dirname, '..')

const installStamp = path.join(root, 'node_modules', '.installed-lockfile')
const buildStamp = path.join(root, 'node_modules', '.built-sources')

/** Runs a program of the repository with its output on stderr, so that stdout stays the caller's; ends the process if it fails. */
function run(program, args) {
  const { status } = spawnSync(program, args, {
    cwd: root,
    stdio: ['ignore', 2, 2],
    env: { ...process.env, TURBO_TELEMETRY_DISABLED: '1' },
  })
  if (status !== 0) {
    process.stderr.write(`${program} ${args.join(' ')} failed (exit ${status}); see the lines above\n`)
    process.exit(status ?? 1)
  }
}

const read = (file) => (existsSync(file) ? readFileSync(file, 'utf8') : '')

function install() {
  const wanted = createHash('sha256')
    .update(readFileSync(path.join(root, 'package-lock.json')))
    .digest('hex')
  if (read(installStamp) === wanted) return
  process.stderr.write('Installing dependencies (once)…\n')
  run('npm', ['ci', '--no-audit', '--no-fund', '--loglevel=error'])
  writeFileSync(installStamp, wanted)
}

/** The files that a build reads, as path, time and size: changes when one is added, edited or removed. */
function sourcesState() {
  const hash = createHash('sha256')
  const visit = (entry) => {
    const stat = statSync(entry)
    if (stat.isDirectory()) for (const name of readdirSync(entry).sort()) visit(path.join(entry, name))
    else hash.update(`${entry} ${stat.mtimeMs} ${stat.size}\n`)
  }
  const workspaces = ['packages', 'apps'].flatMap((group) =>
    readdirSync(path.join(root, group)).map((name) => path.join(root, group, name)),
  )
  for (const workspace of workspaces) {
    for (const part of ['src', 'data', 'package.json', 'tsup.config.ts']) {
      if (existsSync(path.join(workspace, part))) visit(path.join(workspace, part))
    }
    hash.update(`${workspace} ${existsSync(path.join(workspace, 'dist'))}\n`)
  }
  for (const file of ['tsconfig.base.json', 'turbo.json', 'tooling']) visit(path.join(root, file))
  return hash.digest('hex')
}

function build() {
  if (read(buildStamp) === sourcesState()) return
  process.stderr.write('Building the packages…\n')
  run(path.join(root, 'node_modules', '.bin', 'turbo'), [
    'run',
    'build',
    '--concurrency=2',
    '--output-logs=errors-only',
    '--log-order=grouped',
  ])
  writeFileSync(buildStamp, sourcesState())
}

/** Installs and builds what is missing. */
export function prepare() {
  install()
  build()
}
