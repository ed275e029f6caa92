export { type BarnardOrdering, barnardTest, type BarnardTest, type BarnardTestOptions } from './barnard-test.ts'
export { boschlooTest, type BoschlooTest, type BoschlooTestOptions } from './boschloo-test.ts'
export {
  type UnconditionalDifference,
  unconditionalDifferenceInterval,
  type UnconditionalDifferenceOptions,
} from './difference-interval.ts'
export { type UnconditionalOptions, type UnconditionalResult } from './unconditional-p-value.ts'
