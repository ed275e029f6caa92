/**
 * Where a value comes from.
 *
 * - `printed`: a publication prints it
 * - `computed-from-printed`: worked out from what publications print
 * - `records`: counted from records that a user supplied
 * - `synthetic`: counted from made-up records
 * - `stated`: somebody says so, without a figure that can be recomputed
 */
export type Provenance = 'printed' | 'computed-from-printed' | 'records' | 'synthetic' | 'stated'

/** The source of a value. */
export interface Source {
  /** What kind of source it is. */
  readonly provenance: Provenance
  /** The source for people, such as `published abstract, 12 Aug 2025`. */
  readonly label: string
  /** Where it is, where that is public. */
  readonly url?: string
  /** Version of the publication. */
  readonly version?: string
  /** Where in the source it stands. */
  readonly location?: string
  /** Last day on which the answers were collected, `YYYY-MM-DD`; absent where it is not known. */
  readonly collectedUntil?: string
}
