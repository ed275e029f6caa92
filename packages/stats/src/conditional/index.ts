export {
  conditionalOddsRatio,
  type ConditionalOddsRatio,
  type ConditionalOddsRatioOptions,
  medianUnbiasedOddsRatio,
  midPOddsRatioInterval,
  type OddsRatioIntervalMethod,
  type UnboundedOddsRatio,
} from './conditional-odds-ratio.ts'
export { fisherExactTest, type FisherExactTest, type FisherExactTestOptions } from './fisher-exact-test.ts'
export { fisherPValue, type FisherPValueOptions, fisherPValues, type MidP, type TwoSidedRule } from './fisher-p-value.ts'
