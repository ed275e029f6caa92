import { type Alternative, requireAlternative } from '../confidence-interval.ts'
import { chiSquaredUpperTail, logChiSquaredUpperTail } from '../distributions/chi-squared.ts'
import { logNormalUpperTail, normalUpperTail } from '../distributions/normal.ts'

/** P value of a standard normal statistic, and its logarithm, which is taken anew where P is denormal and has few digits left. */
export function normalTails(z: number, alternative: Alternative): { pValue: number; logPValue: number } {
  const pair = (pValue: number, logTail: () => number): { pValue: number; logPValue: number } => ({
    pValue,
    logPValue: pValue > 1e-290 ? Math.log(pValue) : logTail(),
  })
  requireAlternative(alternative)
  switch (alternative) {
    case 'two-sided':
      return pair(chiSquaredUpperTail(z * z, 1), () => logChiSquaredUpperTail(z * z, 1))
    case 'greater':
      return pair(normalUpperTail(z), () => logNormalUpperTail(z))
    case 'less':
      return pair(normalUpperTail(-z), () => logNormalUpperTail(-z))
  }
}
