import { type Issue, type ReadSummary } from '@open-digital-capability/schema/read'
import { type SmallNumberGuard } from './small-numbers.ts'

/** How the file was read, as it may be shown: issues quote cells, so they stay with whoever holds the file where people are counted. */
export function shownReading(
  { issues, summary }: { readonly issues: readonly Issue[]; readonly summary: ReadSummary },
  guard: SmallNumberGuard,
): { readonly reading: ShownReading; readonly issues: readonly Issue[] } {
  const { rows, records, rejected, blankRows, errors, warnings } = summary
  const reading = {
    ...summary,
    rows: guard.count(rows),
    records: guard.count(records),
    rejected: guard.count(rejected),
    blankRows: guard.count(blankRows),
    errors: guard.count(errors),
    warnings: guard.count(warnings),
    issuesByCode: guard.isOn ? {} : summary.issuesByCode,
  }
  return { reading, issues: guard.isOn ? [] : issues }
}

type Counted = 'rows' | 'records' | 'rejected' | 'blankRows' | 'errors' | 'warnings'

/** The numbers of a file, `null` where one is hidden. */
export type ShownReading = Omit<ReadSummary, Counted> & Readonly<Record<Counted, number | null>>
