import { type NamedBase } from '@open-digital-capability/stats'

/** What every printed figure of a paper has, whatever is printed. */
interface ItemBase {
  /** Name to find it by, such as `H1-3` or `P2 percents[1]`. */
  readonly id: string
  /** Where it stands in the file: `studies[0].tables[2]` or `row 4`. */
  readonly path: string
  /** What the paper calls it; `null` where nothing says. */
  readonly label: string | null
  /** Why it cannot be checked, known before anything is computed; `null` where it can be tried. */
  readonly obstacle: string | null
}

/** A test of a table, or a test statistic with its P. */
export interface PrintedTestItem extends ItemBase {
  readonly kind: 'test'
  /** Counts as printed; `null` where they are not. */
  readonly counts: readonly (readonly number[])[] | null
  readonly statistic: string | null
  readonly degreesOfFreedom: string | null
  /** P as printed, `.14` or `<.001`. */
  readonly pValue: string | null
  /** The test that the paper names; `null` where it names none. */
  readonly named: string | null
}

/** A percentage with what is printed of its count and base. */
export interface PrintedPercentageItem extends ItemBase {
  readonly kind: 'percentage'
  readonly percentage: string
  readonly count: number | null
  readonly base: number | null
}

/** Parts that should add up to a total. */
export interface PrintedSumItem extends ItemBase {
  readonly kind: 'sum'
  readonly parts: readonly string[]
  readonly total: string
  /** Percentages may be off by their rounding, counts may not. */
  readonly unit: 'counts' | 'percentages'
}

/** A proportion with the limits of its interval. */
export interface PrintedIntervalItem extends ItemBase {
  readonly kind: 'interval'
  readonly estimate: string | null
  readonly lower: string
  readonly upper: string
  readonly count: number | null
  readonly base: number | null
  /** Confidence level, 0 to 1. */
  readonly level: number
  readonly unit: 'proportion' | 'percentage'
}

/** One printed figure of a paper, as the file gives it. */
export type PrintedItem = PrintedTestItem | PrintedPercentageItem | PrintedSumItem | PrintedIntervalItem

/** A paper with its printed figures. */
export interface PrintedPaper {
  readonly id: string
  readonly citation: string | null
  /** Bases that the paper names, of which a percentage without a base may be. */
  readonly bases: readonly NamedBase[]
  readonly items: readonly PrintedItem[]
}

/** Something in the file that was not understood, and was left out. */
export interface AuditFileIssue {
  /** Where: `studies[0].tables[2].remarks`. */
  readonly path: string
  readonly code: 'unknown-key' | 'not-readable' | 'nothing-printed'
  readonly message: string
}

/** A file of printed figures as read. */
export interface AuditFile {
  readonly papers: readonly PrintedPaper[]
  readonly issues: readonly AuditFileIssue[]
}
