#!/usr/bin/env node
import { text } from 'node:stream/consumers'
import { runCli } from './cli.ts'

// A reader that closes early, such as `head`, is no fault.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code === 'EPIPE') process.exit()
  throw error
})

process.exitCode = await runCli(process.argv.slice(2), {
  stdout: (output) => process.stdout.write(output),
  stderr: (message) => process.stderr.write(message),
  columns: process.stdout.columns ?? 100,
  stdin: async () => (process.stdin.isTTY ? null : text(process.stdin)),
})
