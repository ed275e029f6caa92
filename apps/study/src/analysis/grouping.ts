import { type FoiResponse } from '@open-digital-capability/schema'
import { type StudyConfig } from '../config.ts'
import { type CodedField, type CodedRound } from './coded-round.ts'

/** Who is compared: the groups, and the one of each organisation, −1 for those in none. */
export interface Grouping extends CodedField {
  /** How an organisation comes to be in its group; stands in every table of the comparison. */
  readonly definition: string
}

/** The value of a grouping field, or `null` where it is not known. */
export function fieldOf({ groups }: FoiResponse, field: string): string | null {
  return Object.hasOwn(groups, field) ? (groups[field] ?? null) : null
}

/** The declared comparison: those named first, and everybody else of whom the field is known. */
export function comparisonGrouping(round: CodedRound, { comparison }: StudyConfig): Grouping | null {
  if (comparison === undefined) return null
  const { labels, codes } = fieldGrouping(round, comparison.group)
  const isFirst = labels.map((label) => comparison.first.includes(label))
  return {
    definition: comparison.definition,
    labels: comparison.labels,
    codes: codes.map((code) => (code < 0 ? -1 : isFirst[code] === true ? 0 : 1)),
  }
}

/** One group for each value of a field, in the order of the alphabet. */
export function fieldGrouping({ fields, size }: CodedRound, field: string): Grouping {
  const found = fields.get(field)
  const definition = `the column ${field} of the file`
  return found === undefined || found.labels.length === 0
    ? { definition, labels: ['(not known)'], codes: new Int32Array(size).fill(-1) }
    : { definition, ...found }
}
