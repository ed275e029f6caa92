import { type FoiResponse } from '@open-digital-capability/schema'
import { type StudyConfig } from '../config.ts'
import { type Grouping } from './group-comparison.ts'

/** The value of a grouping field, or `null` where it is not known. */
export function fieldOf({ groups }: FoiResponse, field: string): string | null {
  return Object.hasOwn(groups, field) ? (groups[field] ?? null) : null
}

/** The declared comparison: those named first, and everybody else of whom the field is known. */
export function comparisonGrouping({ comparison }: StudyConfig): Grouping | null {
  if (comparison === undefined) return null
  return {
    labels: comparison.labels,
    groupOf: (record) => {
      const value = fieldOf(record, comparison.group)
      return value === null ? -1 : comparison.first.includes(value) ? 0 : 1
    },
  }
}

/** One group for each value of a field, in the order of the alphabet. */
export function fieldGrouping(records: readonly FoiResponse[], field: string): Grouping {
  const labels = [...new Set(records.flatMap((record) => fieldOf(record, field) ?? []))].sort()
  return { labels: labels.length === 0 ? ['(not known)'] : labels, groupOf: (record) => labels.indexOf(fieldOf(record, field) ?? '') }
}
