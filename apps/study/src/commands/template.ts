import { csvTemplate, xlsxTemplate } from '@open-digital-capability/schema/interchange'
import { type AddCommand } from '../cli.ts'
import { loadConfig } from '../config.ts'
import { exitCode } from '../exit-code.ts'
import { withConfig } from './config-option.ts'
import { writeResult } from './write-result.ts'

/** `study template`: a blank file that a trust can fill in. */
export const templateCommand: AddCommand = (program, streams, ended) => {
  withConfig(program.command('template'))
    .description('write a blank CSV or XLSX for the answers, with notes on each column')
    .option('--out <file>', 'where to write it: a name that ends in .csv or .xlsx; CSV to the terminal without')
    .action(async (options: { config?: string; out?: string }) => {
      const { questions } = await loadConfig(options.config)
      if (options.out?.toLowerCase().endsWith('.xlsx')) {
        await writeResult(xlsxTemplate(questions), options.out, streams)
      } else {
        const { responses, notes } = csvTemplate(questions)
        await writeResult(responses, options.out, streams)
        if (options.out !== undefined) await writeResult(notes, options.out.replace(/(\.csv)?$/i, '-notes.csv'), streams)
      }
      ended(exitCode.ok)
    })
}
