import { appendFileSync, existsSync, readFileSync, writeFileSync } from 'node:fs'
import { type RunnerTask as Task, type RunnerTestFile as File, type RunnerTestCase as Test, TestRunner } from 'vitest'
import { type Attempt, type MutantResult, type MutationPlan } from './plan.ts'

/** The name of the last test, which is none. */
const tryMutants = 'try mutants'

/** What the instrumented sources talk to. */
const switchboard = {
  /** The mutant that is switched on. */
  active: -1,
  /** Whether it was come by. */
  reached: false,
  /** 1 for each mutant that was come by, while that is recorded. */
  seen: undefined as Uint8Array | undefined,
  /** Turns of loops until somebody looks at the clock. */
  turnsLeft: Infinity,
  /** Processor time, in milliseconds, at which a mutant is called endless. */
  end: Infinity,
  isEndless: false,
  lookAtTheClock(): void {
    this.isEndless ||= processorTime() > this.end
    if (this.isEndless) throw new Error('No end')
    this.turnsLeft = 1e6
  },
}
Object.assign(globalThis, { __mutation__: switchboard })

interface Coverage {
  readonly static: readonly number[]
  /** In the order of collection, which is the same each time. */
  readonly tests: readonly { readonly milliseconds: number; readonly reaches: readonly number[] }[]
}

/** Runs every test once to see which mutants it reaches, then tries the mutants, each by the tests that reach it until one notices. */
export default class MutantRunner extends TestRunner {
  private readonly plan = JSON.parse(readFileSync(process.env['MUTATION_PLAN'] ?? '', 'utf8')) as MutationPlan
  private readonly kept = existsSync(this.plan.coverageFile)
    ? (JSON.parse(readFileSync(this.plan.coverageFile, 'utf8')) as Coverage)
    : undefined
  private readonly loading: number[] = []
  /** Whether no mutant was tried yet in this process. */
  private isFresh = true
  private readonly measured = new Map<Task, Coverage['tests'][number]>()

  override onCollectStart(file: File): void {
    super.onCollectStart(file)
    switchboard.seen = new Uint8Array(this.plan.mutantsPlaced)
  }

  onCollected(): void {
    this.loading.push(...marked(switchboard.seen))
  }

  async runTask(test: Test): Promise<void> {
    // Within a test, since property tests ask Vitest which test is running.
    if (test.name === tryMutants) return this.tryAll(testsIn([test.file]).filter((other) => other !== test && other.mode === 'run'))
    switchboard.seen = undefined
    if (this.kept) return
    this.announce(-1, test, 600_000)
    switchboard.seen = new Uint8Array(this.plan.mutantsPlaced)
    const start = processorTime()
    await TestRunner.getTestFn(test)()
    this.measured.set(test, {
      milliseconds: processorTime() - start,
      reaches: marked(switchboard.seen),
    })
  }

  private async tryAll(tests: readonly Test[]): Promise<void> {
    // A test that fails without a mutant, or takes too long with all of them in the code, can tell nothing.
    const untold = { milliseconds: Infinity, reaches: [] }
    const coverage = this.kept ?? { static: this.loading, tests: tests.map((test) => this.measured.get(test) ?? untold) }
    writeFileSync(this.plan.coverageFile, JSON.stringify(coverage))
    switchboard.seen = undefined

    const covering = new Map<number, number[]>()
    for (const [k, { reaches }] of coverage.tests.entries()) for (const id of reaches) covering.set(id, [...(covering.get(id) ?? []), k])
    const done = new Set(lines(this.plan.resultsFile).map(({ id }) => id))
    for (const id of this.plan.mutants) {
      if (done.has(id)) continue
      const reach = (covering.get(id) ?? []).sort((a, b) => coverage.tests[a]!.milliseconds - coverage.tests[b]!.milliseconds)
      this.record(
        reach.length > 0
          ? await this.tryMutant(id, reach, tests, coverage)
          : { id, status: coverage.static.includes(id) ? 'static' : 'uncovered' },
      )
      this.isFresh = false
    }
    writeFileSync(this.plan.attemptFile, 'done')
  }

  private async tryMutant(
    id: number,
    reach: readonly number[],
    tests: readonly Test[],
    { tests: measured }: Coverage,
  ): Promise<MutantResult> {
    let spent = 0
    let tried = 0
    switchboard.reached = false
    for (const k of reach) {
      const test = tests[k]!
      const { milliseconds } = measured[k]!
      spent += milliseconds
      if (tried > 0 && spent > 1000 * this.plan.secondsPerMutant) break
      tried++
      this.announce(id, test, 100 * milliseconds + 60_000)
      const noticed = await run(test, id, milliseconds)
      if (noticed === 'passes') continue
      const result = { id, status: noticed === 'endless' ? 'endless' : 'killed', by: test.fullName } as const
      if ((await run(test, -1, milliseconds)) === 'passes') return result
      // A mutant left something wrong behind in a cache, which must not be held against the next: a new process goes on.
      if (this.isFresh) this.record(result)
      process.kill(process.pid, 'SIGKILL')
    }
    return { id, status: switchboard.reached || tried < reach.length ? 'survived' : 'static', tried, covering: reach.length }
  }

  private record(result: MutantResult): void {
    appendFileSync(this.plan.resultsFile, `${JSON.stringify(result)}\n`)
  }

  private announce(id: number, test: Test, patience: number): void {
    const attempt: Attempt = { id, test: test.name, deadline: Date.now() + patience }
    writeFileSync(this.plan.attemptFile, JSON.stringify(attempt))
  }
}

/** Stryker's rule of thumb for what has no end: one and a half times what the test takes without the mutant and some seconds. */
async function run(test: Test, id: number, milliseconds: number): Promise<'passes' | 'fails' | 'endless'> {
  // Lets Vitest hear from this process, which it otherwise takes for dead.
  await new Promise((resolve) => setImmediate(resolve))
  switchboard.turnsLeft = 1e6
  switchboard.end = processorTime() + 1.5 * milliseconds + 2000
  switchboard.isEndless = false
  switchboard.active = id
  let passes = true
  try {
    await TestRunner.getTestFn(test)()
  } catch {
    passes = false
  }
  switchboard.active = -1
  const { isEndless } = switchboard
  Object.assign(switchboard, { turnsLeft: Infinity, isEndless: false })
  return isEndless ? 'endless' : passes ? 'passes' : 'fails'
}

const marked = (seen: Uint8Array = new Uint8Array()): number[] => [...seen.keys()].filter((id) => seen[id] === 1)

const processorTime = (): number => process.cpuUsage().user / 1000

const testsIn = (tasks: readonly Task[]): Test[] => tasks.flatMap((task) => (task.type === 'test' ? [task] : testsIn(task.tasks)))

const lines = (file: string): MutantResult[] =>
  existsSync(file)
    ? readFileSync(file, 'utf8')
        .split('\n')
        .filter((line) => line !== '')
        .map((line) => JSON.parse(line) as MutantResult)
    : []
