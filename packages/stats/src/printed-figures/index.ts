export { type Rounding } from './printed-number.ts'
export {
  basesThatFit,
  type BasesThatFitOptions,
  type CountRange,
  countsThatFit,
  percentageFits,
  type PrintedPercentageOptions,
} from './printed-percentage.ts'
