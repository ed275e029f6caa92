import { type IssueCode } from '../issue.ts'

/** Why a workbook cannot be read. Thrown within the reader only, which turns it into an issue. */
export class WorkbookError extends Error {
  /** Always `'WorkbookError'`. */
  override readonly name: string = 'WorkbookError'
  /** Code of the issue. */
  readonly code: IssueCode
  /** What to do about it. */
  readonly hint: string

  constructor(
    message: string,
    hint = 'Open it with a spreadsheet program, and save it anew as XLSX or as CSV.',
    code: IssueCode = 'not-xlsx',
  ) {
    super(message)
    this.code = code
    this.hint = hint
  }
}
