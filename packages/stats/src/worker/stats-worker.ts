import { StatsError, type StatsErrorCode } from '../errors.ts'
import { type ExactLikelihoodRatioTest, type ExactPearsonTest } from '../exact/exact-chi-squared-tests.ts'
import { type ExactLinearByLinearTest, type ExactLinearByLinearTestOptions } from '../exact/exact-linear-by-linear-test.ts'
import { type ExactProgress, type ExactTableTestOptions } from '../exact/exact-table-test.ts'
import { type FisherFreemanHaltonTest } from '../exact/freeman-halton-test.ts'
import { type AssociationTest, type AssociationTestOptions } from '../exact/test-association.ts'
import { type NotTestable } from '../not-testable.ts'
import { type TableInput } from '../tables/contingency-table.ts'
import { listen, type MessageEnd, type WorkerResponse, type WorkerTest } from './messages.ts'

/** The tests of r × c tables, run in a worker; arguments and results are those of the functions of the same names. */
export interface StatsWorker {
  /** See {@link exactLikelihoodRatioTest}. */
  readonly exactLikelihoodRatioTest: (table: TableInput, options?: ExactTableTestOptions) => Promise<ExactLikelihoodRatioTest | NotTestable>
  /** See {@link exactLinearByLinearTest}. */
  readonly exactLinearByLinearTest: (
    table: TableInput,
    options?: ExactLinearByLinearTestOptions,
  ) => Promise<ExactLinearByLinearTest | NotTestable>
  /** See {@link exactPearsonTest}. */
  readonly exactPearsonTest: (table: TableInput, options?: ExactTableTestOptions) => Promise<ExactPearsonTest | NotTestable>
  /** See {@link fisherFreemanHaltonTest}. */
  readonly fisherFreemanHaltonTest: (table: TableInput, options?: ExactTableTestOptions) => Promise<FisherFreemanHaltonTest | NotTestable>
  /** See {@link testAssociation}. */
  readonly testAssociation: (table: TableInput, options?: AssociationTestOptions) => Promise<AssociationTest | NotTestable>
}

interface Pending {
  readonly resolve: (result: never) => void
  readonly reject: (error: Error) => void
  readonly onProgress: ((progress: ExactProgress) => void) | undefined
}

/** An `AbortSignal` also tells when it is aborted. */
interface ListenableSignal {
  readonly aborted: boolean
  readonly reason?: unknown
  readonly addEventListener?: (type: 'abort', listener: () => void, options?: { readonly once: boolean }) => void
}

/**
 * Runs tests in a worker that serves them, so that a page or server stays responsive.
 *
 * The worker is yours: make it from the subpath `worker-thread` (browsers, Deno, Bun) or `node/worker-thread` (Node), and
 * terminate it when it is no longer needed. An aborted `signal` stops the computation in the worker between two slices.
 *
 * @param worker - a `Worker` of a browser or of `node:worker_threads`, or a message port to one
 *
 * @example In a browser
 * ```ts no-run
 * const worker = new Worker(new URL('@open-digital-capability/stats/worker-thread', import.meta.url), { type: 'module' })
 * const { fisherFreemanHaltonTest } = createStatsWorker(worker)
 * const { pValue } = await fisherFreemanHaltonTest([[3, 5, 2], [7, 1, 6]])
 * ```
 *
 * @example In Node
 * ```ts no-run
 * import { Worker } from 'node:worker_threads'
 *
 * const worker = new Worker(new URL(import.meta.resolve('@open-digital-capability/stats/node/worker-thread')))
 * const { pValue } = await createStatsWorker(worker).fisherFreemanHaltonTest([[3, 5, 2], [7, 1, 6]])
 * await worker.terminate()
 * ```
 */
export function createStatsWorker(worker: MessageEnd): StatsWorker {
  const pending = new Map<number, Pending>()
  let requests = 0
  listen(worker, (message) => {
    const response = message as WorkerResponse
    const request = pending.get(response.id)
    if (request === undefined) return
    switch (response.kind) {
      case 'progress':
        request.onProgress?.(response.progress)
        return
      case 'result':
        pending.delete(response.id)
        request.resolve(response.result as never)
        return
      case 'error':
        pending.delete(response.id)
        request.reject(errorOf(response))
    }
  })
  const run = <Result>(test: WorkerTest, table: TableInput, options: ExactTableTestOptions = {}): Promise<Result> =>
    new Promise<Result>((resolve, reject) => {
      const { signal, onProgress, ...plain } = options
      const id = ++requests
      const watched = signal as ListenableSignal | undefined
      if (watched?.aborted === true) {
        reject(watched.reason instanceof Error ? watched.reason : new Error('the computation was aborted'))
        return
      }
      pending.set(id, { resolve, reject, onProgress })
      watched?.addEventListener?.('abort', () => worker.postMessage({ kind: 'abort', id }), { once: true })
      worker.postMessage({ kind: 'run', id, test, table, options: plain })
    })
  return {
    exactLikelihoodRatioTest: (table, options) => run('exactLikelihoodRatioTest', table, options),
    exactLinearByLinearTest: (table, options) => run('exactLinearByLinearTest', table, options),
    exactPearsonTest: (table, options) => run('exactPearsonTest', table, options),
    fisherFreemanHaltonTest: (table, options) => run('fisherFreemanHaltonTest', table, options),
    testAssociation: (table, options) => run('testAssociation', table, options),
  }
}

function errorOf({ name, code, message }: WorkerResponse & { readonly kind: 'error' }): Error {
  if (name === 'StatsError' && code !== null) return new StatsError(code as StatsErrorCode, message)
  const error = new Error(message)
  error.name = name
  return error
}
