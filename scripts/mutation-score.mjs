/**
 * `npm run mutation -- stats association`: changes the code on purpose, one place at a time, and counts how often the tests notice.
 * The first word is a package, further ones are folders or files of its `src`; without them all of it is tried.
 * `--sample=600 --seed=1` tries so many mutants of each folder, drawn at random; `--seconds=10` says how long a mutant that no test
 * notices is kept at.
 *
 * The mutants are Stryker's own, but all are put into the code at once, each behind a switch, and tried in one process that loaded the
 * modules and tests once. Loading them anew for every mutant, as Stryker's runner of Vitest does, takes this repository days.
 */
import { createInstrumenter } from '@stryker-mutator/instrumenter'
import { spawn } from 'node:child_process'
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { clearInterval, setInterval } from 'node:timers'
import { parseArgs } from 'node:util'
import { root } from './prepare.mjs'

/** Nothing that reads what was built or what is around the package, or starts processes of its own: mutants are in none of that. */
const otherTests = /(?:bundle-size|browser-bundle|where-we-differ|stats-worker)\.test\.ts$/
/** Lists of what is exported; and what runs in another thread, where no switch reaches. */
const otherSources = /(?:^|\/)(?:index\.ts|node\/.*|worker-thread\.ts)$/

const { values: options, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    sample: { type: 'string' },
    seed: { type: 'string', default: '1' },
    seconds: { type: 'string', default: '10' },
    tests: { type: 'string', default: '' },
  },
})
const [name, ...parts] = positionals
if (name === undefined || !existsSync(path.join(root, 'packages', name)))
  throw new Error('Name a package: npm run mutation -- stats association')
const folder = path.join(root, 'packages', name)
const reports = path.join(folder, 'reports')
const run = path.join(reports, 'mutation-run')
const file = (name) => path.join(run, name)
rmSync(run, { recursive: true, force: true })
mkdirSync(run, { recursive: true })

const sources = filesIn('src').filter(
  (source) => !otherSources.test(source) && (parts.length === 0 || parts.some((part) => source.startsWith(`src/${part}`))),
)
const { instrumented, mutants } = await instrument(sources)
const tried = sample(mutants)
const tests = filesIn('test').filter((test) => test.endsWith('.test.ts') && !otherTests.test(test) && new RegExp(options.tests).test(test))
console.log(`${tried.length} of ${mutants.length} mutants of ${sources.length} files, ${tests.length} files of tests`)
writeFileSync(
  file('plan.json'),
  JSON.stringify({
    packageFolder: `packages/${name}`,
    sources: instrumented,
    tests: tests.map((test) => path.join(folder, test)),
    mutants: tried.map(({ id }) => Number(id)),
    mutantsPlaced: mutants.length,
    secondsPerMutant: Number(options.seconds),
    resultsFile: file('results.jsonl'),
    coverageFile: file('coverage.json'),
    attemptFile: file('attempt.json'),
  }),
)
while (!(await isTriedToTheEnd()));
report()

function filesIn(part) {
  return readdirSync(path.join(folder, part), { recursive: true })
    .filter((found) => found.endsWith('.ts'))
    .map((found) => `${part}/${found}`)
    .sort()
}

