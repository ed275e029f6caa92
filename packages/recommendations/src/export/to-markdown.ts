import { type Status } from '../logic/rule-program.ts'
import { type Report, type ReportedEvaluation, type ReportedRecommendation } from './report.ts'

const headings: Readonly<Record<Status, string>> = {
  applies: 'What to do',
  unknown: 'What cannot be said yet',
  'already-met': 'What is met already',
  'not-applicable': 'What does not concern it',
}

/**
 * A report as Markdown: for each subject what to do, in full; what cannot be said yet and what to ask; what is met, and what does not
 * concern it.
 *
 * @param report - the report
 *
 * @example
 * ```ts @import.meta.vitest
 * const { evaluate } = await import('../evaluate/evaluate.ts')
 * const { studyModel } = await import('../model/study-model.ts')
 * const { report } = await import('./report.ts')
 *
 * expect(toMarkdown(report(studyModel, [evaluate(studyModel, { id: 'R0A', kind: 'trust', facts: {} })]))).toContain('## R0A')
 * ```
 */
export function toMarkdown(report: Report): string {
  const lines = ['# Recommendations', '', escape(report.about), '', report.order, '']
  if (report.synthetic) lines.push('**SYNTHETIC: some of the records behind this are made up.**', '')
  for (const evaluation of report.evaluations) lines.push(...evaluationLines(evaluation))
  lines.push(`Model ${report.model}, version ${report.modelVersion}. Not affiliated with or endorsed by the NHS.`, '')
  return lines.join('\n')
}

function evaluationLines(evaluation: ReportedEvaluation): readonly string[] {
  const { subject, name, recommendations, askNext, asOf, changedThresholds } = evaluation
  const lines = [`## ${escape(name === null ? subject : `${name} (${subject})`)}`, '']
  if (asOf !== null) lines.push(`As of ${asOf}.`, '')
  const changed = Object.entries(changedThresholds)
  if (changed.length > 0) lines.push(`Limits changed: ${changed.map(([id, value]) => `${id} = ${value}`).join(', ')}.`, '')
  for (const status of ['applies', 'unknown', 'already-met', 'not-applicable'] as const) {
    const some = recommendations.filter((recommendation) => recommendation.status === status)
    if (some.length === 0) continue
    lines.push(`### ${headings[status]}`, '')
    lines.push(...some.flatMap(status === 'applies' ? inFull : inShort), ...(status === 'applies' ? [] : ['']))
    if (status === 'unknown' && askNext.length > 0) {
      lines.push('What to ask next, by how much it would decide:', '')
      for (const { indicator, need, rules } of askNext) lines.push(`- ${indicator} (${need.replaceAll('-', ' ')}): ${rules.join(', ')}`)
      lines.push('')
    }
  }
  return lines
}

function inFull({ explanation, details, priority }: ReportedRecommendation): readonly string[] {
  const [, ...rest] = explanation.paragraph
  const { evidence, impact, effort, gap } = priority
  return [
    `#### ${escape(details.title)}`,
    '',
    `**${escape(explanation.sentence.text)}**`,
    '',
    escape(rest.map(({ text }) => text).join(' ')),
    '',
    `- Priority: evidence ${evidence}, impact ${impact}, effort ${effort}, gap ${gap === null ? 'not known' : gap.toFixed(3)}, id ${details.id}`,
    `- For: ${details.audience}`,
    ...(explanation.sources.length === 0 ? [] : [`- Sources: ${escape(explanation.sources.join('; '))}`]),
    ...(details.references.length === 0 ? [] : [`- Standards: ${details.references.map(referenceLine).join('; ')}`]),
    '- Trace:',
    ...explanation.trace.map((line) => `  - ${escape(line)}`),
    '',
  ]
}

function inShort({ explanation }: ReportedRecommendation): readonly string[] {
  return [`- ${escape(explanation.sentence.text)}`]
}

function referenceLine({ title, section, url }: ReportedRecommendation['details']['references'][number]): string {
  const text = escape(section === undefined ? title : `${title}, ${section}`)
  // A model that came by another way than `parseModel` may hold an address that a browser would run.
  return url !== undefined && /^https?:\/\/[^\s<>]+$/.test(url) ? `[${text}](<${url}>)` : text
}

/** Text from outside as Markdown shows it word for word: on one line, from left to right, with no sign that Markdown or HTML would read. */
function escape(text: string): string {
  return text
    .replaceAll(/[\r\n\v\f\u0085\u2028\u2029]+/g, ' ')
    .replaceAll(/\p{Cc}|[\u200E\u200F\u202A-\u202E\u2066-\u2069]/gu, '')
    .trim()
    .replaceAll(/[\\`*_[\]<>|#~&$]/g, '\\$&')
    .replace(/^([-+=]|\d+(?=[.)]))/, (start) => (/\d/.test(start) ? `${start}\\` : `\\${start}`))
}
