import { Option } from 'commander'
import { type AddCommand } from '../cli.ts'
import { defaultThreshold } from '../analysis/default-threshold.ts'
import { loadConfig } from '../config.ts'
import { exitCode } from '../exit-code.ts'
import { readRound } from '../input.ts'
import { runStudy } from '../pipeline.ts'
import { publishedStudy } from '../published-study.ts'
import { reproduce } from '../reproduction.ts'
import { withConfig } from './config-option.ts'
import { withProgress } from './progress.ts'
import { writeResult } from './write-result.ts'

/** `study report [FILE]`: one self-contained HTML page of your round, or of the printed study where no file is named. */
export const reportCommand: AddCommand = (program, streams, ended) => {
  withConfig(program.command('report'))
    .argument('[file]', 'responses; the printed study where none are given')
    .description('write one self-contained page: summary, tables with CSV, charts, methods, provenance')
    .addOption(new Option('--format <format>', 'html, or md: the same tables for a word processor').choices(['html', 'md']).default('html'))
    .option('--out <file>', 'where to write it (default: report.html or report.md)')
    .action(async (file: string | undefined, options: { config?: string; format: 'html' | 'md'; out?: string }) => {
      const text = await withProgress(streams, 'writing the report', async () => {
        // Charts take their time to load, and no other command needs them.
        if (file === undefined) {
          const { reproductionReport, reproductionMarkdown } = await import('../report/reproduction-report.ts')
          const study = publishedStudy()
          return (options.format === 'md' ? reproductionMarkdown : reproductionReport)(
            reproduce(study, {
              exemplarTeams: 26,
              confidenceLevel: 0.95,
              threshold: defaultThreshold('adjustedP'),
              asOf: study.publication.published,
            }),
          )
        }
        const { studyReport, studyMarkdown } = await import('../report/study-report.ts')
        const config = await loadConfig(options.config)
        return (options.format === 'md' ? studyMarkdown : studyReport)(runStudy(await readRound(file, config), config))
      })
      await writeResult(text, options.out ?? `report.${options.format}`, streams)
      ended(exitCode.ok)
    })
}
