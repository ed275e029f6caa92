import { type FoiResponse } from '@open-digital-capability/schema'
import { exitCode, UserError } from './exit-code.ts'

/** An organisation of a file: its code and name, and where it stands among the records. */
export interface FoundTrust {
  readonly id: string
  readonly position: number
}

/** Looks for an organisation among records that come one by one, by its code, or else by its name. */
export function trustFinder(wanted: string): {
  readonly add: (record: FoiResponse) => void
  readonly done: (file: string) => FoundTrust
} {
  const key = wanted.trim().toUpperCase()
  let byCode: FoundTrust | null = null
  let byName: FoundTrust | null = null
  const first: string[] = []
  const near: string[] = []
  let size = 0
  return {
    add: (record) => {
      const { organisation, name } = record
      const found = { id: name === undefined || name === organisation ? organisation : `${organisation} ${name}`, position: size }
      if (organisation.toUpperCase() === key) byCode ??= found
      if (name?.toUpperCase() === key) byName ??= found
      if (first.length < examples) first.push(organisation)
      if (near.length < examples && organisation.toUpperCase().startsWith(key.slice(0, 2))) near.push(organisation)
      size += 1
    },
    done: (file) => {
      const found = byCode ?? byName
      if (found !== null) return found
      const known = (near.length > 0 ? near : first).join(', ')
      throw new UserError(exitCode.usage, `${file} holds no organisation "${wanted}"; it holds ${size}, such as ${known}`)
    },
  }
}

/** How many codes of the file are named where the wanted one is not there. */
const examples = 5
