import { type IssueCode } from '../issue.ts'

/** Why a workbook cannot be read. Thrown within the reader only, which turns it into an issue. */
export class WorkbookError extends Error {
  /** Always `'WorkbookError'`. */
  override readonly name: string = 'WorkbookError'
  /** Code of the issue. */
  readonly code: IssueCode
  /** What to do about it. */
  readonly hint: string | null

  constructor(message: string, hint: string | null = null, code: IssueCode = 'not-xlsx') {
    super(message)
    this.code = code
    this.hint = hint
  }
}
