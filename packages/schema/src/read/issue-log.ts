import { type Issue, type IssueCode } from './issue.ts'

/** Collects issues up to a bound, and counts all of them. */
export interface IssueLog {
  /** The issues so far, at most as many as the bound and one that says so. */
  readonly issues: Issue[]
  /** Adds an issue. */
  readonly add: (issue: Issue) => void
  /** Adds an issue of the whole file. */
  readonly addOfFile: (severity: Issue['severity'], code: IssueCode, message: string, hint: string) => void
  /** Numbers of issues, for the summary. */
  readonly counts: () => { readonly errors: number; readonly warnings: number; readonly issuesByCode: Readonly<Record<string, number>> }
}

/** An empty log. */
export function createIssueLog(maxIssues: number): IssueLog {
  const issues: Issue[] = []
  const byCode = new Map<string, number>()
  let errors = 0
  let warnings = 0
  let total = 0
  let full = false

  const add = (issue: Issue): void => {
    total += 1
    if (issue.severity === 'error') errors += 1
    else warnings += 1
    byCode.set(issue.code, (byCode.get(issue.code) ?? 0) + 1)
    if (total <= maxIssues) {
      issues.push(issue)
    } else if (!full) {
      full = true
      issues.push({
        severity: 'warning',
        row: null,
        column: null,
        cell: null,
        value: null,
        code: 'too-many-issues',
        message: `only the first ${maxIssues} issues are listed; the summary counts all of them`,
        hint: 'Mend these first, or raise the option maxIssues.',
      })
    }
  }

  return {
    issues,
    add,
    addOfFile: (severity, code, message, hint) => add({ severity, row: null, column: null, cell: null, value: null, code, message, hint }),
    counts: () => ({
      errors,
      warnings,
      issuesByCode: Object.fromEntries([...byCode].sort(([a], [b]) => (a < b ? -1 : 1))),
    }),
  }
}
