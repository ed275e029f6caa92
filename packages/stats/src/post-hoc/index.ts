export { cellwiseTests, type CellwiseTests, type CellwiseTestsOptions } from './cellwise-tests.ts'
export { compactLetters } from './compact-letters.ts'
export {
  type PairwiseComparison,
  pairwiseComparisons,
  type PairwiseComparisons,
  type PairwiseComparisonsOptions,
  type PairwiseTest,
} from './pairwise-comparisons.ts'
export { type CellValues, residuals, type Residuals } from './residuals.ts'
