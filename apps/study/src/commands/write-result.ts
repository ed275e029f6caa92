import { rename, writeFile } from 'node:fs/promises'
import { type Streams } from '../cli.ts'
import { exitCode, UserError } from '../exit-code.ts'

/** Writes a result to stdout, or whole to a file: an interrupted run leaves the file as it was. */
export async function writeResult(text: string, file: string | undefined, streams: Streams): Promise<void> {
  if (file === undefined) {
    streams.stdout(text)
    return
  }
  const partial = `${file}.partial`
  try {
    await writeFile(partial, text)
    await rename(partial, file)
  } catch (error) {
    throw new UserError(exitCode.unreadable, `cannot write ${file}: ${(error as Error).message}`)
  }
  streams.stderr(`wrote ${file}\n`)
}
