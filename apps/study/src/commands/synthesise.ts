import { type ResponseOf, studyQuestionnaire } from '@open-digital-capability/schema'
import { writeResponsesCsv, writeResponsesJson } from '@open-digital-capability/schema/write'
import { type AddCommand } from '../cli.ts'
import { exitCode } from '../exit-code.ts'
import { publishedStudy } from '../published-study.ts'
import { printedMargins } from '../synthesise/margins.ts'
import { syntheticRound } from '../synthesise/synthetic-round.ts'
import { examples } from './examples.ts'
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
    .option('--json', 'print the records as JSON')
    .option('--out <file>', 'write the records to a file instead of the terminal')
    .addHelpText('after', examples('synthesise --out round.csv', 'synthesise --seed 7 --odds-ratio 3 --exemplars 40'))
    .action(async (options: { seed: number; exemplars: number; oddsRatio: number; json?: boolean; out?: string }) => {
      const records = await withProgress(streams, 'making up a round', async () =>
        Promise.resolve(syntheticRound(printedMargins(publishedStudy()), options)),
      )
      const typed = records as unknown as ResponseOf<typeof studyQuestionnaire>[]
      await writeResult(
        options.json
          ? writeResponsesJson(typed, studyQuestionnaire, {
              origin: 'synthetic',
              title: 'A made-up round whose margins equal the printed ones',
            })
          : writeResponsesCsv(typed, studyQuestionnaire),
        options.out,
        streams,
      )
      ended(exitCode.ok)
    })
}
