import { type Report } from './report.ts'

const columns = [
  'subject',
  'name',
  'kind',
  'rule',
  'title',
  'status',
  'blocked',
  'evidence',
  'certainty',
  'impact',
  'effort',
  'gap',
  'audience',
  'theme',
  'sentence',
  'trace',
  'ask next',
  'sources',
  'standards',
  'model',
  'as of',
  'synthetic',
] as const

/**
 * A report as CSV (RFC 4180), one row a recommendation. A cell that a spreadsheet would run as a formula gets an apostrophe before it.
 *
 * @param report - the report
 *
 * @see OWASP, CSV Injection, https://owasp.org/www-community/attacks/CSV_Injection
 *
 * @example
 * ```ts @import.meta.vitest
 * const { evaluate } = await import('../evaluate/evaluate.ts')
 * const { studyModel } = await import('../model/study-model.ts')
 * const { report } = await import('./report.ts')
 * const csv = toCsv(report(studyModel, [evaluate(studyModel, { id: '=cmd()', kind: 'trust', facts: {} })]))
 *
 * expect(csv.split('\r\n')[1]?.startsWith("'=cmd(),")).toBe(true)
 * ```
 */
export function toCsv(report: Report): string {
  const rows = report.evaluations.flatMap((evaluation) =>
    evaluation.recommendations.map(({ rule, status, blocked, grade, certainty, priority, explanation, details, askNext }) => [
      evaluation.subject,
      evaluation.name ?? '',
      evaluation.kind,
      rule,
      details.title,
      status,
      blocked ? 'yes' : 'no',
      grade,
      certainty.level,
      priority.impact,
      priority.effort,
      priority.gap === null ? '' : String(priority.gap),
      details.audience,
      details.theme,
      explanation.sentence.text,
      explanation.trace.join(' | '),
      (askNext?.decisive ?? []).map(({ indicator, need }) => `${indicator}: ${need}`).join(' | '),
      explanation.sources.join(' | '),
      details.references.map(({ title, section }) => (section === undefined ? title : `${title}, ${section}`)).join(' | '),
      `${report.model} ${report.modelVersion}`,
      evaluation.asOf ?? '',
      report.synthetic ? 'yes' : 'no',
    ]),
  )
  return [columns, ...rows].map((row) => `${row.map(cell).join(',')}\r\n`).join('')
}

// Full-width forms are taken for the plain ones by spreadsheets set to Japanese and Chinese.
const formula = /^[=+\-@\t\r\n＝＋－＠]/

function cell(text: string): string {
  const safe = formula.test(text) ? `'${text}` : text
  return /[",\r\n]|^\s|\s$/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe
}
