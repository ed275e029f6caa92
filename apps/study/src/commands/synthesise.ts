import { type ResponseOf, studyQuestionnaire } from '@open-digital-capability/schema'
import { writeResponsesCsv } from '@open-digital-capability/schema/write'
import { type AddCommand } from '../cli.ts'
import { exitCode } from '../exit-code.ts'
import { publishedStudy } from '../published-study.ts'
import { printedMargins } from '../synthesise/margins.ts'
import { syntheticRound } from '../synthesise/synthetic-round.ts'
import { numberOption } from './number-option.ts'
import { withProgress } from './progress.ts'
import { writeResult } from './write-result.ts'

/** `study synthesise`: a made-up round whose margins equal the printed ones. */
export const synthesiseCommand: AddCommand = (program, streams, ended) => {
  program
    .command('synthesise')
    .description('make up a round of answers whose margins equal the printed ones, the same bytes for the same options')
    .option('--seed <number>', 'which round', numberOption({ integer: true, minimum: 0, maximum: Number.MAX_SAFE_INTEGER }), 66398)
    .option('--exemplars <count>', 'how many are exemplars', numberOption({ integer: true, minimum: 0, maximum: 191 }), 26)
    .option('--odds-ratio <number>', 'odds ratio of yes for exemplars', numberOption({ minimum: 0.01, maximum: 100 }), 1)
    .option('--out <file>', 'write the CSV to a file instead of the terminal')
    .action(async (options: { seed: number; exemplars: number; oddsRatio: number; out?: string }) => {
      const records = await withProgress(streams, 'making up a round', async () =>
        Promise.resolve(syntheticRound(printedMargins(publishedStudy()), options)),
      )
      await writeResult(
        writeResponsesCsv(records as unknown as ResponseOf<typeof studyQuestionnaire>[], studyQuestionnaire),
        options.out,
        streams,
      )
      ended(exitCode.ok)
    })
}
