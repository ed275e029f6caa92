export {
  exactCochranArmitageTest,
  type ExactCochranArmitageTest,
  type ExactCochranArmitageTestOptions,
} from './exact-cochran-armitage-test.ts'
export { exactCochranQTest, type ExactCochranQTest } from './exact-cochran-q-test.ts'
export {
  exactLinearByLinearTest,
  type ExactLinearByLinearTest,
  exactLinearByLinearTestAsync,
  type ExactLinearByLinearTestOptions,
} from './exact-linear-by-linear-test.ts'
export { exactMantelHaenszelTest, type ExactMantelHaenszelTest, type ExactMantelHaenszelTestOptions } from './exact-mantel-haenszel-test.ts'
export {
  exactJonckheereTerpstraTest,
  type ExactJonckheereTerpstraTest,
  type ExactJonckheereTerpstraTestOptions,
  exactKruskalWallisTest,
  type ExactKruskalWallisTest,
} from './exact-rank-tests.ts'
export {
  type ExactLikelihoodRatioTest,
  exactLikelihoodRatioTest,
  exactLikelihoodRatioTestAsync,
  type ExactPearsonTest,
  exactPearsonTest,
  exactPearsonTestAsync,
} from './exact-chi-squared-tests.ts'
export {
  type AbortFlag,
  type ExactBudget,
  type ExactProgress,
  type ExactTableTest,
  type ExactTableTestOptions,
} from './exact-table-test.ts'
export { type FisherFreemanHaltonTest, fisherFreemanHaltonTest, fisherFreemanHaltonTestAsync } from './freeman-halton-test.ts'
export { zelenTest, type ZelenTest } from './zelen-test.ts'
export {
  type AssociationTest,
  type AssociationTestOptions,
  type AssociationTestReason,
  testAssociation,
  testAssociationAsync,
} from './test-association.ts'
export { type BarnardOrdering, barnardTest, type BarnardTest, type BarnardTestOptions } from '../unconditional/barnard-test.ts'
export { boschlooTest, type BoschlooTest, type BoschlooTestOptions } from '../unconditional/boschloo-test.ts'
export {
  type UnconditionalDifference,
  unconditionalDifferenceInterval,
  type UnconditionalDifferenceOptions,
} from '../unconditional/difference-interval.ts'
export { type UnconditionalOptions, type UnconditionalResult } from '../unconditional/unconditional-p-value.ts'
