import { createHash } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import path from 'node:path'
import { frameOn, readRegister } from '@open-digital-capability/schema'
import { type FrameCheck } from './analysis/frame-check.ts'
import { exitCode, UserError } from './exit-code.ts'

/** A register of organisations: who there was to ask, and who had what part in the exemplar programme. */
export interface Register {
  /** Name of the file, without its folder. */
  readonly file: string
  readonly sha256: string
  /** First day on which organisations were asked, `YYYY-MM-DD`. */
  readonly askedFrom: string
  /** How many were open on that day. */
  readonly registered: number
  /** Part in the exemplar programme by code; `none` where the register names none. */
  readonly roles: ReadonlyMap<string, string>
}

/** Reads a register: a file of the Organisation Data Service, or a table with headers. */
export async function loadRegister(file: string, askedFrom: string): Promise<Register> {
  const bytes = await readFile(file).catch((error: Error) => {
    throw new UserError(exitCode.unreadable, `cannot read ${file}: ${error.message}`)
  })
  const { organisations, issues } = readRegister(bytes)
  if (organisations.length === 0)
    throw new UserError(exitCode.unreadable, `${file} holds no organisation${issues[0] === undefined ? '' : `: ${issues[0].message}`}`)
  return {
    file: path.basename(file),
    sha256: createHash('sha256').update(bytes).digest('hex'),
    askedFrom,
    registered: frameOn(organisations, askedFrom).length,
    roles: new Map(organisations.map(({ odsCode, fundingRole }) => [odsCode, fundingRole ?? 'none'])),
  }
}

/** Whether as many were asked as there were to ask; `null` without a register. */
export function registerCheck(register: Register | null, asked: number): FrameCheck | null {
  if (register === null) return null
  const { askedFrom, registered, file } = register
  return { asked, askedFrom, registered, verdict: registered === asked ? 'same' : 'differs', matches: [], source: `the register ${file}` }
}

/** Which register was used, for the provenance. */
export function registerFile({
  register,
}: {
  readonly register: Register | null
}): { readonly file: string; readonly sha256: string } | null {
  return register === null ? null : { file: register.file, sha256: register.sha256 }
}
