/** Why no answer exists. */
export type NotTestableReason =
  /** A row or column of the table has no observations. */
  | 'zero-margin'
  /** The table has no observations. */
  | 'no-observations'
  /** Every observation is alike, so nothing varies that could be tested. */
  | 'no-variation'
  /** No stratum carries information. */
  | 'no-informative-strata'
  /** The statistic is infinite, so there is nothing to refer to a distribution. */
  | 'unbounded-statistic'
  /** The predictors separate events from the rest, so that no finite estimate exists. */
  | 'separation'

/**
 * The answer of a test where the data allow none: an outcome, not an error, because one empty category in forty tables
 * must not stop the other thirty-nine. Its numbers are `null`, so that a reader has to look at `reason`.
 */
export interface NotTestable {
  /** Tells this outcome apart from the result of a test. */
  readonly method: 'not-testable'
  /** The `method` that was asked for. */
  readonly test: string
  /** Why there is no answer, as a literal to branch on. */
  readonly reason: NotTestableReason
  /** The same in a sentence. */
  readonly message: string
  /** No statistic. */
  readonly statistic: null
  /** No degrees of freedom. */
  readonly degreesOfFreedom: null
  /** No P value. */
  readonly pValue: null
}

/** Builds a {@link NotTestable}; every test of the package answers with it where the data allow no result. */
export function notTestable(test: string, reason: NotTestableReason, message: string): NotTestable {
  return { method: 'not-testable', test, reason, message, statistic: null, degreesOfFreedom: null, pValue: null }
}
