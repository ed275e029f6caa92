export { roundCounts, type RoundedTable } from './round-counts.ts'
export { type SuppressedCell, type SuppressedTable, suppressSmallCounts, type SuppressionOptions } from './suppress-small-counts.ts'
