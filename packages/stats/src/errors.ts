/** What was wrong with an argument. Branch on this, never on the message. */
export type StatsErrorCode =
  /** A count is not a non-negative safe integer. */
  | 'not-a-count'
  /** Rows of unequal length, or labels that do not match the counts. */
  | 'ragged'
  /** Fewer rows, columns, strata or observations than the method is defined for. */
  | 'too-small'
  /** A number outside the range that its parameter allows. */
  | 'out-of-range'
  /** Two arguments that do not fit each other. */
  | 'mismatch'
  /** A table too large for the method within the limits given. */
  | 'too-large'

/** Thrown when the caller passes something that the function is not defined for. */
export class StatsError extends RangeError {
  // Set explicitly: class names do not survive minification, and `instanceof` fails across ESM and CommonJS copies.
  /** Always `'StatsError'`, also where the code was minified. */
  override readonly name: string = 'StatsError'
  /** The fault, as a literal to branch on. */
  readonly code: StatsErrorCode

  /**
   * An error with a code.
   *
   * @param code - the fault
   * @param message - what is wrong, where, and what was expected
   */
  constructor(code: StatsErrorCode, message: string) {
    super(message)
    this.code = code
  }
}
