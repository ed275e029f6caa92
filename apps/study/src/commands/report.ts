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
import { examples } from './examples.ts'
import { withProgress } from './progress.ts'
import { writeResult } from './write-result.ts'

interface ReportOptions {
  readonly config?: string
  readonly format: 'html' | 'md'
  readonly json?: boolean
  readonly out?: string
}

/** `study report [FILE]`: one self-contained HTML page of your round, or of the printed study where no file is named. */
export const reportCommand: AddCommand = (program, streams, ended) => {
  withConfig(program.command('report'))
    .argument('[file]', 'responses; the printed study where none are given')
    .description('write one self-contained page: summary, tables with CSV, charts, methods, provenance')
    .addOption(new Option('--format <format>', 'html, or md: the same tables for a word processor').choices(['html', 'md']).default('html'))
    .option('--json', 'print what the report is made of as JSON')
    .option('--out <file>', 'where to write it (default: report.html or report.md; the terminal for JSON)')
    .addHelpText('after', examples('report', 'report answers.xlsx --config study.yaml --out report.html', 'report answers.csv --json'))
    .action(async (file: string | undefined, options: ReportOptions) => {
      const text = await withProgress(streams, 'writing the report', () => (file === undefined ? ofPrint(options) : ofRound(file, options)))
      await writeResult(text, options.out ?? (options.json ? undefined : `report.${options.format}`), streams)
      ended(exitCode.ok)
    })
}

// Charts take their time to load, and no other command needs them.

async function ofPrint({ format, json }: ReportOptions): Promise<string> {
  const study = publishedStudy()
  const result = reproduce(study, {
    exemplarTeams: 26,
    confidenceLevel: 0.95,
    threshold: defaultThreshold('adjustedP'),
    asOf: study.publication.published,
  })
  if (json) return `${JSON.stringify(result, null, 2)}\n`
  const { reproductionReport, reproductionMarkdown } = await import('../report/reproduction-report.ts')
  return (format === 'md' ? reproductionMarkdown : reproductionReport)(result)
}

async function ofRound(file: string, { config: configFile, format, json }: ReportOptions): Promise<string> {
  const config = await loadConfig(configFile)
  const result = runStudy(await readRound(file, config), config)
  if (json) return `${JSON.stringify(result, null, 2)}\n`
  const { studyReport, studyMarkdown } = await import('../report/study-report.ts')
  return (format === 'md' ? studyMarkdown : studyReport)(result)
}
