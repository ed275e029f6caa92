export { type Adequacy } from './adequacy.ts'
export { type AsymptoticTest, type ChiSquaredTest, chiSquaredTest, type ChiSquaredTestOptions } from './chi-squared-test.ts'
export { type ChiSquaredTests, chiSquaredTests, type FlatCounts } from './chi-squared-tests.ts'
export { type CressieReadTest, cressieReadTest, type CressieReadTestOptions, type PowerDivergence } from './cressie-read-test.ts'
export {
  type ExactMultinomialTest,
  exactMultinomialTest,
  type ExactMultinomialTestOptions,
  type MultinomialOrdering,
} from './exact-multinomial-test.ts'
export { type GoodnessOfFitTest, goodnessOfFitTest, type GoodnessOfFitTestOptions } from './goodness-of-fit-test.ts'
export { type LikelihoodRatioTest, likelihoodRatioTest, type LikelihoodRatioTestOptions } from './likelihood-ratio-test.ts'
export { type MonteCarloStatistic, type MonteCarloTest, monteCarloTest, type MonteCarloTestOptions } from './monte-carlo-test.ts'
export { type CategoryProbabilities } from './null-distribution.ts'
