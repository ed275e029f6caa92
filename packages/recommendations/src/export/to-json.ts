import { type Report } from './report.ts'

/**
 * A report as JSON text, indented by two blanks and ended by a line break; the same report gives the same bytes.
 *
 * @param report - the report
 *
 * @example
 * ```ts @import.meta.vitest
 * const { studyModel } = await import('../model/study-model.ts')
 * const { report } = await import('./report.ts')
 *
 * expect(JSON.parse(toJson(report(studyModel, [])))).toMatchObject({ kind: 'recommendations', evaluations: [] })
 * ```
 */
export function toJson(report: Report): string {
  return `${JSON.stringify(report, null, 2)}\n`
}
