export { arcsinePower, type ArcsinePowerOptions, arcsineSampleSize, type ArcsineSampleSizeOptions, cohensH } from './arcsine-power.ts'
export {
  chiSquaredPower,
  type ChiSquaredPowerOptions,
  chiSquaredSampleSize,
  type ChiSquaredSampleSizeOptions,
  cohensW,
} from './chi-squared-power.ts'
export {
  equivalencePower,
  equivalenceSampleSize,
  type MarginPlan,
  type MarginPowerOptions,
  type MarginSampleSizeOptions,
  nonInferiorityPower,
  nonInferioritySampleSize,
} from './equivalence-power.ts'
export {
  type ExactPower,
  type ExactPowerOptions,
  type ExactPowerPlan,
  type ExactPowerTest,
  type ExactSampleSize,
  type ExactSampleSizeOptions,
  exactTwoProportionPower,
  exactTwoProportionSampleSize,
} from './exact-two-proportion-power.ts'
export { mcnemarPower, type McnemarPowerOptions, mcnemarSampleSize, type McnemarSampleSizeOptions } from './mcnemar-power.ts'
export { type Power, type PowerAlternative, type PowerOptions, type SampleSize, type SampleSizeOptions } from './power-analysis.ts'
export { powerCurve, type PowerPoint } from './power-curve.ts'
export { type PrecisionOptions, type PrecisionSampleSize, precisionSampleSize } from './precision-sample-size.ts'
export { trendPower, type TrendPlan, type TrendPowerOptions, trendSampleSize, type TrendSampleSizeOptions } from './trend-power.ts'
export {
  type TwoProportionPlan,
  twoProportionPower,
  type TwoProportionPowerOptions,
  twoProportionSampleSize,
  type TwoProportionSampleSizeOptions,
} from './two-proportion-power.ts'
