import { type AddCommand } from '../cli.ts'
import { loadConfig } from '../config.ts'
import { type ValidationDocument } from '../documents.ts'
import { exitCode, UserError } from '../exit-code.ts'
import { readRound, type Round } from '../input.ts'
import { tableLines } from '../show/terminal-table.ts'
import { withConfig } from './config-option.ts'
import { examples } from './examples.ts'
import { withProgress } from './progress.ts'
import { writeResult } from './write-result.ts'

/** `study validate FILE`: what is wrong with a file of responses, cell by cell. */
export const validateCommand: AddCommand = (program, streams, ended) => {
  withConfig(program.command('validate'))
    .argument('<file>', 'responses: CSV, XLSX, JSON or NDJSON; - for standard input')
    .description('check a file of responses and name every fault with its cell')
    .option('--json', 'print the issues as JSON')
    .option('--out <file>', 'write to a file instead of the terminal')
    .addHelpText('after', examples('validate answers.xlsx', 'validate answers.csv --config study.yaml --json'))
    .action(async (file: string, options: { config?: string; json?: boolean; out?: string }) => {
      const config = await loadConfig(options.config)
      const { issues, summary } = await withProgress(streams, `checking ${file}`, () => readRound(file, config))
      if (summary.rows === 0)
        throw new UserError(exitCode.unreadable, `${file} holds no row to check${issues[0] === undefined ? '' : `: ${issues[0].message}`}`)
      const text = options.json
        ? `${JSON.stringify({ summary, issues } satisfies ValidationDocument, null, 2)}\n`
        : validationText({ issues, summary }, Math.min(streams.columns, 140))
      await writeResult(text, options.out, streams)
      ended(issues.length > 0 ? exitCode.findings : exitCode.ok)
    })
}

function validationText({ issues, summary }: Pick<Round, 'issues' | 'summary'>, width: number): string {
  const rows = issues.map(({ severity, row, column, code, message, hint }) => [
    severity,
    row === null ? '' : `${row}`,
    column ?? '',
    code,
    hint === undefined ? message : `${message} ${hint}`,
  ])
  const counted = `${summary.records} of ${summary.rows} rows became records; ${summary.errors} errors, ${summary.warnings} warnings.`
  const table = tableLines(
    [{ head: 'severity' }, { head: 'row', align: 'right' }, { head: 'column' }, { head: 'code' }, { head: 'what, and how to mend it' }],
    rows,
    width,
  )
  return `${[...(rows.length === 0 ? [] : [...table, '']), counted].join('\n')}\n`
}
