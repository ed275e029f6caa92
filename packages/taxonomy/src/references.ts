/** How an answer points at the names that a question listed. */
const ordinals = ['first', 'second', 'third', 'fourth', 'fifth']
const reference =
  /\bthe (former|latter|first|second|third|fourth|fifth|last)(?: (one|two|three))?(?= (?:of (?:these|them|those)|and|but|with|for|only|is|was|has|in)\b|\s*[,.;:!)]|\s*$)/gi
const answerOpening = String.raw`^[\s\W]*(?:(?:a|answer|response|reply)\s?\d*\s?[.:)–-]*\s*)?(?:yes[\s\W]+)?`
const subjectAndVerb = String.raw`(?:(?:we|the trust) (?:\w+ )?(?:use[sd]?|have|has|hold|chose|support|run|went with|opted for|selected)\s+)?`
const everything = new RegExp(
  `${answerOpening}${subjectAndVerb}(?:both|all(?: of (?:these|them|those|the above)| (?:these|those|two|three|four|five|the above))?)(?: of (?:these|them|those))?\\s*(?:$|[.,;:!]|are used|in use)`,
  'i',
)
const opensWithReference = new RegExp(`${answerOpening}${subjectAndVerb}the (?:former|latter|first|second|third|fourth|fifth|last)\\b`, 'i')
const choice =
  /\b(?:chose|selected|picked|went (?:with|for)|opted for|bought|preferred|settled on|kept) the (former|latter|first|second|last)\b|\bthe (former|latter|first|second|last)(?: one)? (?:was|is|has been) (?:chosen|selected|picked|preferred|bought|adopted|kept)\b/i

function indexOf(word: string, count: number): number {
  if (word === 'former') return count - 2
  if (word === 'latter' || word === 'last') return count - 1
  return ordinals.indexOf(word)
}

/**
 * Which names of a question its answer points at: `The latter.`, `Both of these.`, `We use the first two.`
 *
 * @param answer - the sentence after the question
 * @param count - how many names the question holds
 * @returns indices of names; none where the answer does not begin so
 */
export function pointedAt(answer: string, count: number): readonly number[] {
  if (everything.test(answer)) return Array.from({ length: count }, (_, index) => index)
  if (!opensWithReference.test(answer)) return []
  const found: number[] = []
  for (const [, word = '', number] of answer.matchAll(reference)) {
    const size = number === 'two' ? 2 : number === 'three' ? 3 : 1
    const from = word.toLowerCase() === 'last' ? count - size : indexOf(word.toLowerCase(), count)
    for (let index = from; index < from + size; index++) if (index >= 0 && index < count) found.push(index)
  }
  return found
}

/** Which of two or more names was taken after all: `and chose the latter`, `the former was selected`; or -1. */
export function chosenOf(words: string, count: number): number {
  const match = choice.exec(words)
  return match === null || count < 2 ? -1 : indexOf((match[1] ?? match[2] ?? '').toLowerCase(), count)
}
