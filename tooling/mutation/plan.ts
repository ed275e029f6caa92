/** What `scripts/mutation-score.mjs` asks of the process that tries mutants. Files are named by absolute path. */
export interface MutationPlan {
  /** From the repository's root: `packages/stats`. */
  readonly packageFolder: string
  /** The instrumented text of the sources that are mutated, by path within the package. */
  readonly sources: Readonly<Record<string, string>>
  readonly tests: readonly string[]
  /** The mutants to try, in this order. */
  readonly mutants: readonly number[]
  /** How many there are in the sources, tried or not; they are numbered from 0. */
  readonly mutantsPlaced: number
  /** Of tests that a mutant survives, at most so many seconds' worth (timed without a mutant) are tried, the quickest first. */
  readonly secondsPerMutant: number
  /** Lines of JSON, one a mutant, added to as they come; a process that is started again goes on after the last. */
  readonly resultsFile: string
  /** Which tests reach which mutants, kept for a process that is started again. */
  readonly coverageFile: string
  /** What is being tried now, and when whoever watches should lose patience. */
  readonly attemptFile: string
}

/** What was learnt of one mutant. */
export interface MutantResult {
  readonly id: number
  /** `static`: code that runs while modules are loaded, or once to fill a cache, before the mutant can be switched on. */
  readonly status: 'killed' | 'endless' | 'survived' | 'uncovered' | 'static'
  /** The test that noticed. */
  readonly by?: string
  /** Of a survivor: how many covering tests were tried, of how many. */
  readonly tried?: number
  readonly covering?: number
}

/** Where a try stands. */
export interface Attempt {
  /** −1 while tests run without a mutant. */
  readonly id: number
  readonly test: string
  /** Milliseconds since 1970. */
  readonly deadline: number
}
