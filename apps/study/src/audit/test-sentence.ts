/** A test as papers print it in a sentence. */
export interface TestSentence {
  readonly statistic: string | null
  readonly degreesOfFreedom: string | null
  readonly pValue: string | null
  /** The total that stands beside the degrees of freedom. */
  readonly base: string | null
}

const number = String.raw`[-−]?\d*[.·,]?\d+`
const chiSquared = new RegExp(
  String.raw`(?:[χΧxX]\s*[²2]|chi[-\s]*squared?|G\s*[²2]?)\s*(?:test\s*)?(?:\(([^)]*)\))?\s*[=:]\s*(${number})`,
  'i',
)
const degrees = /(?:^|[^a-z])d\.?\s?f\.?\s*[=:]\s*(\d+)/i
const total = /(?:^|[^a-z])n\s*[=:]\s*([\d,]+)/i
const probability = new RegExp(String.raw`(?:^|[^a-z])p(?:[-\s]?value)?\s*([<>=≤≥])\s*(${number})`, 'i')

/**
 * Reads `χ²(1, N = 191) = 4.12, p = .042` or `chi-square = 4.12; df = 1; P < .05`: the style of the American Psychological
 * Association, and what comes near it. `null` where the text is something else, such as a t test.
 */
export function testSentence(text: string): TestSentence | null {
  const [, inBrackets, statistic] = chiSquared.exec(text) ?? []
  if (statistic === undefined) return null
  const [, relation, p] = probability.exec(text) ?? []
  return {
    statistic,
    degreesOfFreedom: degrees.exec(text)?.[1] ?? /^\s*(\d+)\s*(?:[,;]|$)/.exec(inBrackets ?? '')?.[1] ?? null,
    pValue: p === undefined ? null : `${relation === '=' ? '' : relation}${p}`,
    base: total.exec(text)?.[1] ?? null,
  }
}
