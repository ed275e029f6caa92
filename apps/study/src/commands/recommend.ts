import { adviceForTrust, adviceFromPrint, adviceFromRound } from '../advice.ts'
import { type AddCommand } from '../cli.ts'
import { loadConfig } from '../config.ts'
import { exitCode, UserError } from '../exit-code.ts'
import { trustFinder } from '../find-trust.ts'
import { readRound } from '../input.ts'
import { adviceText } from '../show/advice-text.ts'
import { withConfig } from './config-option.ts'
import { dateOption } from './date-option.ts'
import { examples } from './examples.ts'
import { withProgress } from './progress.ts'
import { writeResult } from './write-result.ts'

interface RecommendOptions {
  readonly config?: string
  readonly trust?: string
  readonly asOf?: string
  readonly json?: boolean
  readonly out?: string
}

/** `study recommend [FILE]`: the advice that a round, or the printed study, supports. */
export const recommendCommand: AddCommand = (program, streams, ended) => {
  withConfig(program.command('recommend'))
    .argument('[file]', 'responses: CSV, XLSX, JSON or NDJSON, or - for standard input; the printed study where none are given')
    .description('the advice that a round of answers supports, each recommendation with its trace')
    .option('--trust <code>', 'advice for one organisation of the file, by its code')
    .option(
      '--as-of <date>',
      'day as of which advice is given, since old data count for less (default: that of the config, or of publication)',
      dateOption,
    )
    .option('--json', 'print the result as JSON')
    .option('--out <file>', 'write to a file instead of the terminal')
    .addHelpText(
      'after',
      examples('recommend', 'recommend answers.csv --config study.yaml --trust R0A', 'recommend answers.csv --as-of 2026-06-30 --json'),
    )
    .action(async (file: string | undefined, options: RecommendOptions) => {
      const advice = await withProgress(streams, 'reading the answers', () => adviceOf(file, options))
      await writeResult(
        options.json ? `${JSON.stringify(advice, null, 2)}\n` : adviceText(advice, Math.min(streams.columns, 120)),
        options.out,
        streams,
      )
      ended(exitCode.ok)
    })
}

async function adviceOf(file: string | undefined, { config: configFile, trust, asOf }: RecommendOptions) {
  if (file === undefined) {
    if (trust !== undefined)
      throw new UserError(exitCode.usage, 'the printed study holds no answers of single trusts; name a file of responses with --trust')
    if (configFile !== undefined) throw new UserError(exitCode.usage, 'a config goes with a file of responses; name one')
    return adviceFromPrint(asOf)
  }
  const loaded = await loadConfig(configFile)
  const config = asOf === undefined ? loaded : { ...loaded, asOf }
  if (trust === undefined) return adviceFromRound(await readRound(file, config), config)
  const finder = trustFinder(trust)
  const round = await readRound(file, config, finder.add)
  return adviceForTrust(round, config, finder.done(file))
}
