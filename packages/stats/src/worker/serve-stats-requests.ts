import { exactLikelihoodRatioTestAsync, exactPearsonTestAsync } from '../exact/exact-chi-squared-tests.ts'
import { exactLinearByLinearTestAsync } from '../exact/exact-linear-by-linear-test.ts'
import { type ExactProgress, type ExactTableTestOptions } from '../exact/exact-table-test.ts'
import { fisherFreemanHaltonTestAsync } from '../exact/freeman-halton-test.ts'
import { testAssociationAsync } from '../exact/test-association.ts'
import { type TableInput } from '../tables/contingency-table.ts'
import { listen, type MessageEnd, type WorkerRequest, type WorkerResponse, type WorkerTest } from './messages.ts'

type ServedTest = (table: TableInput, options: ExactTableTestOptions) => Promise<unknown>

const tests = {
  exactLikelihoodRatioTest: exactLikelihoodRatioTestAsync,
  exactLinearByLinearTest: exactLinearByLinearTestAsync,
  exactPearsonTest: exactPearsonTestAsync,
  fisherFreemanHaltonTest: fisherFreemanHaltonTestAsync,
  testAssociation: testAssociationAsync,
} satisfies Record<WorkerTest, ServedTest>

/**
 * Answers the requests of a {@link StatsWorker}: call it in a worker, with the scope or port through which messages come.
 *
 * The subpaths `worker-thread` and `node/worker-thread` do this when they are loaded; call it yourself where a worker has
 * other work, too. Requests run one slice at a time, so that several share a worker and each can be stopped.
 *
 * @param end - `self` in a browser's worker, `parentPort` in Node's
 *
 * @example
 * ```ts no-run
 * import { parentPort } from 'node:worker_threads'
 *
 * serveStatsRequests(parentPort)
 * ```
 */
export function serveStatsRequests(end: MessageEnd): void {
  const running = new Map<number, { aborted: boolean; reason: Error }>()
  const answer = (response: WorkerResponse) => end.postMessage(response)
  listen(end, (message) => {
    const request = message as WorkerRequest
    if (request.kind === 'abort') {
      const flag = running.get(request.id)
      if (flag !== undefined) flag.aborted = true
      return
    }
    const { id, test, table, options } = request
    const reason = new Error('the computation was aborted')
    reason.name = 'AbortError'
    const signal = { aborted: false, reason }
    running.set(id, signal)
    const onProgress = (progress: ExactProgress) => answer({ kind: 'progress', id, progress })
    Promise.resolve()
      .then((): Promise<unknown> => tests[test](table as TableInput, { ...options, signal, onProgress }))
      .then(
        (result) => answer({ kind: 'result', id, result }),
        (error: unknown) => {
          const { name, message, code } = error as Error & { readonly code?: unknown }
          answer({ kind: 'error', id, name, message, code: typeof code === 'string' ? code : null })
        },
      )
      .finally(() => running.delete(id))
  })
}
