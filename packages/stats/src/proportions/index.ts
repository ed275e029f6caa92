export { agrestiCoullInterval } from './agresti-coull-interval.ts'
export { arcsineInterval } from './arcsine-interval.ts'
export { type BinomialTest, binomialTest, type BinomialTestOptions } from './binomial-test.ts'
export { blakerInterval } from './blaker-interval.ts'
export { clopperPearsonInterval } from './clopper-pearson-interval.ts'
export {
  type EquivalenceOptions,
  equivalenceTest,
  type EquivalenceTest,
  type NonInferiorityOptions,
  nonInferiorityTest,
  type NonInferiorityTest,
} from './equivalence-test.ts'
export { jeffreysInterval } from './jeffreys-interval.ts'
export { likelihoodInterval } from './likelihood-interval.ts'
export { midPInterval } from './mid-p-interval.ts'
export {
  type CategoryInterval,
  goodmanIntervals,
  type MultinomialIntervalChoice,
  type MultinomialIntervalMethod,
  type MultinomialIntervalOptions,
  multinomialIntervals,
  quesenberryHurstIntervals,
  sisonGlazIntervals,
  type SisonGlazOptions,
} from './multinomial-intervals.ts'
export { type ProportionInterval, type ProportionIntervalOptions } from './proportion-interval-options.ts'
export { proportionInterval, type ProportionIntervalChoice, type ProportionIntervalMethod } from './proportion-interval.ts'
export { type ProportionTest, proportionTest, type ProportionTestOptions } from './proportion-test.ts'
export { type ProportionEffect } from './restricted-proportions.ts'
export { type SisonGlazCoverage } from './sison-glaz.ts'
export { waldInterval, type WaldIntervalOptions } from './wald-interval.ts'
export { wilsonInterval, type WilsonIntervalOptions } from './wilson-interval.ts'
