/**
 * The grade of school at which a text can be read, after Flesch and Kincaid: 0.39 · words / sentences + 11.8 · syllables / words − 15.59.
 *
 * A sentence ends at a full stop, question or exclamation mark, colon or semicolon, as Flesch counts units of thought; a figure
 * counts as a word of one syllable, as he leaves figures out of the count of syllables. Syllables are counted by rule and not by
 * dictionary, which is right for about nine words in ten.
 *
 * @param text - English text
 * @returns the grade; 0 for a text without words
 *
 * @see Kincaid JP and others, *Derivation of new readability formulas for Navy enlisted personnel*, 1975; Flesch R, *How to Write Plain
 * English*, 1979, chapter 2
 *
 * @example
 * ```ts @import.meta.vitest
 * expect(readingGrade('The cat sat on the mat.')).toBeCloseTo(0.39 * 6 + 11.8 - 15.59, 10)
 * ```
 */
export function readingGrade(text: string): number {
  const sentences = text.split(/[.!?;:]+(?=[\s”’)]|$)/).filter((part) => /[A-Za-z0-9]/.test(part)).length
  const words = text.match(/[A-Za-z0-9][A-Za-z0-9'’.,%#-]*/g) ?? []
  if (words.length === 0) return 0
  const syllables = words.reduce((sum, word) => sum + syllablesOf(word), 0)
  return (0.39 * words.length) / Math.max(1, sentences) + (11.8 * syllables) / words.length - 15.59
}

function syllablesOf(word: string): number {
  if (/\d/.test(word)) return 1
  return word
    .toLowerCase()
    .split('-')
    .reduce((sum, part) => sum + syllablesOfPart(part.replace(/[^a-z]/g, '')), 0)
}

function syllablesOfPart(word: string): number {
  if (word.length <= 3) return 1
  // An e is silent at the end, also before -s and -d and within words made of two; not in -le after a consonant, nor where -es follows a hiss.
  const spoken = word
    .replace(/e(?=(?:ly|ty|ment|ful|less|times?|thing|where|body)$)/, '')
    .replace(/(?:[^laeiouysxzcgh]es|[^td]ed|[^aeiouyl]e|[aeiouy]le|que)$/, (end) => end.charAt(0))
  const groups = spoken.match(/[aeiouy]+/g)?.length ?? 0
  // Two vowels that are spoken apart.
  const apart = spoken.match(/[^tscgaeiou]i[aou]|rea(?:t|ti)|[^aeiouy]ea$|[aeiouy]ing/g)?.length ?? 0
  return Math.max(1, groups + apart)
}
