import { logComplement } from '../numerics/log-complement.ts'

/** The probability of what is certain or impossible, or its logarithm where `log`. */
export function certainty(isCertain: boolean, log: boolean): number {
  if (log) return isCertain ? 0 : -Infinity
  return isCertain ? 1 : 0
}

/**
 * A tail, or what it leaves for the other, from its logarithm.
 *
 * @param logTail - natural logarithm of the tail that was computed
 * @param isAsked - whether that tail is the one asked for, not its complement
 * @param log - whether the logarithm is asked for
 */
export function fromLogTail(logTail: number, isAsked: boolean, log: boolean): number {
  if (isAsked) return log ? logTail : Math.exp(logTail)
  return log ? logComplement(logTail) : -Math.expm1(logTail)
}
