import { readFile } from 'node:fs/promises'
import { exitCode, UserError } from '../exit-code.ts'
import { reasonOf } from '../file-fault.ts'

/** The bytes of a file that a user named, or one line that says why not. */
export async function readInput(file: string): Promise<Uint8Array> {
  try {
    return await readFile(file)
  } catch (error) {
    throw new UserError(exitCode.unreadable, `cannot read ${file}: ${reasonOf(error)}`)
  }
}
