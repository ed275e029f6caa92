import { createReadStream } from 'node:fs'
import { type Questionnaire } from '../questionnaire/questionnaire.ts'
import { type ResponseOf } from '../questionnaire/response-of.ts'
import { createIssueLog } from '../read/issue-log.ts'
import { type Issue } from '../read/issue.ts'
import { type ReadOptions, type ReadSummary } from '../read/read-options.ts'
import { createCsvResponseReader } from '../read/read-responses-csv.ts'
import { createNdjsonResponseReader } from '../read/read-responses-json.ts'
import { responseFormat } from '../read/read-responses.ts'
import { createStreamDecoder } from '../read/stream-decoder.ts'
import { type FoiResponse } from '../responses/foi-response.ts'

/** Records that come one by one, with the issues beside them. */
export interface ResponseStream<Response> extends AsyncIterable<Response> {
  /** The issues so far. */
  readonly issues: readonly Issue[]
  /** What was read so far, in numbers; `complete` once the stream has come to its end. */
  readonly summary: () => ReadSummary
}

/** How a stream is read. */
export interface StreamOptions extends ReadOptions {
  /** What the stream is. @defaultValue told from its first bytes: NDJSON where it starts with an object, else CSV */
  readonly format?: 'csv' | 'ndjson'
}

/**
 * The records of a CSV or NDJSON file of any length, one by one, in bounded memory: one piece of the file, one row, the issues up to
 * `maxIssues`, and the identifiers of the organisations, by which duplicates are known.
 *
 * @param source - path of a file, or its bytes or text in pieces: a stream of Node or of the web, or anything that can be iterated
 * @param questionnaire - what the columns hold
 * @param options - format, dialect, order of dates and bounds
 * @returns the records, to be iterated once
 *
 * @example
 * ```ts @import.meta.vitest
 * const { studyQuestionnaire } = await import('../questionnaire/study-questionnaire.ts')
 * const pieces = ['organisation,has', 'Team\nR0A,y', 'es\n'].map((piece) => new TextEncoder().encode(piece))
 *
 * const stream = streamResponses(pieces, studyQuestionnaire)
 * for await (const { organisation } of stream) expect(organisation).toBe('R0A')
 *
 * expect(stream.summary()).toMatchObject({ records: 1, complete: true })
 * ```
 */
export function streamResponses<const Q extends Questionnaire>(
  source: string | AsyncIterable<Uint8Array | string> | Iterable<Uint8Array | string>,
  questionnaire: Q,
  options: StreamOptions = {},
): ResponseStream<ResponseOf<Q>> {
  const log = createIssueLog(options.maxIssues ?? 10_000)
  const decoder = createStreamDecoder(log)
  const ready: FoiResponse[] = []
  const onRecord = (record: FoiResponse): void => void ready.push(record)
  let reader: ReturnType<typeof createCsvResponseReader> | undefined

  const started = (text: string): ReturnType<typeof createCsvResponseReader> => {
    const format = options.format ?? (responseFormat(text) === 'csv' ? 'csv' : 'ndjson')
    const create = format === 'csv' ? createCsvResponseReader : createNdjsonResponseReader
    return create(questionnaire, options, log, onRecord)
  }

  async function* records(): AsyncGenerator<ResponseOf<Q>> {
    let open = true
    for await (const given of typeof source === 'string' ? createReadStream(source) : source) {
      const piece = given as Uint8Array | string
      const text = typeof piece === 'string' ? piece : decoder.decode(piece)
      if (text === '') continue
      reader ??= started(text)
      open = reader.write(text)
      yield* ready.splice(0) as ResponseOf<Q>[]
      if (!open) break
    }
    const rest = decoder.end()
    reader ??= started(rest)
    if (open && (rest === '' || reader.write(rest))) reader.end()
    yield* ready.splice(0) as ResponseOf<Q>[]
  }

  const iterator = records()
  return {
    issues: log.issues,
    summary: () => (reader ?? started('')).summary(decoder.encoding()),
    [Symbol.asyncIterator]: () => iterator,
  }
}
