/** What the caller got wrong. Branch on this, never on the message. */
export type RecommendationsErrorCode =
  /** The model does not pass its checks. */
  | 'invalid-model'
  /** An option names a threshold that the model does not have, or a value outside what its unit allows. */
  | 'invalid-threshold'
  /** A rule is named that the model does not have. */
  | 'unknown-rule'
  /** A day that is not written `YYYY-MM-DD`. */
  | 'invalid-date'
  /** A person chose a base that was not among those that fit, or did not say who, when and why. */
  | 'invalid-base-choice'
  /** A table that would rank named trusts on old answers was not asked for explicitly. */
  | 'league-table-refused'
  /** Evaluations that are to be compared were made with different models, versions or thresholds. */
  | 'different-models'
  /** A subject stands twice where it can stand once. */
  | 'duplicate-subject'
  /** An option outside the range that it allows. */
  | 'invalid-option'

/**
 * Thrown when the caller passes something this package cannot use. Faults in a model that came from outside are never thrown by
 * {@link parseModel}: they come back as issues.
 *
 * @example
 * ```ts @import.meta.vitest
 * expect(new RecommendationsError('unknown-rule', 'there is no rule "x"').code).toBe('unknown-rule')
 * ```
 */
export class RecommendationsError extends RangeError {
  // Set explicitly: class names do not survive minification, and `instanceof` fails across ESM and CommonJS copies.
  /** Always `'RecommendationsError'`, also where the code was minified. */
  override readonly name: string = 'RecommendationsError'
  /** The fault, as a literal to branch on. */
  readonly code: RecommendationsErrorCode

  /**
   * An error with a code.
   *
   * @param code - the fault
   * @param message - what is wrong, where, and what was expected
   */
  constructor(code: RecommendationsErrorCode, message: string) {
    super(message)
    this.code = code
  }
}
