import { roundCounts, suppressSmallCounts } from '@open-digital-capability/stats'
import { type StudyConfig } from '../config.ts'

/** What was done about small numbers, and how far a reader of one table could work out what is hidden. */
export type SmallNumbers =
  | { readonly kind: 'off' }
  | {
      readonly kind: 'on'
      /** Counts from 1 up to, and not including, this are hidden. */
      readonly threshold: number
      /** Least width of the range of values that fit what is shown, for each small count. */
      readonly protection: number
      /** Every count that is shown is a multiple of this. */
      readonly roundedTo: number
      /** Tables that went through the check. */
      readonly tables: number
      /** Counts hidden because they are small. */
      readonly primary: number
      /** Counts hidden so that no small one can be found by subtraction. */
      readonly secondary: number
      /** Tables withheld as a whole, because some small count could not be protected. */
      readonly withheld: number
      /** Narrowest range of a hidden small count, even for a reader who knew the shown counts unrounded; `null` if none was hidden. */
      readonly narrowestRange: number | null
    }

/** Counts as they may be shown; `null` stands for a hidden one. */
interface ShownTable {
  readonly counts: readonly (readonly (number | null)[])[]
  /** Row totals. */
  readonly rows: readonly (number | null)[]
}

/** The door through which every count of people goes before anything is computed from it. */
export interface SmallNumberGuard {
  readonly isOn: boolean
  /** A count that stands alone. */
  readonly count: (count: number) => number | null
  /** A table that is shown with its totals. */
  readonly table: (counts: readonly (readonly number[])[]) => ShownTable
  /** What was done so far. */
  readonly summary: () => SmallNumbers
}

/**
 * The guard that a config asks for.
 *
 * Within a table, small counts and as many others as it takes are hidden, and the range that a reader could work out for each is
 * computed; a table in which it is too narrow is withheld. Between tables that share totals, rounding stands in the way: each count
 * that is shown may be half the base more or less, so that the difference of two is no exact number. Percentages, intervals and P
 * values are computed from the counts as they are shown, and so say nothing that these do not.
 */
export function smallNumberGuard({ smallNumbers }: Pick<StudyConfig, 'smallNumbers'>): SmallNumberGuard {
  if (smallNumbers === 'off') {
    return {
      isOn: false,
      count: (count) => count,
      table: (counts) => ({ counts, rows: counts.map((row) => row.reduce((sum, count) => sum + count, 0)) }),
      summary: () => ({ kind: 'off' }),
    }
  }
  const { threshold, roundedTo } = smallNumbers
  const protection = smallNumbers.protection ?? threshold - 1
  const done = { tables: 0, primary: 0, secondary: 0, withheld: 0, narrowestRange: null as number | null }
  const rounded = (count: number): number => roundCounts([[count]], { base: roundedTo }).total
  const isSmall = (count: number): boolean => count > 0 && count < threshold
  return {
    isOn: true,
    count: (count) => {
      if (isSmall(count)) done.primary += 1
      return isSmall(count) ? null : rounded(count)
    },
    table: (counts) => {
      done.tables += 1
      const { counts: left, rows, suppressed, status } = suppressSmallCounts(counts, { threshold, protection })
      if (status !== 'protected') {
        done.withheld += 1
        return { counts: counts.map((row) => row.map(() => null)), rows: counts.map(() => null) }
      }
      for (const { kind, lower, upper } of suppressed) {
        done[kind] += 1
        if (kind === 'primary' && upper !== null) done.narrowestRange = Math.min(done.narrowestRange ?? upper - lower, upper - lower)
      }
      const shown = (count: number | null): number | null => (count === null ? null : rounded(count))
      return { counts: left.map((row) => row.map(shown)), rows: rows.map(shown) }
    },
    summary: () => ({ kind: 'on', threshold, protection, roundedTo, ...done }),
  }
}
