/** Something to be timed, with what others need for the same. */
export interface Benchmark {
  /** What is done, and on what. */
  readonly name: string
  /** How many units of work one call does; times are per unit. */
  readonly units?: number
  /** The most seconds that a unit may take, where the project has set itself a bar. */
  readonly bar?: number
  /** Whether the bar is to be faster than R and SciPy in the same run. */
  readonly beatsOutside?: boolean
  /**
   * Whose geometric mean has to be at least as fast as R's, each at least 3 times as fast where R takes over a tenth of a second, and none
   * slower than 5 times R.
   */
  readonly family?: string
  /** For `peers-rxc.R`, which times R's `fisher.test` on it. */
  readonly table?: readonly (readonly number[])[]
  /** Ours. */
  readonly run: () => unknown
  /** Other JavaScript libraries, in the same process. */
  readonly peers?: Readonly<Record<string, () => unknown>>
  /** Key of this work in the timings that `peers.R` and `peers.py` print. */
  readonly external?: string
}

/** Processor time used so far, in seconds: what is left of a measurement when other programs share the machine. */
function processorSeconds(): number {
  const { user, system } = process.cpuUsage()
  return (user + system) / 1e6
}

/** Seconds that one call takes: the median of nine samples, each long enough for the clock. */
export function medianSeconds(run: () => unknown): number {
  const sample = (calls: number): number => {
    const start = processorSeconds()
    for (let k = 0; k < calls; k++) run()
    return processorSeconds() - start
  }
  const warmUp = processorSeconds()
  while (processorSeconds() - warmUp < 0.15) run()
  let calls = 1
  let seconds = sample(calls)
  while (seconds < 0.02 && calls < 1e8) {
    calls *= 4
    seconds = sample(calls)
  }
  // Work of half a second or more is repeated less, so that the whole stays a matter of minutes.
  const samples = Array.from({ length: seconds > 0.5 ? 3 : 9 }, () => sample(calls) / calls)
  return samples.sort((a, b) => a - b)[samples.length >> 1] as number
}

/** A time in the unit that reads best. */
export function readable(seconds: number): string {
  for (const [unit, scale] of [
    ['s', 1],
    ['ms', 1e3],
    ['µs', 1e6],
  ] as const) {
    if (seconds * scale >= 1) return `${(seconds * scale).toPrecision(3)} ${unit}`
  }
  return `${(seconds * 1e9).toPrecision(3)} ns`
}
