import { type TwoByTwo, twoByTwo } from '../effects/two-by-two.ts'
import { strataOf, type StratifiedInput } from '../tables/stratified-table.ts'

/** Reads and checks 2 × 2 strata. */
export function twoByTwoStrata(input: StratifiedInput): TwoByTwo[] {
  return strataOf(input).map(twoByTwo)
}

/** Whether a stratum says anything about association: all four margins above zero. */
export function isInformative(t: TwoByTwo): boolean {
  return t.n1 > 0 && t.n2 > 0 && t.m1 > 0 && t.m2 > 0
}
