import { readFile } from 'node:fs/promises'
import { type Questionnaire } from '../questionnaire/questionnaire.ts'
import { type ResponseOf } from '../questionnaire/response-of.ts'
import { type ReadOptions } from '../read/read-options.ts'
import { readResponses } from '../read/read-responses.ts'
import { type ReadResult } from '../read/read-result.ts'

/**
 * The records of a file of responses: CSV, JSON, NDJSON or XLSX, told by its first bytes.
 *
 * The file is read as a whole; {@link streamResponses} reads one of any length. A file that is not there or not readable rejects with
 * the error of Node, since that is no fault of the data.
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
  return readResponses(await readFile(path), questionnaire, options)
}
