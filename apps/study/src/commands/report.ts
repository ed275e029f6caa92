import { Option } from 'commander'
import { type AddCommand } from '../cli.ts'
import { defaultThreshold } from '../analysis/default-threshold.ts'
import { loadConfig } from '../config.ts'
import { exitCode } from '../exit-code.ts'
import { readRound } from '../input.ts'
import { runStudy } from '../pipeline.ts'
import { publishedStudy } from '../published-study.ts'
import { docx } from '../report/docx.ts'
import { markdown } from '../report/markdown.ts'
import { exemplarsIn, reproduce } from '../reproduction.ts'
import { withConfig } from './config-option.ts'
import { examples } from './examples.ts'
import { withProgress } from './progress.ts'
import { writeResult } from './write-result.ts'

interface ReportOptions {
  readonly config?: string
  readonly format: 'html' | 'docx' | 'md'
  readonly json?: boolean
  readonly out?: string
}

/** `study report [FILE]`: one self-contained HTML page of your round, or of the printed study where no file is named. */
export const reportCommand: AddCommand = (program, streams, ended) => {
  withConfig(program.command('report'))
    .argument('[file]', 'responses, or - for standard input; the printed study where none are given')
    .description('write one self-contained page: summary, tables with CSV, charts, methods, provenance')
    .addOption(
      new Option('--format <format>', 'html; or without charts docx, which word processors open, or md')
        .choices(['html', 'docx', 'md'])
        .default('html'),
    )
    .option('--json', 'print what the report is made of as JSON')
    .option('--out <file>', 'where to write it (default: report.html, .docx or .md; the terminal for JSON)')
    .addHelpText(
      'after',
      examples(
        'report',
        'report answers.xlsx --config study.yaml --out report.html',
        'report answers.csv --config study.yaml --format docx',
      ),
    )
    .action(async (file: string | undefined, options: ReportOptions) => {
      const text = await withProgress(streams, 'writing the report', () => (file === undefined ? ofPrint(options) : ofRound(file, options)))
      await writeResult(text, options.out ?? (options.json ? undefined : `report.${options.format}`), streams)
      ended(exitCode.ok)
    })
}

const texts = { docx, md: markdown } as const

// Charts take their time to load, and no other command needs them.

async function ofPrint({ format, json }: ReportOptions): Promise<string | Uint8Array> {
  const study = publishedStudy()
  const result = reproduce(study, {
    definition: 'core-26',
    exemplarTeams: exemplarsIn['core-26'],
    confidenceLevel: 0.95,
    threshold: defaultThreshold('adjustedP'),
    asOf: study.publication.published,
  })
  if (json) return `${JSON.stringify(result, null, 2)}\n`
  const { reproductionReport, reproductionDocument } = await import('../report/reproduction-report.ts')
  return format === 'html' ? reproductionReport(result) : texts[format](reproductionDocument(result))
}

async function ofRound(file: string, { config: configFile, format, json }: ReportOptions): Promise<string | Uint8Array> {
  const config = await loadConfig(configFile)
  const result = runStudy(await readRound(file, config), config)
  if (json) return `${JSON.stringify(result, null, 2)}\n`
  const { studyReport, studyDocument } = await import('../report/study-report.ts')
  return format === 'html' ? studyReport(result) : texts[format](studyDocument(result))
}
