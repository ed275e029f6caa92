import { type Questionnaire } from '../questionnaire/questionnaire.ts'
import { type ResponseOf } from '../questionnaire/response-of.ts'
import { type ReadOptions } from './read-options.ts'
import { readResponsesCsv } from './read-responses-csv.ts'
import { readResponsesJson, readResponsesNdjson } from './read-responses-json.ts'
import { readResponsesXlsx } from './read-responses-xlsx.ts'
import { type ReadResult } from './read-result.ts'
import { createPieceDecoder, encodingOfStart } from './decode-text.ts'
import { bytesOf } from './source-bytes.ts'

/** What a file of responses is, by its first bytes. */
export type ResponseFormat = 'csv' | 'json' | 'ndjson' | 'xlsx'

/**
 * What a file of responses is, by its first bytes: `PK` heads an XLSX workbook, `[` or an object over several lines JSON, an object
 * that ends with its line NDJSON, and anything else is CSV.
 *
 * @param start - the first bytes or signs; a few thousand are enough
 *
 * @example
 * ```ts @import.meta.vitest
 * expect(responseFormat('organisation,hasTeam')).toBe('csv')
 * expect(responseFormat('{"organisation":"R0A"}\n{"organisation":"R0B"}\n')).toBe('ndjson')
 * ```
 */
export function responseFormat(start: string | Uint8Array): ResponseFormat {
  if (typeof start !== 'string') {
    const [first, second] = start
    if ((first === 0x50 && second === 0x4b) || (first === 0xd0 && second === 0xcf)) return 'xlsx'
  }
  const text = (typeof start === 'string' ? start : decoded(start.subarray(0, 65_536))).replace(/^\ufeff/, '').trimStart()
  if (text.startsWith('[')) return /^\[\s*(?:[{\]]|$)/.test(text) ? 'json' : 'csv'
  if (!text.startsWith('{')) return 'csv'
  const line = /^[^\r\n]*/.exec(text)?.[0] ?? ''
  try {
    const value: unknown = JSON.parse(line)
    return typeof value === 'object' && value !== null && 'records' in value ? 'json' : 'ndjson'
  } catch {
    return 'json'
  }
}

function decoded(start: Uint8Array): string {
  return createPieceDecoder(encodingOfStart(start)?.encoding ?? 'utf-8')(start, false)
}

/**
 * The records of a file of responses, whatever it is: CSV, JSON, NDJSON or XLSX, told by {@link responseFormat}.
 *
 * @param source - the text, or the bytes
 * @param questionnaire - what the columns hold
 * @param options - dialect, sheet, order of dates and bounds
 *
 * @example
 * ```ts @import.meta.vitest
 * const { studyQuestionnaire } = await import('../questionnaire/study-questionnaire.ts')
 *
 * expect(readResponses('organisation;hasTeam\nR0A;yes\n', studyQuestionnaire).summary).toMatchObject({ format: 'csv', delimiter: ';' })
 * ```
 */
export function readResponses<const Q extends Questionnaire>(
  source: string | Uint8Array | ArrayBuffer,
  questionnaire: Q,
  options: ReadOptions = {},
): ReadResult<ResponseOf<Q>> {
  const data = typeof source === 'string' ? source : bytesOf(source)
  const format = responseFormat(data)
  switch (format) {
    case 'csv':
      return readResponsesCsv(data, questionnaire, options)
    case 'json':
      return readResponsesJson(data, questionnaire, options)
    case 'ndjson':
      return readResponsesNdjson(data, questionnaire, options)
    case 'xlsx':
      return readResponsesXlsx(typeof data === 'string' ? new TextEncoder().encode(data) : data, questionnaire, options)
  }
}
