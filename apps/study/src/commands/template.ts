import { type Questionnaire } from '@open-digital-capability/schema'
import { csvTemplate, xlsxTemplate } from '@open-digital-capability/schema/interchange'
import { readCsvRows } from '@open-digital-capability/schema/read'
import { type AddCommand } from '../cli.ts'
import { loadConfig } from '../config.ts'
import { exitCode } from '../exit-code.ts'
import { withConfig } from './config-option.ts'
import { examples } from './examples.ts'
import { writeResult } from './write-result.ts'

/** A template as data. */
export interface TemplateDocument {
  /** Headers of the columns, in order. */
  readonly columns: readonly string[]
  /** One note a column, by the headers of the notes. */
  readonly notes: readonly Readonly<Record<string, string>>[]
}

/** `study template`: a blank file that a trust can fill in. */
export const templateCommand: AddCommand = (program, streams, ended) => {
  withConfig(program.command('template'))
    .description('write a blank CSV or XLSX for the answers, with notes on each column')
    .option('--json', 'print the columns and notes as JSON')
    .option('--out <file>', 'where to write it: a name that ends in .csv or .xlsx; CSV to the terminal without')
    .addHelpText('after', examples('template --out answers.xlsx', 'template --config study.yaml --out answers.csv'))
    .action(async (options: { config?: string; json?: boolean; out?: string }) => {
      const { questions } = await loadConfig(options.config)
      if (options.json) {
        await writeResult(`${JSON.stringify(templateOf(questions), null, 2)}\n`, options.out, streams)
      } else if (options.out?.toLowerCase().endsWith('.xlsx')) {
        await writeResult(xlsxTemplate(questions), options.out, streams)
      } else {
        const { responses, notes } = csvTemplate(questions)
        await writeResult(responses, options.out, streams)
        if (options.out !== undefined) await writeResult(notes, options.out.replace(/(\.csv)?$/i, '-notes.csv'), streams)
      }
      ended(exitCode.ok)
    })
}

/** The template as data: the headers of its columns, and its notes by their headers. */
function templateOf(questions: Questionnaire): TemplateDocument {
  const { responses, notes } = csvTemplate(questions)
  const [columns] = readCsvRows(responses).rows
  const [headers, ...lines] = readCsvRows(notes).rows
  return {
    columns: columns?.cells ?? [],
    notes: lines.map(({ cells }) => Object.fromEntries((headers?.cells ?? []).map((header, j) => [header, cells[j] ?? '']))),
  }
}
