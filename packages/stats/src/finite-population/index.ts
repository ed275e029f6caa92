export { finitePopulationChiSquaredTest, type FinitePopulationChiSquaredTest } from './finite-population-chi-squared.ts'
export { finitePopulationTest, type FinitePopulationTest, type FinitePopulationTestOptions } from './finite-population-comparison.ts'
export {
  finitePopulationInterval,
  type FinitePopulationInterval,
  type FinitePopulationIntervalOptions,
  type FinitePopulationMethod,
} from './finite-population-interval.ts'
