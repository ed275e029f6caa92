import { readFileSync } from 'node:fs'
import { access } from 'node:fs/promises'
import { type AddCommand } from '../cli.ts'
import { exitCode, UserError } from '../exit-code.ts'
import { writeResult } from './write-result.ts'

/** `study init`: a config with every key explained. */
export const initCommand: AddCommand = (program, streams, ended) => {
  program
    .command('init')
    .argument('[file]', 'where to write it', 'study.yaml')
    .description('write a config file with every key explained, to edit')
    .action(async (file: string) => {
      const exists = await access(file).then(
        () => true,
        () => false,
      )
      if (exists) throw new UserError(exitCode.usage, `${file} is there already; name another file, or move it away first`)
      await writeResult(readFileSync(new URL('../examples/study.yaml', import.meta.url), 'utf8'), file, streams)
      ended(exitCode.ok)
    })
}
