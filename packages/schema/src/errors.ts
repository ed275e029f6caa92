/** What the caller got wrong. Branch on this, never on the message. */
export type SchemaErrorCode =
  | 'invalid-questionnaire'
  | 'unknown-question'
  | 'invalid-ods-code'
  | 'invalid-date'
  | 'invalid-record'
  | 'invalid-option'
  | 'outside-bank-holidays'
  | 'missing-migration'

/**
 * Thrown when the caller passes something this package cannot use. Faults in data that came from outside are never thrown: they
 * come back as issues.
 *
 * @example
 * ```ts @import.meta.vitest
 * const error = new SchemaError('unknown-question', 'there is no question "team"')
 *
 * expect(error.code).toBe('unknown-question')
 * ```
 */
export class SchemaError extends TypeError {
  /** Always `'SchemaError'`, also where the code was minified. */
  override readonly name: string = 'SchemaError'
  /** What was wrong, for programs. */
  readonly code: SchemaErrorCode

  /**
   * An error with a code.
   *
   * @param code - what was wrong, for programs
   * @param message - what was wrong, for people
   */
  constructor(code: SchemaErrorCode, message: string) {
    super(message)
    this.code = code
  }
}
