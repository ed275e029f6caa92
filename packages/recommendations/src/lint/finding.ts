/** What is wrong with a model. Branch on this, never on the message. */
export type FindingCode =
  /** Two entries of one list share an id. */
  | 'duplicate-id'
  /** A condition, share, comparison or list of evidence names an indicator that the model does not have. */
  | 'unknown-indicator'
  /** A condition names a threshold that the model does not have, or the package needs one that is missing. */
  | 'unknown-threshold'
  /** A rule names a theme that the model does not have. */
  | 'unknown-theme'
  /** A rule names a barrier that the model does not have. */
  | 'unknown-barrier'
  /** A condition or share names a value that its indicator cannot have. */
  | 'unknown-value'
  /** A condition compares what cannot be compared, such as an answer with a number. */
  | 'wrong-kind'
  /** A rule for single trusts looks at something that only groups have. */
  | 'wrong-subject'
  /** Skip logic that comes back to where it began. */
  | 'circular-skip-logic'
  /** No subject can be one to which the rule applies; the witness is the smallest set of conditions that exclude each other. */
  | 'never-applies'
  /** No subject can be one that meets it already. */
  | 'never-met'
  /** Wherever the rule applies, another for the same practice does too. */
  | 'dead-rule'
  /** Part of a condition makes no difference. */
  | 'dead-condition'
  /** One subject can be told to do a thing and not to do it, or that it is met and not met. */
  | 'contradictory-rules'
  /** A threshold that nothing looks at. */
  | 'unused-threshold'
  /** A condition states a number itself, where no reason stands beside it and no option can change it. */
  | 'bare-number'
  /** A kind of cap that the model lacks, so that nothing lowers what it is there to lower. */
  | 'missing-cap'
  /** A cap that can never lower anything, or that another of its kind stands before. */
  | 'unreachable-cap'
  /** A text claims that one thing brings about another. */
  | 'causal-claim'
  /** A text speaks for the authors of the study. */
  | 'claims-authors-advice'
  /** A text of ours in American spelling. */
  | 'american-spelling'
  /** A text of ours that needs more than eight years of school. */
  | 'hard-to-read'

/** A fault of a model, explained. */
export interface Finding {
  /** What is wrong. */
  readonly code: FindingCode
  /** `error` where advice would be wrong or fail; `warning` where it could be better. */
  readonly severity: 'error' | 'warning'
  /** Ids of the rules concerned. */
  readonly rules: readonly string[]
  /** Where, such as `rules/trust-open-by-default/when`. */
  readonly path: string
  /** What is wrong, for people. */
  readonly message: string
  /** What shows it: an example subject by its values, or conditions that exclude each other; `null` where nothing is needed. */
  readonly witness:
    | {
        /** An example subject: values by the ids of indicators. */
        readonly values: Readonly<Record<string, string | number>>
      }
    | {
        /** Conditions that exclude each other, in words. */
        readonly conditions: readonly string[]
      }
    | null
}
