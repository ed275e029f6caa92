import { StatsError } from './errors.ts'

/** Throws unless a number is above zero and finite. */
export function requirePositive(name: string, value: number): void {
  if (!(value > 0 && value < Infinity)) throw new StatsError('out-of-range', `${name} is ${value}, expected a number above 0`)
}

/** Throws unless a number is whole, at least 0, and one that a double holds exactly. */
export function requireCount(name: string, value: number): void {
  if (!Number.isSafeInteger(value) || value < 0) {
    throw new StatsError('not-a-count', `${name} is ${value}, expected a whole number of at least 0`)
  }
}

/** Throws unless a number is at least zero and finite. */
export function requireNonNegative(name: string, value: number): void {
  if (!(value >= 0 && value < Infinity)) throw new StatsError('out-of-range', `${name} is ${value}, expected a number of at least 0`)
}

/** Throws unless a value is a probability. */
export function requireProbability(name: string, value: number): void {
  if (!(value >= 0 && value <= 1)) throw new StatsError('out-of-range', `${name} is ${value}, expected a probability`)
}

/** Throws if a value is not a number; infinities are allowed. */
export function requireNumber(name: string, value: number): void {
  if (typeof value !== 'number' || value !== value) throw new StatsError('out-of-range', `${name} is ${value}, expected a number`)
}

/** Throws unless a number is whole and at least 1. */
export function requirePositiveInteger(name: string, value: number): void {
  if (!Number.isSafeInteger(value) || value < 1) throw new StatsError('out-of-range', `${name} is ${value}, expected a positive integer`)
}

/** A number strictly between two others, such as a confidence level or a threshold; throws unless it is one. */
export function requireBetween(name: string, value: number, low = 0, high = 1): number {
  if (!(value > low && value < high))
    throw new StatsError('out-of-range', `${name} is ${value}, expected a number between ${low} and ${high}`)
  return value
}

/** A P value of a list; throws unless it is one. */
export function requirePValue(position: number, value: number): number {
  if (value >= 0 && value <= 1) return value
  throw new StatsError('out-of-range', `P value ${position} is ${String(value)}, expected a number between 0 and 1, or null`)
}

/** An option that names one of a few ways; throws unless it is one of them. */
export function requireOneOf<Name extends string>(option: string, value: Name, ...names: readonly Name[]): Name {
  if (names.includes(value)) return value
  throw new StatsError('out-of-range', `${option} is ${String(value)}, expected ${names.join(' or ')}`)
}
