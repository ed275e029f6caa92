import { createHash } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { type FoiResponse } from '@open-digital-capability/schema'
import { type Issue, readResponses, type ReadSummary } from '@open-digital-capability/schema/read'
import { type StudyConfig } from './config.ts'
import { exitCode, UserError } from './exit-code.ts'

/** A round of answers as read, with every fault found on the way. */
export interface Round {
  /** Name of the file, without its folder. */
  readonly file: string
  /** SHA-256 of its bytes, so that a reader can tell which data a report is of. */
  readonly sha256: string
  readonly records: readonly FoiResponse[]
  readonly issues: readonly Issue[]
  readonly summary: ReadSummary
}

/** Reads a file of responses: CSV, XLSX, JSON or NDJSON, told by its content. */
export async function readRound(file: string, config: StudyConfig): Promise<Round> {
  const bytes = await readFile(file).catch((error: Error) => {
    throw new UserError(exitCode.unreadable, `cannot read ${file}: ${error.message}`)
  })
  const { records, issues, summary } = readResponses(bytes, config.questions, { headers: config.columns })
  return {
    file: file.replace(/^.*[\\/]/, ''),
    sha256: createHash('sha256').update(bytes).digest('hex'),
    records: records,
    issues,
    summary,
  }
}
