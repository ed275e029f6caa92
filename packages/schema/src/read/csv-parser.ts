/** Where a CSV text ends early, because reading on would not be bounded or would make no sense. */
export type CsvFault = 'row-too-long' | 'too-many-columns' | 'unterminated-quote'

/** How {@link createCsvParser} cuts and what it tells. */
export interface CsvParserOptions {
  /** Sign between cells: one character, not a quote or a line break. */
  readonly delimiter: string
  /** Greatest length of a row in UTF-16 units. */
  readonly maxRowLength: number
  /** Greatest number of cells in a row. */
  readonly maxColumns: number
  /** Takes one row: its cells, which it may keep, and its number from 1. */
  readonly onRow: (cells: string[], row: number) => void
  /** Told of a quote inside an unquoted cell, or of text after the closing quote, with the text of the cell. */
  readonly onStrayQuote?: (row: number, column: number, cell: string) => void
  /** Told why parsing ended early, and what of the last cell was read; nothing follows it. */
  readonly onFault: (fault: CsvFault, row: number, column: number, cell: string) => void
}

/** A CSV text being read piece by piece. */
export interface CsvParser {
  /** Reads the next piece; `false` once parsing has ended early. */
  readonly write: (text: string) => boolean
  /** Reads what is left and ends. */
  readonly end: () => void
}

const enum State {
  CellStart,
  Unquoted,
  Quoted,
  QuoteInQuoted,
  AfterQuoted,
  Ended,
}

const QUOTE = 34
const LINE_FEED = 10
const CARRIAGE_RETURN = 13

/**
 * A parser of RFC 4180 CSV that takes its text in pieces of any size and holds one row at a time.
 *
 * Line breaks are CRLF, LF or CR; quoted cells may hold them. A quote inside an unquoted cell, and text after a closing quote, are
 * kept as text and told of. An empty line is a row of one empty cell, so that rows keep the numbers which a spreadsheet gives them.
 *
 * @see RFC 4180, section 2
 */
export function createCsvParser({ delimiter, maxRowLength, maxColumns, onRow, onStrayQuote, onFault }: CsvParserOptions): CsvParser {
  const separator = delimiter.charCodeAt(0)
  let state: State = State.CellStart
  let cells: string[] = []
  let row = 1
  /** What of the present cell stood in earlier pieces, or before a doubled quote. */
  let carried = ''
  /** Units of the present row in earlier pieces. */
  let carriedLength = 0
  let skipLineFeed = false
  let rowHasText = false
  let strayQuote = false

  const fail = (fault: CsvFault): void => {
    const [column, cell] = [cells.length, carried]
    state = State.Ended
    cells = []
    carried = ''
    onFault(fault, row, column, cell)
  }

  const write = (text: string): boolean => {
    if (state === State.Ended) return false
    const length = text.length
    let position = 0
    let cellStart = 0
    let rowStart = 0

    if (skipLineFeed && length > 0) {
      skipLineFeed = false
      if (text.charCodeAt(0) === LINE_FEED) position = cellStart = rowStart = 1
    }

    while (position < length) {
      if (state === State.Quoted) {
        const quote = text.indexOf('"', position)
        if (quote === -1) break
        carried += text.slice(cellStart, quote)
        position = quote + 1
        cellStart = position
        state = State.QuoteInQuoted
        continue
      }

      let code = text.charCodeAt(position)

      if (state === State.QuoteInQuoted) {
        if (code === QUOTE) {
          carried += '"'
          position += 1
          cellStart = position
          state = State.Quoted
          continue
        }
        state = State.AfterQuoted
        strayQuote ||= code !== separator && code !== LINE_FEED && code !== CARRIAGE_RETURN
      } else if (state === State.CellStart) {
        if (code === QUOTE) {
          rowHasText = true
          state = State.Quoted
          position += 1
          cellStart = position
          continue
        }
        state = State.Unquoted
      }

      let quotes = false
      while (code !== separator && code !== LINE_FEED && code !== CARRIAGE_RETURN) {
        if (code === QUOTE) quotes = true
        position += 1
        if (position === length) break
        code = text.charCodeAt(position)
      }
      strayQuote ||= quotes
      if (position === length) break

      // A cell ends here.
      const cell = carried === '' ? text.slice(cellStart, position) : carried + text.slice(cellStart, position)
      if (strayQuote) {
        strayQuote = false
        onStrayQuote?.(row, cells.length, cell)
      }
      cells.push(cell)
      carried = ''
      state = State.CellStart
      rowHasText = true
      if (cells.length > maxColumns) {
        fail('too-many-columns')
        return false
      }
      position += 1
      if (code !== separator) {
        if (carriedLength + position - rowStart > maxRowLength) {
          fail('row-too-long')
          return false
        }
        if (code === CARRIAGE_RETURN) {
          if (position === length) skipLineFeed = true
          else if (text.charCodeAt(position) === LINE_FEED) position += 1
        }
        const finished = cells
        cells = []
        carriedLength = 0
        rowStart = position
        rowHasText = false
        onRow(finished, row)
        row += 1
      }
      cellStart = position
    }

    if (cellStart < length) carried += text.slice(cellStart)
    if (rowStart < length) rowHasText = true
    carriedLength += length - rowStart
    if (carriedLength > maxRowLength) {
      fail('row-too-long')
      return false
    }
    return true
  }

  const end = (): void => {
    if (state === State.Ended) return
    if (state === State.Quoted) {
      fail('unterminated-quote')
      return
    }
    if (rowHasText) {
      if (strayQuote) onStrayQuote?.(row, cells.length, carried)
      cells.push(carried)
      if (cells.length > maxColumns) {
        fail('too-many-columns')
        return
      }
      onRow(cells, row)
    }
    state = State.Ended
  }

  return { write, end }
}
