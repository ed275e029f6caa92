export { createRandom, type Random } from './random.ts'
export { logBinomialCoefficient, logFactorial, logGamma } from './gamma-function.ts'
