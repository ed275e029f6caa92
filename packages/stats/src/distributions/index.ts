export { betaCdf, betaQuantile, betaUpperQuantile, betaUpperTail, logBetaCdf, logBetaUpperTail } from './beta.ts'
export {
  binomialCdf,
  binomialProbability,
  binomialQuantile,
  binomialUpperQuantile,
  binomialUpperTail,
  logBinomialCdf,
  logBinomialProbability,
  logBinomialUpperTail,
} from './binomial.ts'
export {
  chiSquaredCdf,
  chiSquaredQuantile,
  chiSquaredUpperQuantile,
  chiSquaredUpperTail,
  logChiSquaredCdf,
  logChiSquaredUpperTail,
} from './chi-squared.ts'
export {
  hypergeometricCdf,
  hypergeometricProbability,
  hypergeometricQuantile,
  hypergeometricUpperQuantile,
  hypergeometricUpperTail,
  logHypergeometricCdf,
  logHypergeometricProbability,
  logHypergeometricUpperTail,
} from './hypergeometric.ts'
export {
  logNoncentralChiSquaredCdf,
  logNoncentralChiSquaredUpperTail,
  noncentralChiSquaredCdf,
  noncentralChiSquaredQuantile,
  noncentralChiSquaredUpperQuantile,
  noncentralChiSquaredUpperTail,
} from './noncentral-chi-squared.ts'
export {
  logNoncentralHypergeometricCdf,
  logNoncentralHypergeometricProbability,
  logNoncentralHypergeometricUpperTail,
  noncentralHypergeometricCdf,
  noncentralHypergeometricMean,
  noncentralHypergeometricProbability,
  noncentralHypergeometricQuantile,
  noncentralHypergeometricUpperQuantile,
  noncentralHypergeometricUpperTail,
  noncentralHypergeometricVariance,
} from './noncentral-hypergeometric.ts'
export {
  logNormalCdf,
  logNormalUpperTail,
  normalCdf,
  normalDensity,
  normalQuantile,
  normalUpperQuantile,
  normalUpperTail,
} from './normal.ts'
export {
  logPoissonCdf,
  logPoissonProbability,
  logPoissonUpperTail,
  poissonCdf,
  poissonProbability,
  poissonQuantile,
  poissonUpperQuantile,
  poissonUpperTail,
} from './poisson.ts'
