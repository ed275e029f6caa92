/** Times the app as a user meets it: a process of its own for each command, with the memory that it took at most. */
import { spawnSync } from 'node:child_process'
import { createWriteStream } from 'node:fs'
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { once } from 'node:events'
import os from 'node:os'
import path from 'node:path'

const root = path.resolve(import.meta.dirname, '..')
const examples = path.join(root, 'examples')
const config = path.join(examples, 'synthetic.yaml')
const round = path.join(examples, 'synthetic-round.csv')
const folder = await mkdtemp(path.join(os.tmpdir(), 'study-bench-'))
const rows = Number(process.argv[2] ?? 1_000_000)

try {
  time('reproduce', ['reproduce', '--out', path.join(folder, 'study.txt')])
  time('analyse, 226 organisations', ['analyse', round, '--config', config, '--json', '--out', path.join(folder, 'round.json')])
  time('report, 226 organisations', ['report', round, '--config', config, '--out', path.join(folder, 'round.html')])
  const long = path.join(folder, 'long.csv')
  await repeatRound(long, rows)
  time(`analyse, ${rows} organisations`, ['analyse', long, '--config', config, '--json', '--out', path.join(folder, 'long.json')])
} finally {
  await rm(folder, { recursive: true })
}

/** Runs the built command if there is one, and says how long it took and how much memory it held at most. */
function time(label: string, args: readonly string[]): void {
  const started = performance.now()
  const { status, stderr } = spawnSync(
    process.execPath,
    ['--import', path.join(import.meta.dirname, 'peak-memory.mjs'), path.join(root, 'dist/main.js'), ...args],
    {
      encoding: 'utf8',
    },
  )
  const seconds = (performance.now() - started) / 1000
  if (status !== 0) throw new Error(`${label} ended with ${status}; build the app first (npm run build)\n${stderr}`)
  const peak = /peak memory (\d+) MB/.exec(stderr)?.[1] ?? '?'
  console.log(`${label.padEnd(36)} ${seconds.toFixed(2).padStart(7)} s  ${peak.padStart(5)} MB at most`)
}

/** The synthetic round over and over, each organisation with a code of its own. */
async function repeatRound(file: string, wanted: number): Promise<void> {
  const records = (await readFile(round, 'utf8')).split(/\r?\n(?=SYN)/)
  const [head, ...bodies] = records as [string, ...string[]]
  const stream = createWriteStream(file)
  stream.write(`${head}\n`)
  for (let i = 0; i < wanted; i++) {
    const body = (bodies[i % bodies.length] as string).trimEnd().replace(/^SYN\d+/, `S${i.toString(36).toUpperCase().padStart(5, '0')}`)
    if (!stream.write(`${body}\n`)) await once(stream, 'drain')
  }
  stream.end()
  await once(stream, 'finish')
}
