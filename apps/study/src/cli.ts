import { Command, CommanderError, type OutputConfiguration } from 'commander'
import packageJson from '../package.json' with { type: 'json' }
import { analyseCommand } from './commands/analyse.ts'
import { auditCommand } from './commands/audit.ts'
import { classifyCommand } from './commands/classify.ts'
import { initCommand } from './commands/init.ts'
import { recommendCommand } from './commands/recommend.ts'
import { reportCommand } from './commands/report.ts'
import { reproduceCommand } from './commands/reproduce.ts'
import { rulesCommand } from './commands/rules.ts'
import { schemaCommand } from './commands/schema.ts'
import { synthesiseCommand } from './commands/synthesise.ts'
import { tableCommand } from './commands/table.ts'
import { templateCommand } from './commands/template.ts'
import { validateCommand } from './commands/validate.ts'
import { exitCode, type ExitCode, UserError } from './exit-code.ts'
import { withoutControls } from './show/without-controls.ts'

/** Where a command writes: results to stdout, messages to stderr. */
export interface Streams {
  readonly stdout: (text: string) => void
  readonly stderr: (text: string) => void
  /** Width of the terminal. */
  readonly columns: number
  /** The whole of standard input; `null` where it is a terminal that nothing is piped into. */
  readonly stdin?: () => Promise<string | null>
  /** Prints a line if it is not called off within a second; a timer does where this is not given. */
  readonly progress?: (line: string) => () => void
}

/** A command adds itself to the program and reports how it ended. */
export type AddCommand = (program: Command, streams: Streams, ended: (code: ExitCode) => void) => void

const commands: readonly AddCommand[] = [
  reproduceCommand,
  reportCommand,
  analyseCommand,
  validateCommand,
  recommendCommand,
  rulesCommand,
  templateCommand,
  auditCommand,
  classifyCommand,
  tableCommand,
  initCommand,
  synthesiseCommand,
  schemaCommand,
]

const exitCodeHelp = `Exit codes: 0 done, 1 something was found, 2 wrong usage, 3 a file that cannot be read or written.
Results go to stdout, messages to stderr. study COMMAND --help has an example of each.`

/** Where commander writes; a mistake is told in one line that names the help to read. */
function outputOf(name: string, { stdout, stderr }: Streams): OutputConfiguration {
  return {
    writeOut: stdout,
    writeErr: stderr,
    outputError: (message, write) => {
      const line = message
        .replace(/^error: /, '')
        .trim()
        .replace(/\s*\n\s*/g, ' ')
        .replace(/\.$/, '')
      write(`study: ${line}; ${name} --help says what there is\n`)
    },
  }
}

/** Runs the command line and answers with the exit code; never throws for what a user did. */
export async function runCli(args: readonly string[], streams: Streams): Promise<ExitCode> {
  let code: ExitCode = exitCode.ok
  const program = new Command('study')
    .description(
      'Recomputes the 2020 survey of NHS trusts’ digital capability, and runs your own.\nNot affiliated with or endorsed by the NHS.',
    )
    .version(packageJson.version)
    .exitOverride()
    .configureHelp({ helpWidth: Math.min(streams.columns, 100) })
    .configureOutput(outputOf('study', streams))
    .addHelpText('after', `\n${exitCodeHelp}`)
  for (const add of commands) add(program, streams, (ended) => (code = ended))
  for (const command of program.commands) command.configureOutput(outputOf(`study ${command.name()}`, streams))
  try {
    await program.parseAsync(args.length === 0 ? ['reproduce'] : args, { from: 'user' })
    return code
  } catch (error) {
    if (error instanceof CommanderError) return error.exitCode === 0 ? exitCode.ok : exitCode.usage
    if (error instanceof UserError) {
      streams.stderr(`study: ${withoutControls(error.message)}\n`)
      return error.exitCode
    }
    throw error
  }
}
