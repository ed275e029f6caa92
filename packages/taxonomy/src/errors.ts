/** What was wrong with a taxonomy or an argument. Branch on this, never on the message. */
export type TaxonomyErrorCode =
  /** An identifier stands twice, or is not in kebab case. */
  | 'bad-id'
  /** A name belongs to two technologies, or to a technology and a counter-phrase. */
  | 'alias-clash'
  /** A name is empty, too long, or holds a character that no text can match. */
  | 'bad-alias'
  /** An identifier that is referred to does not exist. */
  | 'unknown-id'
  /** Parents form a circle. */
  | 'cycle'
  /** A value outside what its field allows. */
  | 'bad-value'

/** One fault of a taxonomy. */
export interface TaxonomyIssue {
  /** The fault, as a literal to branch on. */
  readonly code: TaxonomyErrorCode
  /** Where it stands: a technology, category or bundle. */
  readonly subject: string
  /** What is wrong and what was expected. */
  readonly message: string
}

/** Thrown when a taxonomy cannot be compiled or extended; it lists every fault, not the first alone. */
export class TaxonomyError extends TypeError {
  // Set explicitly: class names do not survive minification, and `instanceof` fails across ESM and CommonJS copies.
  /** Always `'TaxonomyError'`, also where the code was minified. */
  override readonly name: string = 'TaxonomyError'
  /** The first fault, as a literal to branch on. */
  readonly code: TaxonomyErrorCode
  /** Every fault found. */
  readonly issues: readonly TaxonomyIssue[]

  /**
   * An error with every fault.
   *
   * @param issues - the faults, at least one
   */
  constructor(issues: readonly [TaxonomyIssue, ...TaxonomyIssue[]]) {
    super(issues.map(({ subject, message }) => `${subject}: ${message}`).join('; '))
    this.code = issues[0].code
    this.issues = issues
  }
}
