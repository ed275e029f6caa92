export {
  auditPercentage,
  type FittingBase,
  type NamedBase,
  type PercentageAudit,
  type PercentageToAudit,
  type PercentageVerdict,
} from './audit-percentage.ts'
export {
  type FeasibleCrossing,
  feasibleCrossing,
  type FeasibleTable,
  feasibleTables,
  type FeasibleTables,
  type TwoByTwoMargins,
} from './feasible-tables.ts'
export {
  basesThatFit,
  type BasesThatFitOptions,
  type CountRange,
  countsThatFit,
  percentageFits,
  type PrintedPercentageOptions,
} from './printed-percentage.ts'
export { type Rounding } from './printed-number.ts'
