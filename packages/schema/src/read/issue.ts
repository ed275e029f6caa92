/**
 * What is wrong with outside data.
 *
 * Of the whole file: `empty-file`, `no-organisation-column`, `missing-column`, `duplicate-column`, `unknown-column`,
 * `rows-above-headers`, `row-too-long`, `too-many-columns`, `too-many-rows`, `file-too-large`, `unterminated-quote`, `windows-1252`,
 * `invalid-utf-8`, `not-json`, `not-xlsx`, `unknown-sheet`, `hidden-sheet`, `other-sheets`, `hidden-cells`,
 * `merged-cells`, `formula`, `too-many-issues`, `newer-schema-version`, `invalid-document`.
 *
 * Of a row: `extra-cells`, `short-row`, `missing-organisation`, `invalid-organisation`, `duplicate-organisation`,
 * `totals-row`, `duplicate-key`, `invalid-record`.
 *
 * Of a cell: `stray-quote`, `unreadable-answer`, `ambiguous-date`, `impossible-date`, `ambiguous-number`, `out-of-range`,
 * `not-allowed-missing`, `not-applicable`, `answered-though-not-asked`, `answered-though-gate-missing`, `status-against-answers`,
 * `unknown-group-value`, `unreadable-status`, `control-character`, `lone-surrogate`, `replacement-character`, `cell-too-long`,
 * `error-value`.
 */
export type IssueCode =
  | 'empty-file'
  | 'no-organisation-column'
  | 'missing-column'
  | 'duplicate-column'
  | 'unknown-column'
  | 'rows-above-headers'
  | 'row-too-long'
  | 'too-many-columns'
  | 'too-many-rows'
  | 'file-too-large'
  | 'unterminated-quote'
  | 'windows-1252'
  | 'invalid-utf-8'
  | 'not-json'
  | 'not-xlsx'
  | 'unknown-sheet'
  | 'hidden-sheet'
  | 'other-sheets'
  | 'hidden-cells'
  | 'merged-cells'
  | 'formula'
  | 'too-many-issues'
  | 'newer-schema-version'
  | 'invalid-document'
  | 'extra-cells'
  | 'short-row'
  | 'missing-organisation'
  | 'invalid-organisation'
  | 'duplicate-organisation'
  | 'totals-row'
  | 'duplicate-key'
  | 'invalid-record'
  | 'stray-quote'
  | 'unreadable-answer'
  | 'ambiguous-date'
  | 'impossible-date'
  | 'ambiguous-number'
  | 'out-of-range'
  | 'not-allowed-missing'
  | 'not-applicable'
  | 'answered-though-not-asked'
  | 'answered-though-gate-missing'
  | 'status-against-answers'
  | 'unknown-group-value'
  | 'unreadable-status'
  | 'control-character'
  | 'lone-surrogate'
  | 'replacement-character'
  | 'cell-too-long'
  | 'error-value'

/** One fault of outside data, with its place. */
export interface Issue {
  /** `error` where something could not be taken as it stands, `warning` where it was taken and should be looked at. */
  readonly severity: 'error' | 'warning'
  /** Row as a spreadsheet numbers it, from 1 with the headers; line for NDJSON; `null` where the fault is of the whole file. */
  readonly row: number | null
  /** Header of the column, as it stands in the file; `null` where the fault is of no one column. */
  readonly column: string | null
  /** Cell as a spreadsheet names it, such as `C7`; `null` where the fault is of no one cell. */
  readonly cell: string | null
  /** What stands there, cut after 200 characters; `null` where the fault is of no one value. */
  readonly value: string | null
  /** What is wrong, for programs. */
  readonly code: IssueCode
  /** What is wrong, for people. */
  readonly message: string
  /** What to do about it; `null` where the message says all. */
  readonly hint: string | null
}

/** How a spreadsheet names a column: 0 is `A`, 25 is `Z`, 26 is `AA`. */
export function columnLetters(index: number): string {
  let letters = ''
  for (let rest = index + 1; rest > 0; rest = Math.floor((rest - 1) / 26)) {
    letters = String.fromCharCode(65 + ((rest - 1) % 26)) + letters
  }
  return letters
}

const longest = 200

/** A value cut to what an issue shows, without splitting a character in two. */
export function clipped(value: string): string {
  if (value.length <= longest) return value
  const last = value.charCodeAt(longest - 1)
  const end = last >= 0xd800 && last <= 0xdbff ? longest - 1 : longest
  return `${value.slice(0, end)}…`
}
