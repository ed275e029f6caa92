import { readFileSync } from 'node:fs'
import { stat } from 'node:fs/promises'
import { parse as parseYaml } from 'yaml'
import { type AddCommand } from '../cli.ts'
import { exitCode, UserError } from '../exit-code.ts'
import { packageFile } from '../package-file.ts'
import { examples } from './examples.ts'
import { writeResult } from './write-result.ts'

/** `study init`: a config with every key explained. */
export const initCommand: AddCommand = (program, streams, ended) => {
  program
    .command('init')
    .argument('[file]', 'where to write it (default: study.yaml)')
    .description('write a config file with every key explained, to edit')
    .option('--json', 'print the config as JSON instead')
    .option('--out <file>', 'the same as naming the file')
    .addHelpText('after', examples('init', 'init our-study.yaml', 'init --json'))
    .action(async (given: string | undefined, options: { json?: boolean; out?: string }) => {
      const yaml = readFileSync(packageFile('examples/study.yaml'), 'utf8')
      const file = options.out ?? given ?? (options.json ? undefined : 'study.yaml')
      const exists = file !== undefined && (await stat(file).catch(() => null)) !== null
      if (exists) throw new UserError(exitCode.usage, `${file} is there already; name another file, or move it away first`)
      await writeResult(options.json ? `${JSON.stringify(parseYaml(yaml), null, 2)}\n` : yaml, file, streams)
      ended(exitCode.ok)
    })
}
