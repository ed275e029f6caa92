export { type BowkerTest, bowkerTest, type BowkerTestOptions } from './bowker-test.ts'
export { type CochranQTest, cochranQTest } from './cochran-q-test.ts'
export { type McNemarAsymptotic, type McNemarExact, mcnemarTest, type McNemarTestOptions } from './mcnemar-test.ts'
export {
  pairedDifference,
  type PairedDifference,
  type PairedDifferenceInterval,
  type PairedDifferenceOptions,
} from './paired-difference.ts'
export { bhapkarTest, type MarginalHomogeneityTest, stuartMaxwellTest } from './stuart-maxwell-test.ts'
