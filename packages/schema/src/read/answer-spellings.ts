import { plainText } from './plain-text.ts'

/** What a spelling stands for: an answer to a yes-no question, or a reason for a missing answer. */
export type SpelledMeaning = 'yes' | 'no' | 'not-answered' | 'refused' | 'not-held' | 'not-applicable'

/**
 * The spellings that are taken for an answer. Capitals, blanks at the edges, runs of blanks, quotes around the whole, the kind of
 * dash or apostrophe and a full stop at the end do not count.
 *
 * `1` and `0` are not here: some surveys code yes and no as 1 and 0, some as 1 and 2. Nor is `unknown`: whether the organisation does
 * not hold the information or the person who answered did not look is for a reader to say. A questionnaire can add spellings of its
 * own with `spellings`.
 */
export const answerSpellings: Readonly<Record<SpelledMeaning, readonly string[]>> = {
  yes: ['y', 'yes', 'true', 't', '✓', '✔'],
  no: ['n', 'no', 'false', 'f', '✗', '✘'],
  'not-answered': ['not answered', 'no answer', 'no response', 'unanswered', 'not provided', 'not stated', 'no reply', '-'],
  refused: ['refused', 'refuse', 'declined', 'declined to answer', 'withheld', 'not disclosed', 'will not disclose'],
  'not-held': ['not held', 'information not held', 'info not held', 'no information held', 'not recorded'],
  'not-applicable': ['n/a', 'na', 'not applicable', 'n.a.', 'not asked'],
}

/** A spelling with all evened out that does not count. */
export function spellingKey(text: string): string {
  let key = plainText(text).toLowerCase()
  if (key.length > 2 && key.startsWith('"') && key.endsWith('"')) key = key.slice(1, -1).trim()
  return key.length > 1 && key.endsWith('.') ? key.slice(0, -1) : key
}

/** Meanings by spelling key: the shared table, and what a questionnaire adds to it or says otherwise. */
export function spelledMeanings(
  added: Readonly<Partial<Record<SpelledMeaning, readonly string[]>>> = {},
): ReadonlyMap<string, SpelledMeaning> {
  const meanings = new Map<string, SpelledMeaning>()
  for (const table of [answerSpellings, added]) {
    for (const [meaning, spellings] of Object.entries(table) as [SpelledMeaning, readonly string[]][]) {
      for (const spelling of spellings) meanings.set(spellingKey(spelling), meaning)
    }
  }
  return meanings
}
