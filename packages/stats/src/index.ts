export { type Alternative, type ConfidenceInterval } from './confidence-interval.ts'
export { StatsError, type StatsErrorCode } from './errors.ts'
export { type NotTestable, type NotTestableReason } from './not-testable.ts'
export * from './tables/index.ts'
