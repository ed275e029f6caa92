export {
  auditPercentage,
  type FittingBase,
  type NamedBase,
  type PercentageAudit,
  type PercentageToAudit,
  type PercentageVerdict,
} from './audit-percentage.ts'
export { auditInterval, type AuditIntervalOptions, type IntervalAudit, type PrintedInterval, type TriedInterval } from './audit-interval.ts'
export { auditSum, type SumAudit } from './audit-sum.ts'
export {
  auditTest,
  type AuditTestOptions,
  type FromStatistic,
  type PrintedTest,
  type TestAudit,
  type TestVerdict,
  type TriedTest,
} from './audit-test.ts'
export {
  type AuditedTest,
  auditTests,
  type AuditTestsOptions,
  type GivingTest,
  type TestDeparture,
  type TestsAudit,
} from './audit-tests.ts'
export { type DepartingPercentage, type PercentageAlternative, percentageAlternatives } from './percentage-alternatives.ts'
export { type PrintedFit } from './printed-fit.ts'
export {
  type FeasibleCrossing,
  feasibleCrossing,
  type FeasibleTable,
  feasibleTables,
  type FeasibleTables,
  type TwoByTwoMargins,
} from './feasible-tables.ts'
export { parsePrintedNumber, type PrintedNumber, type Rounding } from './printed-number.ts'
export { type AuditedTestMethod, type ExactTest } from './recomputed-test.ts'
export { type Slip } from './printed-slips.ts'
export { type SumAlternative, sumAlternatives } from './sum-alternatives.ts'
export { type TestAlternative, testAlternatives, type TestAlternatives, type TestAlternativesOptions } from './test-alternatives.ts'
export {
  basesThatFit,
  type BasesThatFitOptions,
  type CountRange,
  countsThatFit,
  percentageFits,
  type PrintedPercentageOptions,
} from './printed-percentage.ts'
export {
  constraintsFromPercentages,
  constraintsFromSuppressed,
  type StatisticRange,
  statisticRange,
  type TableConstraints,
  tablesThatFit,
  type TablesThatFitOptions,
} from './tables-that-fit.ts'
