export {
  type Allocation,
  type ComparisonRange,
  comparisonWithMissing,
  type ComparisonWithMissingOptions,
  type ThresholdCrossing,
} from './comparison-with-missing.ts'
export { fragilityIndex, type FragilityIndex, type FragilityOptions } from './fragility-index.ts'
export {
  type ProportionRange,
  proportionWithMissing,
  type ProportionWithMissing,
  type ProportionWithMissingOptions,
  type TippingPoint,
} from './proportion-with-missing.ts'