async function instrument(names) {
  const quiet = { debug() {}, info() {}, warn: console.warn, isDebugEnabled: () => false }
  const injector = { provideValue: () => injector, injectClass: (Class) => new Class(quiet) }
  const { files, mutants } = await createInstrumenter(injector).instrument(
    names.map((source) => ({ name: source, mutate: true, content: readFileSync(path.join(folder, source), 'utf8') })),
    { plugins: null, excludedMutations: [], ignorers: [], noHeader: true },
  )
  const header = [
    'const switchboard_ = globalThis.__mutation__;',
    'function stryMutAct_9fa48(id) { return switchboard_.active === id && (switchboard_.reached = true); }',
    'function stryCov_9fa48() { const { seen } = switchboard_; if (seen !== undefined) for (let k = 0; k < arguments.length; k++) seen[arguments[k]] = 1; }\n',
  ].join(' ')
  // Numbers instead of text, for these are the innermost calls of every loop.
  const numbered = (code) => code.replaceAll(/(?<=\bstry(?:MutAct|Cov)_9fa48\()[^()]*/g, (ids) => ids.replaceAll('"', ''))
  return { instrumented: Object.fromEntries(files.map(({ name, content }) => [name, header + numbered(content)])), mutants }
}

/** The mutants in order; or of each folder as many as were asked for, drawn by the seed. */
function sample(all) {
  if (options.sample === undefined) return all
  let state = Number(options.seed)
  const random = () => {
    state = (state + 0x6d2b79f5) | 0
    let t = Math.imul(state ^ (state >>> 15), 1 | state)
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32
  }
  return [...new Set(all.map(chapterOf))].flatMap((chapter) =>
    all
      .filter((mutant) => chapterOf(mutant) === chapter)
      .map((mutant) => ({ mutant, rank: random() }))
      .sort((a, b) => a.rank - b.rank)
      .slice(0, Number(options.sample))
      .map(({ mutant }) => mutant)
      .sort((a, b) => Number(a.id) - Number(b.id)),
  )
}

/** Starts the process that tries mutants; stops it where a try has no end, or it used up its memory, and says that it has to go on. */
async function isTriedToTheEnd() {
  rmSync(file('attempt.json'), { force: true })
  const vitest = spawn(
    process.execPath,
    [path.join(root, 'node_modules/vitest/vitest.mjs'), 'run', '--config', path.join(root, 'tooling/mutation/vitest.config.ts')],
    {
      cwd: root,
      env: { ...process.env, NO_COLOR: '1', MUTATION_PLAN: file('plan.json'), NODE_OPTIONS: '--max-old-space-size=3000' },
      stdio: ['ignore', 'pipe', 'pipe'],
      detached: true,
    },
  )
  const stop = () => process.kill(-vitest.pid, 'SIGKILL')
  const interrupted = () => {
    stop()
    process.exit(130)
  }
  for (const signal of ['SIGINT', 'SIGTERM']) process.once(signal, interrupted)
  let printed = ''
  for (const stream of [vitest.stdout, vitest.stderr]) stream.on('data', (data) => (printed += data))
  const ended = new Promise((resolve) => vitest.on('close', resolve))
  const isStuck = () => attempt()?.deadline < Date.now()
  const watch = setInterval(() => isStuck() && stop(), 1000)
  const before = results().length
  await ended
  clearInterval(watch)
  for (const signal of ['SIGINT', 'SIGTERM']) process.off(signal, interrupted)
  const last = attempt()
  if (last === 'done') return true
  if (last === undefined || last.id === -1) throw new Error(`The tests do not run without a mutant:\n${printed.slice(-4000)}`)
  // Without an end, or with more memory than there is, on a process's very first try too.
  if (last.deadline < Date.now() || results().length === before)
    writeFileSync(file('results.jsonl'), `${JSON.stringify({ id: last.id, status: 'endless', by: last.test })}\n`, { flag: 'a' })
  return false
}

function attempt() {
  if (!existsSync(file('attempt.json'))) return undefined
  const text = readFileSync(file('attempt.json'), 'utf8')
  try {
    return text === 'done' ? text : JSON.parse(text)
  } catch {
    return undefined // just being written
  }
}

function results() {
  if (!existsSync(file('results.jsonl'))) return []
  return readFileSync(file('results.jsonl'), 'utf8')
    .trim()
    .split('\n')
    .filter(Boolean)
    .map((line) => JSON.parse(line))
}

function chapterOf({ fileName }) {
  return fileName.split('/').slice(1, -1).join('/') || fileName.split('/')[1]
}

/** Prints the score of each folder, and writes what was not noticed, with its place, to `reports/mutants.txt`. */
function report() {
  const found = new Map(results().map((result) => [result.id, result]))
  const rows = new Map()
  const unnoticed = []
  for (const mutant of tried) {
    const { status, tried, covering } = found.get(Number(mutant.id))
    const row = rows.get(chapterOf(mutant)) ?? { killed: 0, endless: 0, survived: 0, uncovered: 0, static: 0 }
    row[status] += 1
    rows.set(chapterOf(mutant), row)
    if (status === 'killed' || status === 'endless') continue
    const { fileName, location, mutatorName, replacement } = mutant
    const part = covering > tried ? ` (by ${tried} of ${covering} tests)` : ''
    unnoticed.push(
      `${fileName}:${location.start.line + 1}:${location.start.column + 1} ${status}${part} ${mutatorName}`,
      `  - ${indented(textAt(fileName, location))}`,
      `  + ${indented(replacement)}`,
    )
  }
  const total = { killed: 0, endless: 0, survived: 0, uncovered: 0, static: 0 }
  for (const [chapter, row] of rows) {
    print(chapter, row)
    for (const status of Object.keys(total)) total[status] += row[status]
  }
  print('all', total)
  writeFileSync(path.join(reports, 'mutants.txt'), `${unnoticed.join('\n')}\n`)
  console.log(`What was not noticed: packages/${name}/reports/mutants.txt`)
}

/** Stryker's score: of the mutants that can be switched, the share that a test noticed, by failing or by never ending. */
function print(chapter, { killed, endless, survived, uncovered, static: static_ }) {
  const score = (100 * (killed + endless)) / (killed + endless + survived + uncovered)
  console.log(
    `${chapter.padEnd(20)} ${score.toFixed(1).padStart(5)} %  killed ${killed}, endless ${endless}, survived ${survived}, uncovered ${uncovered}, not switchable ${static_}`,
  )
}

function textAt(fileName, { start, end }) {
  const lines = readFileSync(path.join(folder, fileName), 'utf8')
    .split('\n')
    .slice(start.line, end.line + 1)
  lines[lines.length - 1] = lines.at(-1).slice(0, end.column)
  lines[0] = lines[0].slice(start.column)
  return lines.join('\n')
}

function indented(text) {
  return text.replaceAll('\n', '\n    ')
}
