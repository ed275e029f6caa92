import { type Questionnaire } from '../questionnaire/questionnaire.ts'
import { createCellEscape } from '../read/cell-escape.ts'
import { quoted } from '../write/write-responses.ts'
import { writeWorkbook } from '../write/write-workbook.ts'
import { notesOnMissing, templateColumns } from './template-notes.ts'

/** A blank table as CSV, with its notes. */
export interface CsvTemplate {
  /** The table: headers and no rows. */
  readonly responses: string
  /** What goes into each column, and how a missing answer is written. */
  readonly notes: string
}

/**
 * A blank CSV table that an organisation can fill in, and a second one with notes on its columns.
 *
 * @param questionnaire - the questionnaire
 *
 * @example
 * ```ts @import.meta.vitest
 * const { studyQuestionnaire } = await import('../questionnaire/study-questionnaire.ts')
 * const { readResponsesCsv } = await import('../read/read-responses-csv.ts')
 *
 * const { issues } = readResponsesCsv(csvTemplate(studyQuestionnaire).responses, studyQuestionnaire)
 *
 * expect(issues).toEqual([])
 * ```
 */
export function csvTemplate(questionnaire: Questionnaire): CsvTemplate {
  const { escape } = createCellEscape(questionnaire)
  const csvOf = (rows: readonly (readonly string[])[]): string =>
    `\ufeff${rows.map((cells) => cells.map((cell) => quoted(escape(cell), ',')).join(',')).join('\r\n')}\r\n`
  return { responses: csvOf([templateColumns(questionnaire).map(({ header }) => header)]), notes: csvOf(notesOf(questionnaire)) }
}

/**
 * A blank XLSX workbook that an organisation can fill in: a sheet "Responses" with lists to choose from, and a sheet "Notes".
 *
 * The same questionnaire gives the same bytes.
 *
 * @param questionnaire - the questionnaire
 * @returns the bytes of the workbook
 *
 * @example
 * ```ts @import.meta.vitest
 * const { studyQuestionnaire } = await import('../questionnaire/study-questionnaire.ts')
 * const { readResponsesXlsx } = await import('../read/read-responses-xlsx.ts')
 *
 * const { issues, summary } = readResponsesXlsx(xlsxTemplate(studyQuestionnaire), studyQuestionnaire)
 *
 * expect(issues).toEqual([])
 * expect(summary.sheet).toBe('Responses')
 * ```
 */
export function xlsxTemplate(questionnaire: Questionnaire): Uint8Array {
  const columns = templateColumns(questionnaire)
  const choices = new Map(columns.flatMap(({ choices }, index) => (choices === undefined ? [] : [[index, choices] as const])))
  return writeWorkbook([
    {
      name: 'Responses',
      rows: [columns.map(({ header }) => header)],
      widths: columns.map(({ header }) => (header.length > 20 ? 32 : 16)),
      choices,
    },
    { name: 'Notes', rows: notesOf(questionnaire), widths: [48, 40, 48, 40], choices: new Map() },
  ])
}

function notesOf(questionnaire: Questionnaire): readonly (readonly string[])[] {
  return [
    ['Column', 'What goes in', 'When', 'Help'],
    ...templateColumns(questionnaire).map(({ header, answer, when, help }) => [header, answer, when, help]),
    ['', '', '', ''],
    ['Where there is no answer', 'Write', '', ''],
    ...notesOnMissing.map(([where, write]) => [where, write, '', '']),
    ['', '', '', ''],
    [questionnaire.title, questionnaire.about ?? '', '', ''],
  ]
}
