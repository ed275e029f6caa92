import { createHash } from 'node:crypto'
import { readInput } from '../commands/read-input.ts'
import { exitCode, UserError } from '../exit-code.ts'
import { type AuditFile } from './printed-figure-item.ts'
import { readAuditCsv } from './read-audit-csv.ts'
import { readAuditJson } from './read-audit-json.ts'

/** Reads a file of printed figures, JSON or CSV, told by its content. */
export async function readAuditFile(file: string): Promise<AuditFile & { readonly sha256: string }> {
  const bytes = await readInput(file)
  const sha256 = createHash('sha256').update(bytes).digest('hex')
  const text = new TextDecoder('utf-8').decode(bytes)
  if (text.trim() === '') throw new UserError(exitCode.unreadable, `${file} is empty`)
  if (text.startsWith('PK')) throw new UserError(exitCode.unreadable, `${file} is a workbook; save the sheet as CSV`)
  return { ...(/^\s*[[{]/.test(text) ? readAuditJson(text, file) : readAuditCsv(bytes, file)), sha256 }
}
