/** The part of a command's help that shows how it is used. */
export function examples(...lines: readonly string[]): string {
  return `\nExamples:\n${lines.map((line) => `  study ${line}`).join('\n')}`
}
