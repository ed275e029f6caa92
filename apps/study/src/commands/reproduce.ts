import { type Command } from 'commander'
import { type AddCommand } from '../cli.ts'
import { exitCode } from '../exit-code.ts'
import { publishedStudy } from '../published-study.ts'
import { reproduce } from '../reproduction.ts'
import { reproductionText } from '../show/reproduction-text.ts'
import { defaultThreshold } from '../analysis/default-threshold.ts'
import { dateOption } from './date-option.ts'
import { examples } from './examples.ts'
import { numberOption } from './number-option.ts'
import { writeResult } from './write-result.ts'

/** `study reproduce`: the printed study. */
export const reproduceCommand: AddCommand = (program: Command, streams, ended) => {
  program
    .command('reproduce')
    .description('recompute the printed study: funnel, capability, audit, feasible comparisons, technologies, recommendations')
    .option(
      '--exemplar-teams <count>',
      'how many of the teams belong to exemplars; not printed',
      numberOption({ integer: true, minimum: 0, maximum: 138 }),
      26,
    )
    .option('--confidence-level <share>', 'level of the intervals', numberOption({ minimum: 0.5, maximum: 0.999 }), 0.95)
    .option(
      '--as-of <date>',
      'day as of which advice is given, since old data count for less (default: the day of publication)',
      dateOption,
    )
    .option('--json', 'print the result as JSON')
    .option('--out <file>', 'write to a file instead of the terminal')
    .addHelpText('after', examples('reproduce', 'reproduce --exemplar-teams 22 --json --out study.json'))
    .action(async (options: { exemplarTeams: number; confidenceLevel: number; asOf?: string; json?: boolean; out?: string }) => {
      const study = publishedStudy()
      const result = reproduce(study, {
        exemplarTeams: options.exemplarTeams,
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
