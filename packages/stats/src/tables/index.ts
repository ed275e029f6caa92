export { type CodedCrosstabOptions, codedCrosstab, type Codes } from './coded-crosstab.ts'
export { collapse, type CollapseOptions, type Grouping } from './collapse.ts'
export {
  type ContingencyTable,
  contingencyTable,
  type Counts,
  countsOf,
  type Margins,
  margins,
  type TableInput,
} from './contingency-table.ts'
export {
  type Crosstab,
  crosstab,
  type CrosstabOptions,
  type Level,
  type Missing,
  type MissingPolicy,
  type Scale,
  type StratifiedCrosstabOptions,
  type UnlistedPolicy,
  type Variable,
} from './crosstab.ts'
export { expectedCounts } from './expected-counts.ts'
export { mergeTables, type MergeTablesOptions } from './merge-tables.ts'
export { type ShareOf, shares } from './shares.ts'
export {
  strataOf,
  type StratifiedCrosstab,
  stratifiedCrosstab,
  type StratifiedInput,
  type StratifiedTable,
  stratifiedTable,
  sumOfStrata,
} from './stratified-table.ts'
export { transpose } from './transpose.ts'
