import { type Command, Option } from 'commander'
import { type AddCommand } from '../cli.ts'
import { exitCode } from '../exit-code.ts'
import { publishedStudy } from '../published-study.ts'
import { exemplarsIn, type PrintDefinition, reproduce } from '../reproduction.ts'
import { reproductionText } from '../show/reproduction-text.ts'
import { defaultThreshold } from '../analysis/default-threshold.ts'
import { dateOption } from './date-option.ts'
import { examples } from './examples.ts'
import { numberOption } from './number-option.ts'
import { writeResult } from './write-result.ts'

interface ReproduceOptions {
  readonly definition: PrintDefinition
  readonly exemplarTeams?: number
  readonly confidenceLevel: number
  readonly asOf?: string
  readonly json?: boolean
  readonly out?: string
}

/** `study reproduce`: the printed study. */
export const reproduceCommand: AddCommand = (program: Command, streams, ended) => {
  program
    .command('reproduce')
    .description('recompute the printed study: funnel, capability, audit, feasible comparisons, technologies, recommendations')
    .addOption(
      new Option('--definition <name>', 'who counts as an exemplar: the 26 exemplars, or the 49 of the programme')
        .choices(Object.keys(exemplarsIn))
        .default('core-26'),
    )
    .option(
      '--exemplar-teams <count>',
      'how many of the teams belong to exemplars; not printed (default: all that the definition holds)',
      numberOption({ integer: true, minimum: 0, maximum: 138 }),
    )
    .option('--confidence-level <share>', 'level of the intervals', numberOption({ minimum: 0.5, maximum: 0.999 }), 0.95)
    .option(
      '--as-of <date>',
      'day as of which advice is given, since old data count for less (default: the day of publication)',
      dateOption,
    )
    .option('--json', 'print the result as JSON')
    .option('--out <file>', 'write to a file instead of the terminal')
    .addHelpText('after', examples('reproduce', 'reproduce --definition programme --json --out study.json'))
    .action(async (options: ReproduceOptions) => {
      const study = publishedStudy()
      const result = reproduce(study, {
        definition: options.definition,
        exemplarTeams: options.exemplarTeams ?? exemplarsIn[options.definition],
        confidenceLevel: options.confidenceLevel,
        threshold: defaultThreshold('adjustedP'),
        asOf: options.asOf ?? study.publication.published,
      })
      await writeResult(
        options.json ? `${JSON.stringify(result, null, 2)}\n` : reproductionText(result, Math.min(streams.columns, 120)),
        options.out,
        streams,
      )
      ended(result.audit.every(({ asRecorded }) => asRecorded) ? exitCode.ok : exitCode.findings)
    })
}
