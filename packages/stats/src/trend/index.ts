export {
  type CochranArmitageTest,
  cochranArmitageTest,
  type CochranArmitageTestOptions,
  type DepartureFromTrend,
} from './cochran-armitage-test.ts'
export { type LinearByLinearTest, linearByLinearTest, type LinearByLinearTestOptions } from './linear-by-linear-test.ts'
