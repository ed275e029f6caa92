/** Runs one task in a process of its own and prints what it took; started by index.ts. */
import { readFileSync } from 'node:fs'
import { parse } from 'csv-parse/sync'
import Papa from 'papaparse'
import { readResponsesCsv } from '../src/index.ts'
import { streamResponses } from '../src/node/index.ts'
import { createCsvParser } from '../src/read/csv-parser.ts'
import { questionnaire } from './synthetic-csv.ts'

const rows = 100_000
const [task = '', file = ''] = process.argv.slice(2)

function ownParser(csv: string): number {
  const all: string[][] = []
  const parser = createCsvParser({
    delimiter: ',',
    maxRowLength: Infinity,
    maxColumns: Infinity,
    onRow: (cells) => all.push(cells),
    onFault: () => undefined,
  })
  parser.write(csv)
  parser.end()
  return all.length
}

const parsers: Readonly<Record<string, (csv: string) => number>> = {
  'own parser': ownParser,
  papaparse: (csv) => Papa.parse(csv, { delimiter: ',', newline: '\r\n' }).data.length,
  'csv-parse': (csv) => (parse(csv, { relax_column_count: true }) as unknown[]).length,
  read: (csv) => {
    const { records, summary } = readResponsesCsv(csv, questionnaire)
    if (records.length !== rows || summary.errors > 0) throw new Error(JSON.stringify(summary))
    return records.length
  },
}

const mebibytes = (bytes: number): number => Math.round(bytes / 2 ** 20)
/** Time of the processor, which a busy machine does not stretch as it does the time of the clock. */
const processorTime = (): number => (process.cpuUsage().user + process.cpuUsage().system) / 1000
let time: number
let before = 0
const parser = parsers[task]
if (parser) {
  const csv = readFileSync(file, 'utf8')
  before = process.memoryUsage().rss
  const start = processorTime()
  parser(csv)
  time = processorTime() - start
} else {
  const count = Number(task)
  const stream = streamResponses(file, questionnaire)
  const start = processorTime()
  let records = 0
  for await (const _ of stream) records += 1
  time = processorTime() - start
  if (records !== count) throw new Error(JSON.stringify(stream.summary()))
}
const peak = process.resourceUsage().maxRSS * 1024
console.log(JSON.stringify({ time, peak: mebibytes(peak), before: mebibytes(before) }))
