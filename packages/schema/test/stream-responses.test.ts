import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import os from 'node:os'
import path from 'node:path'
import { Readable } from 'node:stream'
import { fc, test } from '@fast-check/vitest'
import { afterAll, beforeAll, describe, expect } from 'vitest'
import { readResponsesCsv, studyQuestionnaire } from '../src/index.ts'
import { readResponsesFile, streamResponses } from '../src/node/index.ts'
import { readResponsesNdjson, readResponses } from '../src/read/index.ts'
import { writeResponsesNdjson } from '../src/write/index.ts'

const csv = [
  'ODS code,name,has team,technologies,disclosed,open source',
  'R0A,"Manchester, Çity",Y,"C#\nPython – and more",yes,Always',
  'R0B,"Quoted ""name""",no,,,',
  'R0A,again,no,,,',
  ',nobody,no,,,',
  'R0D,😀,perhaps,,,',
].join('\r\n')

async function streamed(source: Iterable<Uint8Array> | AsyncIterable<Uint8Array> | string, options = {}) {
  const stream = streamResponses(source, studyQuestionnaire, options)
  const records: unknown[] = []
  for await (const record of stream) records.push(record)
  return { records, issues: stream.issues, summary: stream.summary() }
}

const pieces = (bytes: Uint8Array, cuts: readonly number[]): Uint8Array[] => {
  const at = [0, ...cuts.map((cut) => cut % (bytes.length + 1)).sort((a, b) => a - b), bytes.length]
  return at.slice(1).map((end, index) => bytes.slice(at[index], end))
}
const windows1252 = (text: string): Uint8Array => Uint8Array.from(text, (sign) => (sign === '–' ? 0x96 : sign.charCodeAt(0) & 0xff))

describe('properties', () => {
  const texts = { csv, mark: `\ufeff${csv}`, semicolons: csv.replaceAll(',', ';'), empty: '', header: csv.slice(0, 30) }
  const cuts = fc.array(fc.nat({ max: 400 }), { maxLength: 12 })

  test.prop([fc.constantFrom(...Object.values(texts)), cuts])(
    'a stream gives what the whole text gives, however it is cut',
    async (text, at) => {
      const bytes = new TextEncoder().encode(text)
      expect(await streamed(pieces(bytes, at))).toEqual(readResponsesCsv(bytes, studyQuestionnaire))
    },
  )

  test.prop([cuts])('Windows-1252 too', async (at) => {
    const bytes = windows1252(csv.replace('😀', 'é'))
    const [stream, whole] = [await streamed(pieces(bytes, at)), readResponsesCsv(bytes, studyQuestionnaire)]
    // A stream meets the first such byte later than the headers.
    const byCode = (issues: typeof whole.issues): unknown => [...issues].sort((a, b) => (a.code < b.code ? -1 : 1))
    expect({ ...stream, issues: byCode(stream.issues) }).toEqual({ ...whole, issues: byCode(whole.issues) })
  })

  test.prop([cuts])('NDJSON too', async (at) => {
    const { records } = readResponsesCsv(csv, studyQuestionnaire)
    const text = `${writeResponsesNdjson(records, studyQuestionnaire, { origin: 'supplied' })}{"organisation":"R1A","hasTeam":false}\n[1]\n{`
    const result = await streamed(pieces(new TextEncoder().encode(text), at))
    expect(result).toEqual(readResponsesNdjson(new TextEncoder().encode(text), studyQuestionnaire))
    expect(result.records.slice(0, records.length)).toEqual(records)
  })
})

describe('files', () => {
  let folder = ''
  beforeAll(async () => void (folder = await mkdtemp(path.join(os.tmpdir(), 'responses-'))))
  afterAll(() => rm(folder, { recursive: true }))

  test('by path, as a whole and as a stream', async () => {
    const file = path.join(folder, 'round.csv')
    await writeFile(file, csv)
    const whole = await readResponsesFile(file, studyQuestionnaire)
    expect(whole).toEqual(readResponses(Buffer.from(csv), studyQuestionnaire))
    expect(await streamed(file)).toEqual(whole)
    expect(await streamed(Readable.from([Buffer.from(csv)]))).toEqual(whole)
  })

  test('one that is not there rejects', async () => {
    await expect(streamed(path.join(folder, 'none.csv'))).rejects.toThrow('ENOENT')
  })
})

test('leaving a stream early leaves the rest unread', async () => {
  let sent = 0
  const endless = function* (): Generator<Uint8Array> {
    for (;;) yield new TextEncoder().encode(sent++ === 0 ? 'organisation,hasTeam\n' : `T${sent},yes\n`)
  }
  for await (const { organisation } of streamResponses(endless(), studyQuestionnaire, { format: 'csv' })) if (organisation === 'T99') break
  expect(sent).toBeLessThan(110)
})
