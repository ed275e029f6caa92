import { auditPapers } from '../audit/audit-papers.ts'
import { readAuditFile } from '../audit/read-audit-file.ts'
import { type AddCommand } from '../cli.ts'
import { type AuditDocument } from '../documents.ts'
import { exitCode } from '../exit-code.ts'
import { auditText } from '../show/audit-text.ts'
import { examples } from './examples.ts'
import { numberOption } from './number-option.ts'
import { withProgress } from './progress.ts'
import { writeResult } from './write-result.ts'

/** `study audit FILE`: whether the printed figures of any paper follow from each other. */
export const auditCommand: AddCommand = (program, streams, ended) => {
  program
    .command('audit')
    .argument('<file>', 'printed figures: JSON or CSV, as docs/audit-a-paper.md describes')
    .description('check whether the printed counts, percentages, statistics and P values of any paper follow from each other')
    .option('--threshold <P>', 'the threshold that the paper compares P with', numberOption({ minimum: 0.0001, maximum: 0.5 }), 0.05)
    .option(
      '--maximum-base <count>',
      'largest base looked for where none is printed',
      numberOption({ integer: true, minimum: 1, maximum: 10_000_000 }),
      100_000,
    )
    .option('--json', 'print the result as JSON')
    .option('--out <file>', 'write to a file instead of the terminal')
    .addHelpText('after', examples('audit figures.json', 'audit figures.csv --threshold 0.01 --json --out audit.json'))
    .action(async (file: string, options: { threshold: number; maximumBase: number; json?: boolean; out?: string }) => {
      const { threshold, maximumBase } = options
      const { result, sha256 } = await withProgress(streams, `auditing ${file}`, async () => {
        const { sha256, ...read } = await readAuditFile(file)
        return { result: auditPapers(read, { threshold, maximumBase }), sha256 }
      })
      const name = file.replace(/^.*[\\/]/, '')
      await writeResult(
        options.json
          ? `${JSON.stringify({ file: name, sha256, ...result } satisfies AuditDocument, null, 2)}\n`
          : auditText(result, Math.min(streams.columns, 120)),
        options.out,
        streams,
      )
      const { inconsistent, 'decision-inconsistent': decision } = result.summary
      ended(inconsistent + decision > 0 ? exitCode.findings : exitCode.ok)
    })
}
