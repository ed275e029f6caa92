import { fc, test } from '@fast-check/vitest'
import { describe, expect } from 'vitest'
import { classifyText, createClassifier, defaultTaxonomy, describeText } from '../src/index.ts'

const names = defaultTaxonomy().technologies.flatMap(({ label, aliases, ambiguous }) => [
  label,
  ...aliases,
  ...ambiguous.map(({ alias }) => alias),
])
const fragments = [
  ...names,
  'not',
  'we use',
  'previously used',
  'and',
  ', ',
  '; ',
  '. ',
  '? ',
  '\n',
  ' (',
  ')',
  'such as',
  'moved from',
  'to',
  '2016 R2',
  'v7',
  '™',
  '’s',
  'https://',
  '@',
  '.com',
  '🙂',
  'é',
  '\u00ad',
  '\u0301',
  '\ud800',
  '   ',
  '-',
  '_',
]
const texts = fc
  .array(
    fc.oneof(
      { weight: 3, arbitrary: fc.constantFrom(...fragments) },
      { weight: 1, arbitrary: fc.string({ unit: 'binary', maxLength: 6 }) },
    ),
    { maxLength: 24 },
  )
  .map((parts) => parts.join(' '))

describe('properties', () => {
  test.prop([texts], { numRuns: 150 })('matches point at their text, in order and without overlap', (text) => {
    let start = 0
    let end = 0
    for (const match of classifyText(text)) {
      expect(text.slice(match.start, match.end)).toBe(match.text)
      expect(match.end).toBeGreaterThan(match.start)
      if (match.because.rule === 'bundle' && match.start === start) expect(match.end).toBe(end)
      else expect(match.start).toBeGreaterThanOrEqual(end)
      start = match.start
      end = match.end
    }
  })

  test.prop([texts], { numRuns: 60 })('results survive JSON and repeat', (text) => {
    const description = describeText(text)
    expect(JSON.parse(JSON.stringify(description))).toEqual(description)
    expect(describeText(text)).toEqual(description)
  })

  test.prop([texts], { numRuns: 60 })('confidence is a share, and no rejected name comes back with a lower bound', (text) => {
    const all = classifyText(text)
    for (const { confidence } of all) expect(confidence > 0 && confidence <= 1).toBe(true)
    expect(classifyText(text, { minimumConfidence: 0.85 })).toEqual(all.filter(({ confidence }) => confidence >= 0.85))
  })

  test.prop([texts, fc.constantFrom('\n\n', ' \n \n')], { numRuns: 50 })(
    'white space around a text moves the matches and changes nothing else',
    (text, space) => {
      const moved = classifyText(space + text).map((match) => ({
        ...match,
        start: match.start - space.length,
        end: match.end - space.length,
      }))
      expect(moved).toEqual(classifyText(text))
    },
  )
})

/** Texts made to be slow: near misses, lists without end, brackets, long tokens. */
const adversarial: Readonly<Record<string, string>> = {
  'C C C': 'C ',
  'near misses': 'SQL Serve ',
  'prefixes of long names': 'Fast Healthcare Interoperability Resource ',
  'glued list': 'java,',
  brackets: '(',
  'full stops': '.',
  'question marks': 'R? ',
  spaces: ' ',
  'one word': 'a',
  hyphens: 'react-',
  'dots in a token': 'node.',
  addresses: 'java@',
  lines: 'React\n',
  negations: 'no java is not used ',
  counters: 'access to ',
  misspellings: 'Micrsoft ',
  'trade marks': 'Rhapsody™ ',
  examples: 'Java such as ',
  comparisons: 'considered Java ',
  cells: 'Java: No, ',
  boxes: '[ ] Java\n',
  headings: 'Not used:\n- ',
}

describe('adversarial texts', () => {
  const { countSteps, classify } = createClassifier()

  test.each(Object.entries(adversarial))('%s: the automaton takes a fixed number of steps a character', (_name, unit) => {
    const steps = (length: number): number => countSteps(unit.repeat(Math.ceil(length / unit.length)).slice(0, length))
    const [small, large] = [steps(5_000), steps(40_000)]
    expect(large).toBeLessThanOrEqual(8 * small + 200)
    expect(large / 40_000).toBeLessThan(6)
  })

  // A quadratic step anywhere would take very long here.
  test.each(Object.entries(adversarial))(
    '%s: 50,000 characters are read to the end',
    (_name, unit) => {
      const text = unit.repeat(Math.ceil(50_000 / unit.length))
      const matches = classify(text)
      expect(matches.every(({ start, end }) => end <= text.length && start < end)).toBe(true)
    },
    20_000,
  )
})
