export { type Alternative, type ConfidenceInterval } from './confidence-interval.ts'
export { StatsError, type StatsErrorCode } from './errors.ts'
export { type NotTestable, type NotTestableReason } from './not-testable.ts'
export {
  type ContingencyTable,
  contingencyTable,
  type Counts,
  countsOf,
  type Margins,
  margins,
  type TableInput,
} from './tables/contingency-table.ts'
