export {
  auditPercentage,
  type FittingBase,
  type NamedBase,
  type PercentageAudit,
  type PercentageToAudit,
  type PercentageVerdict,
} from './audit-percentage.ts'
export { auditSum, type SumAudit } from './audit-sum.ts'
export {
  type AuditedTestMethod,
  auditTest,
  type FromStatistic,
  type PrintedTest,
  type TestAudit,
  type TestVerdict,
  type TriedTest,
} from './audit-test.ts'
export { type PrintedFit } from './printed-fit.ts'
export {
  type FeasibleCrossing,
  feasibleCrossing,
  type FeasibleTable,
  feasibleTables,
  type FeasibleTables,
  type TwoByTwoMargins,
} from './feasible-tables.ts'
export { type Rounding } from './printed-number.ts'
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
