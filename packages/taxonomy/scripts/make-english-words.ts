/**
 * Writes `data/english-words.json`: the words of English that stand one edit from a name of the taxonomy, so that they are never read as its
 * misspelling. Run after names were added: `node --import tsx --conditions=@open-digital-capability/source scripts/make-english-words.ts`.
 *
 * The words come from the npm package `an-array-of-english-words` (MIT) and from `data/more-words.json`, names of our own; those in
 * `data/rare-words.json` are left out: whoever writes one of them in an answer about technology sooner misspelt a name.
 */
import { readFileSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import path from 'node:path'
import { isOneEditApart, SHORTEST_MISSPELLING } from '../src/misspellings.ts'
import { misspellableNames } from '../src/classifier.ts'
import { defaultTaxonomy } from '../src/default-taxonomy.ts'

const data = path.join(import.meta.dirname, '../data')
const english = createRequire(import.meta.url)('an-array-of-english-words') as readonly string[]
const ours = JSON.parse(readFileSync(path.join(data, 'more-words.json'), 'utf8')) as readonly string[]
const rare = JSON.parse(readFileSync(path.join(data, 'rare-words.json'), 'utf8')) as readonly string[]
const names = misspellableNames(defaultTaxonomy()).filter(({ whole }) => whole)
const known = new Set([...english, ...ours].map((word) => word.toLowerCase()))
const guarded = [...known]
  .filter((word) => word.length >= SHORTEST_MISSPELLING && names.some(({ name }) => isOneEditApart(word, name)))
  // The plural of a name is found as the name.
  .filter((word) => !names.some(({ name }) => word === `${name}s`))
  .filter((word) => !rare.includes(word))
  .sort()
writeFileSync(path.join(data, 'english-words.json'), `${JSON.stringify(guarded)}\n`)
