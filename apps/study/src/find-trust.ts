import { type FoiResponse } from '@open-digital-capability/schema'
import { readResponses } from '@open-digital-capability/schema/read'
import { readInput } from './commands/read-input.ts'
import { type StudyConfig } from './config.ts'
import { exitCode, UserError } from './exit-code.ts'

/** Where an organisation stands among the records of a file, by its code, or else by its name. */
export async function findTrust(
  file: string,
  config: StudyConfig,
  wanted: string,
): Promise<{ readonly id: string; readonly position: number }> {
  const records: readonly FoiResponse[] = readResponses(await readInput(file), config.questions, { headers: config.columns }).records
  const key = wanted.trim().toUpperCase()
  for (const nameOf of [codeOf, ({ name }: FoiResponse) => name ?? '']) {
    const position = records.findIndex((record) => nameOf(record).toUpperCase() === key)
    if (position !== -1) return { id: describe(records[position] as FoiResponse), position }
  }
  const near = records.filter((record) => codeOf(record).toUpperCase().startsWith(key.slice(0, 2)))
  const examples = (near.length > 0 ? near : records).slice(0, 5).map(codeOf).join(', ')
  throw new UserError(exitCode.usage, `${file} holds no organisation "${wanted}"; it holds ${records.length}, such as ${examples}`)
}

const codeOf = ({ organisation }: FoiResponse): string => organisation

const describe = ({ organisation, name }: FoiResponse): string =>
  name === undefined || name === organisation ? organisation : `${organisation} ${name}`
