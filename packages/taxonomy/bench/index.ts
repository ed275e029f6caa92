/**
 * Speed and accuracy of the built package beside matchers from npm that were given the same names, and the curve over long texts. `npm run bench -w packages/taxonomy`.
 * Megabytes of UTF-8 a second of processor time, best of several rounds, so that other work on the machine disturbs little.
 */
import { createRequire } from 'node:module'
import path from 'node:path'
import { AhoCorasick } from '@monyone/aho-corasick/greedy'
import model from 'wink-eng-lite-web-model'
import winkNLP from 'wink-nlp'
import { readLabelledTexts } from '../evaluation/read-labelled-texts.ts'
import { createClassifier, defaultTaxonomy, evaluate, type Match } from '@open-digital-capability/taxonomy'

const KeywordProcessor = createRequire(import.meta.url)('flashtext.js') as new () => {
  addKeyword(keyword: string, clean: string): void
  extractKeywords(text: string): string[]
}

const labelled = readLabelledTexts(path.join(import.meta.dirname, '../evaluation/gold.jsonl'))
const texts = labelled.map(({ text }) => text)
const bytesOf = (list: readonly string[]): number => list.reduce((sum, text) => sum + Buffer.byteLength(text), 0)

/** Milliseconds of processor time since the process began. */
function processorTime(): number {
  const { user, system } = process.cpuUsage()
  return (user + system) / 1000
}

function timeOf(work: () => void): number {
  const start = processorTime()
  work()
  return processorTime() - start
}

/** Megabytes a second, best of `rounds`, after a warm-up. */
function speedOf(read: (text: string) => unknown, list: readonly string[], repeats: number, rounds = 5): number {
  const once = (): void => {
    for (let repeat = 0; repeat < repeats; repeat++) for (const text of list) read(text)
  }
  once()
  let best = Infinity
  for (let round = 0; round < rounds; round++) best = Math.min(best, timeOf(once))
  return (bytesOf(list) * repeats) / best / 1000
}

const names = new Map<string, string>()
for (const { id, label, aliases, misspellings, ambiguous } of defaultTaxonomy().technologies) {
  for (const name of [label, ...aliases, ...misspellings, ...ambiguous.map(({ alias }) => alias)])
    if (!names.has(name.toLowerCase())) names.set(name.toLowerCase(), id)
}

/** Technologies by identifier as matches, for the evaluation of matchers that know neither context nor status. */
const asMatches = (ids: readonly string[]): readonly Match<string>[] =>
  ids.map((technologyId) => ({
    technologyId,
    start: 0,
    end: 0,
    text: '',
    alias: '',
    confidence: 1,
    status: 'used',
    because: { rule: 'alias', words: null },
    statusWords: null,
  }))

const flashText = new KeywordProcessor()
for (const [name, id] of names) flashText.addKeyword(name, id)

const ahoCorasick = new AhoCorasick([...names.keys()])
const isWord = /[\p{L}\p{N}_]/u
const withinWords = (text: string): readonly string[] => {
  const lower = text.toLowerCase()
  return ahoCorasick
    .matchInText(lower)
    .filter(
      ({ begin, end }) =>
        !(isWord.test(lower[begin - 1] ?? ' ') && isWord.test(lower[begin] ?? ' ')) &&
        !(isWord.test(lower[end] ?? ' ') && isWord.test(lower[end - 1] ?? ' ')),
    )
    .map(({ keyword }) => names.get(keyword) ?? '')
}

const wink = winkNLP(model)
wink.learnCustomEntities(
  [...names].map(([name, id]) => ({ name: id, patterns: [name.replace(/[[\]|^]/g, ' ')] })),
  { matchValue: false, useEntity: false, usePOS: false },
)
const winkEntities = (text: string): readonly string[] =>
  wink
    .readDoc(text)
    .customEntities()
    // It is known by its identity, so it must not be bound.
    // eslint-disable-next-line @typescript-eslint/unbound-method
    .out(wink.its.type)

const compile = timeOf(() => createClassifier())
const classifier = createClassifier()
const again = Math.min(...Array.from({ length: 10 }, () => timeOf(() => createClassifier())))

const row = (name: string, speed: number, read: (text: string) => readonly Match<string>[]) => {
  const { named, disclosed, emptyTextHitRate } = evaluate(labelled, read)
  const percent = (share: number | null): string => `${((share ?? 0) * 100).toFixed(1)} %`
  return {
    matcher: name,
    'MB/s': Number(speed.toFixed(1)),
    'named F1': Number((named.f1 ?? 0).toFixed(3)),
    precision: Number((named.precision ?? 0).toFixed(3)),
    'disclosed F1': Number((disclosed.f1 ?? 0).toFixed(3)),
    'hits in texts naming nothing': percent(emptyTextHitRate),
  }
}

console.log(`${texts.length} texts, ${(bytesOf(texts) / texts.length).toFixed(0)} bytes each; ${names.size} names; Node ${process.version}`)
console.log(`compile: ${compile.toFixed(1)} ms at first, ${again.toFixed(1)} ms when warm`)
console.table([
  row(
    'this package: classify, with status',
    speedOf((text) => classifier.classify(text), texts, 40),
    (text) => classifier.classify(text),
  ),
  row(
    'this package: find (match stage alone)',
    speedOf((text) => classifier.find(text), texts, 80),
    (text) => asMatches(classifier.find(text).flatMap(({ technologyIds }) => technologyIds)),
  ),
  row(
    'flashtext.js',
    speedOf((text) => flashText.extractKeywords(text), texts, 10),
    (text) => asMatches(flashText.extractKeywords(text)),
  ),
  row('@monyone/aho-corasick, longest, word edges', speedOf(withinWords, texts, 10), (text) => asMatches(withinWords(text))),
  row('wink-nlp custom entities', speedOf(winkEntities, texts.slice(0, 200), 1, 3), (text) => asMatches(winkEntities(text))),
])

const sizes = [125_000, 250_000, 500_000, 1_000_000]
const prose = texts.join('\n\n')
const long: Readonly<Record<string, string>> = {
  'the gold texts in a row': prose,
  'C C C': 'C ',
  'near misses': 'SQL Serve ',
  'glued list': 'java,',
  'deep brackets': '(',
  'no java is not used': 'no java is not used ',
  misspellings: 'Micrsoft ',
  comparisons: 'considered Java such as ',
}
console.log('milliseconds for one text of a length in characters: a straight line doubles')
console.table(
  Object.entries(long).map(([name, unit]) => {
    const text = unit.repeat(Math.ceil(1_000_000 / unit.length))
    return {
      text: name,
      ...Object.fromEntries(
        sizes.map((size) => [size, Math.round(Math.min(...[1, 2, 3].map(() => timeOf(() => classifier.classify(text.slice(0, size))))))]),
      ),
    }
  }),
)
