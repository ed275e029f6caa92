#!/usr/bin/env node
import { text } from 'node:stream/consumers'
import { runCli } from './cli.ts'
import { removePartialFiles } from './commands/write-result.ts'
import { progressFromWorker } from './progress-worker.ts'

/** Exit code of a fault that is ours (EX_SOFTWARE of sysexits.h), so that no script takes it for a finding. */
const internalFault = 70

// A reader that closes early, such as `head`, is no fault.
process.stdout.on('error', (error: NodeJS.ErrnoException) => process.exit(error.code === 'EPIPE' ? 0 : internalFault))

for (const [signal, code] of [
  ['SIGINT', 130],
  ['SIGTERM', 143],
] as const) {
  process.once(signal, () => {
    removePartialFiles()
    process.exit(code)
  })
}

try {
  process.exitCode = await runCli(process.argv.slice(2), {
    stdout: (output) => process.stdout.write(output),
    stderr: (message) => process.stderr.write(message),
    columns: process.stdout.columns ?? 100,
    stdin: async () => (process.stdin.isTTY ? null : text(process.stdin)),
    progress: progressFromWorker,
  })
} catch (error) {
  process.stderr.write(
    `study: this is a fault of the program, not of your data; please report it.\n${(error as Error).stack ?? String(error)}\n`,
  )
  process.exitCode = internalFault
}
