/** Time and memory of reading. Each measurement has a process of its own, of plain Node; of several the median is told. */
import { execFileSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync, appendFileSync } from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { build } from 'esbuild'
import { piecesOf } from './synthetic-csv.ts'

interface Figures {
  readonly time: number
  readonly peak: number
  readonly before: number
}

const folder = mkdtempSync(path.join(os.tmpdir(), 'schema-bench-'))
const program = path.join(folder, 'measure.mjs')

function tableOf(rows: number): string {
  const file = path.join(folder, `${rows}.csv`)
  writeFileSync(file, '')
  for (const piece of piecesOf(rows)) appendFileSync(file, piece)
  return file
}

const measured = (task: string, file: string): Figures =>
  JSON.parse(execFileSync(process.execPath, [program, task, file], { encoding: 'utf8' })) as Figures

const median = (figures: readonly Figures[]): Figures => [...figures].sort((a, b) => a.time - b.time)[figures.length >> 1] as Figures

try {
  await build({
    entryPoints: [path.join(import.meta.dirname, 'measure.ts')],
    outfile: program,
    bundle: true,
    format: 'esm',
    platform: 'node',
    logLevel: 'error',
  })

  const tasks = ['own parser', 'papaparse', 'csv-parse', 'read'] as const
  const runs = new Map<string, Figures[]>(tasks.map((task) => [task, []]))
  const table = tableOf(100_000)
  // In turn, so that a busy machine is busy for all of them.
  for (let round = 0; round < 5; round += 1) for (const task of tasks) runs.get(task)?.push(measured(task, table))
  const results = new Map([...runs].map(([task, figures]) => [task, median(figures)]))
  const own = results.get('own parser')?.time ?? NaN
  const papa = results.get('papaparse')?.time ?? NaN

  console.log('100,000 rows x 20 columns, one text in memory; processor time')
  for (const [task, { time, peak, before }] of results) {
    const ratios = `${(time / own).toFixed(2)} x own parser, ${(time / papa).toFixed(2)} x papaparse`
    console.log(
      `${task.padEnd(12)} ${time.toFixed(0).padStart(6)} ms  ${ratios}  peak ${peak} MiB (${before} MiB with the text, before it started)`,
    )
  }
  for (const rows of [100_000, 1_000_000]) {
    const { time, peak } = measured(String(rows), rows === 100_000 ? table : tableOf(rows))
    console.log(`stream of ${rows.toLocaleString('en-GB')} rows: ${(time / 1000).toFixed(1)} s, peak ${peak} MiB`)
  }
} finally {
  rmSync(folder, { recursive: true })
}
