import { StatsError } from '../errors.ts'

/** Throws unless a parameter of a distribution is above zero and finite. */
export function requirePositive(name: string, value: number): void {
  if (!(value > 0 && value < Infinity)) throw new StatsError('out-of-range', `${name} is ${value}, expected a number above 0`)
}

/** Throws unless a parameter is a whole number, at least 0, that a double holds exactly. */
export function requireCount(name: string, value: number): void {
  if (!Number.isSafeInteger(value) || value < 0) {
    throw new StatsError('not-a-count', `${name} is ${value}, expected a whole number of at least 0`)
  }
}

/** Throws unless a value is a probability. */
export function requireProbability(name: string, value: number): void {
  if (!(value >= 0 && value <= 1)) throw new StatsError('out-of-range', `${name} is ${value}, expected a probability`)
}

/** Throws if a value is not a number; infinities are allowed. */
export function requireNumber(name: string, value: number): void {
  if (typeof value !== 'number' || value !== value) throw new StatsError('out-of-range', `${name} is ${value}, expected a number`)
}
