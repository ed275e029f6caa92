/** What the process answers with; scripts branch on it. */
export const exitCode = {
  /** Done, nothing to report. */
  ok: 0,
  /** Done, and something was found: a figure that does not reproduce, an answer that is not valid. */
  findings: 1,
  /** The command line was wrong. */
  usage: 2,
  /** A file could not be read or is not what it should be. */
  unreadable: 3,
} as const

/** One of {@link exitCode}. */
export type ExitCode = (typeof exitCode)[keyof typeof exitCode]

/** Something that the user can mend: shown as one line without a stack, and answered with its own exit code. */
export class UserError extends Error {
  override readonly name = 'UserError'
  readonly exitCode: ExitCode

  constructor(code: ExitCode, message: string) {
    super(message)
    this.exitCode = code
  }
}
