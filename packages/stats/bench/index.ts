// Times what users run most, beside other libraries: npm run bench -w packages/stats [-- words of the names wanted]
// Every file *.bench.ts in this folder exports a list of benchmarks as its default. R, and SciPy and statsmodels, join in where
// they are installed; PYTHON=… names another python3 than the first in the path.
import { spawnSync } from 'node:child_process'
import { readdirSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { type Benchmark, medianSeconds, readable } from './harness.ts'

const folder = fileURLToPath(new URL('.', import.meta.url))
const wanted = process.argv.slice(2)

/** Seconds by key, or nothing where the program or one of its libraries is missing. */
function external(program: string, script: string, input = ''): Readonly<Record<string, number>> {
  const { status, stdout } = spawnSync(program, [script], { cwd: folder, encoding: 'utf8', input, timeout: 900_000 })
  return status === 0 ? (JSON.parse(stdout) as Record<string, number>) : {}
}

const suites: { file: string; benchmarks: readonly Benchmark[] }[] = []
for (const file of readdirSync(folder)
  .filter((name) => name.endsWith('.bench.ts'))
  .sort()) {
  const { default: benchmarks } = (await import(`./${file}`)) as { default: readonly Benchmark[] }
  const chosen = benchmarks.filter(({ name }) => wanted.every((word) => `${file} ${name}`.includes(word)))
  if (chosen.length > 0) suites.push({ file, benchmarks: chosen })
}

// One of these tables takes R minutes, so they are left out where they are not wanted.
const tables = suites
  .flatMap(({ benchmarks }) => benchmarks)
  .flatMap(({ external: key = '', table }) => (table === undefined ? [] : [[key.split(' ')[1], table.length, ...table.flat()].join(' ')]))
const outside = {
  R: {
    ...external('Rscript', 'peers.R'),
    ...(tables.length > 0 ? external('Rscript', 'peers-rxc.R', `${tables.join('\n')}\n`) : {}),
  },
  'SciPy and statsmodels': external(process.env['PYTHON'] ?? 'python3', 'peers.py'),
}
console.log(
  `Node ${process.version}, medians of processor time in one process; R and SciPy ${Object.values(outside).some((times) => Object.keys(times).length > 0) ? 'in theirs' : 'not installed'}\n`,
)

let missed = 0
/** By family: how many times as fast as R its members are. */
const ratios = new Map<string, number[]>()
for (const { file, benchmarks } of suites) {
  console.log(file.replace('.bench.ts', ''))
  for (const { name, units = 1, bar, beatsOutside = false, family, run, peers = {}, external: key } of benchmarks) {
    const own = medianSeconds(run) / units
    const parts = [`  ${name}: ${readable(own)}`]
    if (bar !== undefined) {
      parts.push(own <= bar ? `bar ${readable(bar)}: met` : `bar ${readable(bar)}: MISSED`)
      if (own > bar) missed++
    }
    for (const [peer, other] of Object.entries(peers)) {
      const theirs = medianSeconds(other) / units
      parts.push(`${peer} ${readable(theirs)} (${(theirs / own).toPrecision(2)} ×)`)
    }
    for (const [peer, times] of Object.entries(outside)) {
      const theirs = key === undefined ? undefined : times[key]
      if (theirs === undefined) continue
      parts.push(`${peer} ${readable(theirs)} (${(theirs / own).toPrecision(2)} ×)`)
      if (peer === 'R' && family !== undefined) {
        const ratio = theirs / own
        ratios.set(family, [...(ratios.get(family) ?? []), ratio])
        const least = theirs > 0.1 ? 3 : 1 / 5
        parts.push(ratio >= least ? 'met' : `MISSED, bar ${least} ×`)
        if (ratio < least) missed++
      }
      if (!beatsOutside) continue
      parts.push(own < theirs ? 'bar, to be faster: met' : 'bar, to be faster: MISSED')
      if (own >= theirs) missed++
    }
    console.log(parts.join('; '))
  }
}
for (const [family, each] of ratios) {
  const mean = Math.exp(each.reduce((sum, ratio) => sum + Math.log(ratio), 0) / each.length)
  if (mean < 1) missed++
  console.log(`\n${each.length} ${family}: ${mean.toPrecision(3)} × as fast as R by geometric mean, bar 1: ${mean < 1 ? 'MISSED' : 'met'}`)
}
console.log(missed === 0 ? '\nEvery bar was met.' : `\n${missed} bars were missed.`)
