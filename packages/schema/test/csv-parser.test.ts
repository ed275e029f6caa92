import { fc, test } from '@fast-check/vitest'
import { parse } from 'csv-parse/sync'
import Papa from 'papaparse'
import { describe, expect } from 'vitest'
import { createCsvParser, type CsvFault } from '../src/read/csv-parser.ts'

interface Parsed {
  readonly rows: string[][]
  readonly strays: string[]
  readonly fault: CsvFault | undefined
}

function parsed(pieces: readonly string[], bounds: { maxRowLength?: number; maxColumns?: number } = {}, delimiter = ','): Parsed {
  const rows: string[][] = []
  const strays: string[] = []
  let fault: CsvFault | undefined
  const parser = createCsvParser({
    delimiter,
    maxRowLength: 1e6,
    maxColumns: 1e4,
    ...bounds,
    onRow: (cells) => rows.push(cells),
    onStrayQuote: (row, column) => strays.push(`${row}:${column}`),
    onFault: (found) => (fault = found),
  })
  for (const piece of pieces) parser.write(piece)
  parser.end()
  return { rows, strays, fault }
}

describe('reference values', () => {
  test.each([
    ['', []],
    ['\n', [['']]],
    ['a', [['a']]],
    ['a,', [['a', '']]],
    [',\r\n', [['', '']]],
    [
      'a,b\r\nc,d\r\n',
      [
        ['a', 'b'],
        ['c', 'd'],
      ],
    ],
    ['a\rb\nc\r\n\r\nd', [['a'], ['b'], ['c'], [''], ['d']]],
    ['"a,""b""\r\nc",d', [['a,"b"\r\nc', 'd']]],
    ['"",""\n""', [['', ''], ['']]],
    ['""""', [['"']]],
    ['a"b,c', [['a"b', 'c']]],
    ['"a"b,c', [['ab', 'c']]],
  ])('%j', (text, rows) => {
    expect(parsed([text]).rows).toEqual(rows)
  })

  test('a quote where none may stand is told of, once a cell', () => {
    expect(parsed(['a"b"c,"d"e"f,g\n"x" ,y'])).toMatchObject({ strays: ['1:0', '1:1', '2:0'] })
  })
})

const cell = fc.string({ unit: fc.constantFrom('a', 'b', ',', ';', '"', '\n', '\r', ' ', '\t', 'é', '😀', '\0'), maxLength: 8 })
const table = fc
  .integer({ min: 1, max: 5 })
  .chain((width) => fc.array(fc.array(cell, { minLength: width, maxLength: width }), { minLength: 1, maxLength: 6 }))
const written = (rows: readonly (readonly string[])[], lineBreak: string): string =>
  rows.map((cells) => cells.map((text) => `"${text.replaceAll('"', '""')}"`).join(',')).join(lineBreak)
const messy = fc.string({ unit: fc.constantFrom('a', ',', '"', '\n', '\r', '\r\n', ' ', 'é'), maxLength: 40 })

describe('properties', () => {
  test.prop([table, fc.constantFrom('\n', '\r\n', '\r')])('cells in quotes come back as they were', (rows, lineBreak) => {
    expect(parsed([written(rows, lineBreak)]).rows).toEqual(rows)
  })

  test.prop([messy, fc.array(fc.nat({ max: 40 }), { maxLength: 6 })], { numRuns: 500 })(
    'how a text is cut into pieces does not matter',
    (text, cuts) => {
      const at = [0, ...cuts.map((cut) => Math.min(cut, text.length)).sort((a, b) => a - b), text.length]
      const pieces = at.slice(1).map((end, index) => text.slice(at[index], end))
      expect(parsed(pieces)).toEqual(parsed([text]))
    },
  )

  test.prop([table, fc.constantFrom('\n', '\r\n')])('csv-parse and papaparse read the same cells', (rows, lineBreak) => {
    const text = written(rows, lineBreak)
    expect(parse(text, { relax_column_count: true, record_delimiter: lineBreak })).toEqual(rows)
    expect(Papa.parse<string[]>(text, { delimiter: ',', newline: lineBreak }).data).toEqual(rows)
  })

  test.prop([
    fc.array(fc.string({ unit: fc.constantFrom('a', ' ', 'b', '.', '0'), minLength: 1, maxLength: 6 }), { minLength: 1, maxLength: 30 }),
  ])('texts without quotes are cut where the signs are', (cells) => {
    expect(parsed([cells.join(';')], {}, ';').rows).toEqual([cells])
  })
})

describe('refusals', () => {
  test.each([
    ['unterminated-quote', ['a,"b\nc,d\n']],
    ['row-too-long', ['a'.repeat(600), 'a'.repeat(600)]],
    ['row-too-long', [`"${'a\n'.repeat(300)}`, 'a\n'.repeat(300)]],
    ['too-many-columns', [','.repeat(100)]],
    ['too-many-columns', Array<string>(30).fill('a,')],
  ])('%s', (fault, pieces) => {
    expect(parsed(pieces, { maxRowLength: 1000, maxColumns: 20 }).fault).toBe(fault)
  })

  test('nothing follows a fault', () => {
    expect(parsed([`${','.repeat(100)}\n`, 'a,b\n', 'c,d'], { maxColumns: 20 }).rows).toEqual([])
  })
})
