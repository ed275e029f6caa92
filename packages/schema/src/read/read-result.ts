import { type Issue } from './issue.ts'
import { type ReadSummary } from './read-options.ts'

/** What came of reading: every row is a record, or an issue says why not. */
export interface ReadResult<Response> {
  /** One record an organisation, in the order of the rows. */
  readonly records: readonly Response[]
  /** What was wrong, in the order in which it was met. */
  readonly issues: readonly Issue[]
  /** What was read, in numbers. */
  readonly summary: ReadSummary
}
