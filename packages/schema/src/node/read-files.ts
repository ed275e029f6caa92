import { createReadStream } from 'node:fs'
import { open, readFile } from 'node:fs/promises'
import { type Questionnaire } from '../questionnaire/questionnaire.ts'
import { type ResponseOf } from '../questionnaire/response-of.ts'
import { complainOfEncoding, createPieceDecoder, createUtf8Check, encodingOfStart } from '../read/decode-text.ts'
import { createIssueLog } from '../read/issue-log.ts'
import { type ReadOptions } from '../read/read-options.ts'
import { readResponses, responseFormat } from '../read/read-responses.ts'
import { createCsvResponseReader } from '../read/read-responses-csv.ts'
import { createNdjsonResponseReader } from '../read/read-responses-json.ts'
import { type ReadResult } from '../read/read-result.ts'

/**
 * The records of a file of responses: CSV, JSON, NDJSON or XLSX, told by its first bytes.
 *
 * CSV and NDJSON are read piece by piece, so that only the records are held; {@link streamResponses} does not hold these either. A
 * file that is not there or not readable rejects with the error of Node, since that is no fault of the data.
 *
 * @param path - path of the file
 * @param questionnaire - what the columns hold
 * @param options - dialect, sheet, order of dates and bounds
 *
 * @example
 * ```ts @import.meta.vitest
 * const { studyQuestionnaire } = await import('../questionnaire/study-questionnaire.ts')
 *
 * await expect(readResponsesFile('no-such-file.csv', studyQuestionnaire)).rejects.toThrow('ENOENT')
 * ```
 */
export async function readResponsesFile<const Q extends Questionnaire>(
  path: string,
  questionnaire: Q,
  options: ReadOptions = {},
): Promise<ReadResult<ResponseOf<Q>>> {
  const start = await startOf(path)
  const format = responseFormat(start)
  if (format === 'json' || format === 'xlsx') return readResponses(await readFile(path), questionnaire, options)

  const log = createIssueLog(options.maxIssues ?? 10_000)
  let encoding = encodingOfStart(start)?.encoding
  if (encoding === undefined || encoding === 'utf-8') {
    // Whether a file is UTF-8 is known at its end only, so it is gone through twice.
    const check = createUtf8Check()
    for await (const piece of createReadStream(path)) check.write(piece as Uint8Array)
    const isValid = check.end()
    encoding ??= isValid ? 'utf-8' : 'windows-1252'
    complainOfEncoding(log, encoding, isValid)
  }
  const decode = createPieceDecoder(encoding)

  const records: ResponseOf<Q>[] = []
  const create = format === 'csv' ? createCsvResponseReader : createNdjsonResponseReader
  const reader = create(questionnaire, options, log, (record) => records.push(record as ResponseOf<Q>))
  let isOpen = true
  for await (const piece of createReadStream(path)) {
    isOpen = reader.write(decode(piece as Uint8Array, false))
    if (!isOpen) break
  }
  if (isOpen) reader.write(decode(new Uint8Array(0), true))
  reader.end()
  return { records, issues: log.issues, summary: reader.summary(encoding) }
}

/** The first bytes of a file, as many as tell what it is. */
async function startOf(path: string): Promise<Uint8Array> {
  const file = await open(path)
  try {
    const { buffer, bytesRead } = await file.read(new Uint8Array(65_536), 0, 65_536, 0)
    return buffer.subarray(0, bytesRead)
  } finally {
    await file.close()
  }
}
