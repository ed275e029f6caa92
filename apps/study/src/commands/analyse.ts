import { type AddCommand } from '../cli.ts'
import { loadConfig } from '../config.ts'
import { exitCode } from '../exit-code.ts'
import { readRound } from '../input.ts'
import { runStudy } from '../pipeline.ts'
import { studyText } from '../show/study-text.ts'
import { withConfig } from './config-option.ts'
import { examples } from './examples.ts'
import { withProgress } from './progress.ts'
import { writeResult } from './write-result.ts'

/** `study analyse FILE`: the whole study of a round of answers. */
export const analyseCommand: AddCommand = (program, streams, ended) => {
  withConfig(program.command('analyse'))
    .argument('<file>', 'responses: CSV, XLSX, JSON or NDJSON; - for standard input')
    .description('run the whole study on your own round of answers')
    .option('--json', 'print the result as JSON')
    .option('--out <file>', 'write to a file instead of the terminal')
    .addHelpText('after', examples('analyse answers.xlsx --config study.yaml', 'analyse answers.csv --json --out study.json'))
    .action(async (file: string, options: { config?: string; json?: boolean; out?: string }) => {
      const config = await loadConfig(options.config)
      const result = await withProgress(streams, `analysing ${file}`, async () => {
        return runStudy(await readRound(file, config), config)
      })
      await writeResult(
        options.json ? `${JSON.stringify(result, null, 2)}\n` : studyText(result, Math.min(streams.columns, 120)),
        options.out,
        streams,
      )
      ended(result.reading.errors === 0 ? exitCode.ok : exitCode.findings)
    })
}
