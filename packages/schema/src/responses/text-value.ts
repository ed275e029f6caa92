import * as z from 'zod'

// Line breaks and tabs are the only control characters that every format of ours can carry.
// eslint-disable-next-line no-control-regex -- control characters are what it looks for
const controlCharacters = new RegExp('[\\u0000-\\u0008\\u000b\\u000c\\u000e-\\u001f\\u007f\\ufffe\\uffff]', 'g')
const loneSurrogates = /\p{Surrogate}/gu

/** Whether a text has characters that no spreadsheet or XML file can carry. */
export function hasControlCharacters(text: string): boolean {
  return text.search(controlCharacters) !== -1
}

/** A text without the characters that {@link hasControlCharacters} looks for. */
export function withoutControlCharacters(text: string): string {
  return text.replace(controlCharacters, '')
}

/** Whether a text has half of a surrogate pair, which no encoding can carry. */
export function hasLoneSurrogates(text: string): boolean {
  return text.search(loneSurrogates) !== -1
}

/** A text with each lone surrogate replaced by U+FFFD, as encoders do. */
export function withoutLoneSurrogates(text: string): string {
  return text.replace(loneSurrogates, '\ufffd')
}

/** Greatest length of a text, in UTF-16 units: three times what a cell of a spreadsheet holds. */
export const longestText = 100_000

/** Checks a text in somebody's own words: more than blanks, and nothing that is lost between formats. */
export const textValueSchema: z.ZodType<string, string> = z
  .string()
  .max(longestText)
  .regex(/\S/, 'a text of blanks alone')
  .refine((text) => !hasControlCharacters(text), 'a text with control characters')
  .refine((text) => !hasLoneSurrogates(text), 'a text with half of a surrogate pair')
