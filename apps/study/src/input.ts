import { createHash, type Hash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { open, readFile, stat } from 'node:fs/promises'
import path from 'node:path'
import { buffer } from 'node:stream/consumers'
import { type FoiResponse, type WebsiteSearchRecord, websiteSearchRecordSchema } from '@open-digital-capability/schema'
import { streamResponses } from '@open-digital-capability/schema/node'
import { type Issue, readResponses, type ReadSummary, responseFormat } from '@open-digital-capability/schema/read'
import * as z from 'zod'
import { type CodedRound, roundCoder } from './analysis/coded-round.ts'
import { type WebsiteSearchFile } from './analysis/search-agreement.ts'
import { type StudyConfig } from './config.ts'
import { exitCode, UserError } from './exit-code.ts'
import { reasonOf } from './file-fault.ts'

/** A round of answers as read, with every fault found on the way. */
export interface Round {
  /** Name of the file, without its folder. */
  readonly file: string
  /** SHA-256 of its bytes, so that a reader can tell which data a report is of. */
  readonly sha256: string
  /** The answers, as numbers. */
  readonly coded: CodedRound
  readonly issues: readonly Issue[]
  readonly summary: ReadSummary
  /** Website searches by several people, where the config names a file of them. */
  readonly searches: WebsiteSearchFile | null
}

/** Reads a file of responses with one record or more: CSV, XLSX, JSON or NDJSON, told by its content; CSV and NDJSON row by row, at any length. */
export async function readRound(file: string, config: StudyConfig, visit: (record: FoiResponse) => void = () => undefined): Promise<Round> {
  const hash = createHash('sha256')
  const coder = roundCoder(config)
  const add = (record: FoiResponse): void => {
    coder.add(record)
    visit(record)
  }
  const options = { headers: config.columns }
  const { issues, summary } = await readable(file, async () => {
    const whole = await pipedBytes(file)
    const format = responseFormat(whole ?? (await firstBytes(file)))
    if (whole === null && (format === 'csv' || format === 'ndjson')) {
      const stream = streamResponses(hashed(file, hash), config.questions, { ...options, format })
      for await (const record of stream) add(record)
      return { issues: stream.issues, summary: stream.summary() }
    }
    const bytes = whole ?? (await readFile(file))
    hash.update(bytes)
    const read = readResponses(bytes, config.questions, options)
    for (const record of read.records) add(record)
    return read
  })
  const because = issues.find(({ severity }) => severity === 'error') ?? issues[0]
  if (summary.records === 0)
    throw new UserError(exitCode.unreadable, `${file} holds no readable record${because === undefined ? '' : `: ${because.message}`}`)
  return {
    file: file === '-' ? 'standard input' : path.basename(file),
    sha256: hash.digest('hex'),
    coded: coder.done(),
    issues,
    summary,
    searches: config.websiteSearches === undefined ? null : await readSearches(config.websiteSearches),
  }
}

async function readable<Result>(file: string, read: () => Promise<Result>): Promise<Result> {
  try {
    return await read()
  } catch (error) {
    if (!(error instanceof Error && 'syscall' in error)) throw error
    throw new UserError(exitCode.unreadable, `cannot read ${file}: ${reasonOf(error)}`)
  }
}

/** All bytes of what cannot be read twice, standard input (`-`) or another pipe; `null` for a file. */
async function pipedBytes(file: string): Promise<Uint8Array | null> {
  if (file === '-') return buffer(process.stdin)
  const found = await stat(file)
  return found.isFIFO() || found.isCharacterDevice() || found.isSocket() ? readFile(file) : null
}

async function firstBytes(file: string): Promise<Uint8Array> {
  const handle = await open(file)
  try {
    const { buffer, bytesRead } = await handle.read(new Uint8Array(65_536), 0, 65_536, 0)
    return buffer.subarray(0, bytesRead)
  } finally {
    await handle.close()
  }
}

async function* hashed(file: string, hash: Hash): AsyncGenerator<Uint8Array> {
  for await (const piece of createReadStream(file)) {
    hash.update(piece as Uint8Array)
    yield piece as Uint8Array
  }
}

const searchesSchema = z.union([
  z.array(websiteSearchRecordSchema),
  z.strictObject({ kind: z.literal('website-searches'), schemaVersion: z.int(), records: z.array(websiteSearchRecordSchema) }),
])

/** Reads website searches: a JSON list of them, or the document of that kind. */
async function readSearches(file: string): Promise<WebsiteSearchFile> {
  const bytes = await readable(file, () => readFile(file))
  let value: unknown
  try {
    value = JSON.parse(bytes.toString('utf8'))
  } catch {
    throw new UserError(exitCode.unreadable, `${file} is not JSON`)
  }
  const parsed = searchesSchema.safeParse(value)
  if (!parsed.success) throw new UserError(exitCode.unreadable, `${file} holds no website searches: ${z.prettifyError(parsed.error)}`)
  const records: readonly WebsiteSearchRecord[] = Array.isArray(parsed.data) ? parsed.data : parsed.data.records
  return { file: path.basename(file), sha256: createHash('sha256').update(bytes).digest('hex'), records }
}
