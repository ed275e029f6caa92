import { rmSync } from 'node:fs'
import { rename, stat, writeFile } from 'node:fs/promises'
import { type Streams } from '../cli.ts'
import { exitCode, UserError } from '../exit-code.ts'
import { reasonOf } from '../file-fault.ts'
import { withoutControls } from '../show/without-controls.ts'

/** Files being written, so that none is left half-written when somebody interrupts. */
const partials = new Set<string>()

/** Removes what is half-written; for the moment at which a run is interrupted. */
export function removePartialFiles(): void {
  for (const partial of partials) rmSync(partial, { force: true })
  partials.clear()
}

/** Writes a result to stdout, or whole to a file: an interrupted run leaves the file as it was. */
export async function writeResult(result: string | Uint8Array, file: string | undefined, streams: Streams): Promise<void> {
  const bytes = typeof result === 'string' ? withoutControls(result) : result
  if (file === undefined) {
    streams.stdout(typeof bytes === 'string' ? bytes : new TextDecoder().decode(bytes))
    return
  }
  // Beside the file, since a rename within a folder is done at once or not at all; by process, since two may run at once.
  const partial = `${file}.${process.pid}.partial`
  partials.add(partial)
  try {
    const found = await stat(file).catch(() => null)
    if (found?.isDirectory()) throw new UserError(exitCode.unreadable, `cannot write ${file}: it is a folder`)
    await writeFile(partial, bytes)
    await rename(partial, file)
  } catch (error) {
    throw error instanceof UserError ? error : new UserError(exitCode.unreadable, `cannot write ${file}: ${reasonOf(error)}`)
  } finally {
    rmSync(partial, { force: true })
    partials.delete(partial)
  }
  streams.stderr(`wrote ${file}\n`)
}
