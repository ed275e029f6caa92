import { readdirSync, readFileSync } from 'node:fs'
import { type AddCommand } from '../cli.ts'
import { type Documents } from '../documents.ts'
import { exitCode, UserError } from '../exit-code.ts'
import { packageFile } from '../package-file.ts'
import { examples } from './examples.ts'
import { writeResult } from './write-result.ts'

const ending = '.schema.json'

/** `study schema COMMAND`: the JSON Schema of what a command prints with `--json`. */
export const schemaCommand: AddCommand = (program, streams, ended) => {
  program
    .command('schema')
    .argument('[command]', 'whose output; a list of commands where none is given')
    .description('print the JSON Schema of what a command prints with --json')
    .option('--out <file>', 'write to a file instead of the terminal')
    .addHelpText('after', examples('schema', 'schema audit', 'schema analyse --out analyse.schema.json'))
    .action(async (command: string | undefined, options: { out?: string }) => {
      const folder = packageFile('schemas')
      const known = readdirSync(folder)
        .filter((name) => name.endsWith(ending))
        .map((name) => name.slice(0, -ending.length) as keyof Documents)
        .sort()
      if (command !== undefined && !known.some((name) => name === command)) {
        throw new UserError(exitCode.usage, `there is no schema for "${command}"; there is one for ${known.join(', ')}`)
      }
      const text = command === undefined ? `${known.join('\n')}\n` : readFileSync(`${folder}/${command}${ending}`, 'utf8')
      await writeResult(text, options.out, streams)
      ended(exitCode.ok)
    })
}
