import { type ExactProgress } from '../exact/exact-table-test.ts'

/** The tests that a worker offers, by the names of the functions. */
export type WorkerTest =
  'exactLikelihoodRatioTest' | 'exactLinearByLinearTest' | 'exactPearsonTest' | 'fisherFreemanHaltonTest' | 'testAssociation'

/** What a worker is asked: to run a test, or to stop one. */
export type WorkerRequest =
  | {
      /** Run a test. */
      readonly kind: 'run'
      /** Number of the request. */
      readonly id: number
      /** Which test. */
      readonly test: WorkerTest
      /** Its table. */
      readonly table: unknown
      /** Its options, without functions and signals. */
      readonly options: object
    }
  | {
      /** Stop a test. */
      readonly kind: 'abort'
      /** Number of the request to stop. */
      readonly id: number
    }

/** What a worker answers. */
export type WorkerResponse =
  | {
      /** A test is under way. */
      readonly kind: 'progress'
      /** Number of the request. */
      readonly id: number
      /** How far it has come. */
      readonly progress: ExactProgress
    }
  | {
      /** A test has ended. */
      readonly kind: 'result'
      /** Number of the request. */
      readonly id: number
      /** What the function returned. */
      readonly result: unknown
    }
  | {
      /** A test has failed or was stopped. */
      readonly kind: 'error'
      /** Number of the request. */
      readonly id: number
      /** Name of the error. */
      readonly name: string
      /** Code of a `StatsError`; `null` for other errors. */
      readonly code: string | null
      /** What went wrong. */
      readonly message: string
    }

/** One end of a channel: a `Worker`, the global scope of a worker, a `MessagePort`, or those of Node. */
export interface MessageEnd {
  /** Sends a message to the other end. */
  readonly postMessage: (message: unknown) => void
  /** Listens as browsers do. */
  readonly addEventListener?: (type: 'message', listener: (event: object) => void) => void
  /** Listens as Node does. */
  readonly on?: (type: 'message', listener: (message: unknown) => void) => unknown
  /** Needed by message ports in browsers. */
  readonly start?: () => void
}

/** Listens for messages on either kind of end. */
export function listen(end: MessageEnd, listener: (message: unknown) => void): void {
  if (end.on !== undefined) end.on('message', listener)
  else end.addEventListener?.('message', (event) => listener((event as { readonly data: unknown }).data))
  end.start?.()
}
