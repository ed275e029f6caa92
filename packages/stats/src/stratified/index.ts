export { type BreslowDayTest, breslowDayTest } from './breslow-day-test.ts'
export {
  type CochranMantelHaenszelTest,
  cochranMantelHaenszelTest,
  type CochranMantelHaenszelTestOptions,
} from './cochran-mantel-haenszel-test.ts'
export {
  type AssociationAlternative,
  type GeneralizedCochranMantelHaenszelTest,
  generalizedCochranMantelHaenszelTest,
  type GeneralizedCochranMantelHaenszelTestOptions,
} from './generalized-cochran-mantel-haenszel-test.ts'
export { mantelHaenszel, type MantelHaenszel, type MantelHaenszelOptions } from './mantel-haenszel.ts'
export { type CategoryScores } from './scores.ts'
export { type WoolfTest, woolfTest } from './woolf-test.ts'
