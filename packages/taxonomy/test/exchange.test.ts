import jsonld from 'jsonld'
import { Parser, type Quad } from 'n3'
import { beforeAll, describe, expect, test } from 'vitest'
import { categories, taxonomyCsv, taxonomyJson, technologies, toSkosJsonLd, toSkosTurtle } from '../src/index.ts'

const skos = 'http://www.w3.org/2004/02/skos/core#'
const type = 'http://www.w3.org/1999/02/22-rdf-syntax-ns#type'

const keyOf = ({ subject, predicate, object }: Quad): string =>
  `${subject.value} ${predicate.value} ${object.termType === 'Literal' ? `"${object.value}"@${object.language}` : object.value}`

describe('SKOS', () => {
  let quads: readonly Quad[]
  let fromJson: readonly Quad[]
  const objects = (subject: string, property: string): readonly string[] =>
    quads
      .filter(({ subject: { value }, predicate }) => value === subject && predicate.value === skos + property)
      .map(({ object }) => object.value)

  beforeAll(async () => {
    quads = new Parser({ format: 'text/turtle' }).parse(toSkosTurtle())
    fromJson = new Parser({ format: 'application/n-quads' }).parse(
      (await jsonld.toRDF(toSkosJsonLd() as object, { format: 'application/n-quads' })) as unknown as string,
    )
  })

  test('Turtle and JSON-LD say the same', () => {
    expect(new Set(fromJson.map(keyOf))).toEqual(new Set(quads.map(keyOf)))
    expect(fromJson).toHaveLength(quads.length)
  })

  test('every technology and category is a concept of the scheme', () => {
    const concepts = quads.filter(({ predicate, object }) => predicate.value === type && object.value === `${skos}Concept`)
    expect(concepts).toHaveLength(technologies().length + categories().length)
    expect(quads.filter(({ predicate }) => predicate.value === `${skos}hasTopConcept`)).toHaveLength(categories().length)
  })

  test('S13: preferred, alternative and hidden labels are disjoint', () => {
    const labels = new Map<string, Map<string, string>>()
    for (const { subject, predicate, object } of quads) {
      const property = predicate.value.slice(skos.length)
      if (!/^(?:pref|alt|hidden)Label$/.test(property)) continue
      const known = labels.get(subject.value) ?? new Map<string, string>()
      expect(known.get(object.value) ?? property, `${subject.value} ${object.value}`).toBe(property)
      labels.set(subject.value, known.set(object.value, property))
    }
  })

  test('S14: one preferred label a language', () => {
    const seen = new Set<string>()
    for (const { subject, predicate } of quads) {
      if (predicate.value !== `${skos}prefLabel`) continue
      expect(seen).not.toContain(subject.value)
      seen.add(subject.value)
    }
  })

  test('S27: related is disjoint with the broader transitive relation; relations and members exist', () => {
    const broader = new Map<string, string[]>()
    const subjects = new Set(quads.map(({ subject }) => subject.value))
    for (const { subject, predicate, object } of quads) {
      if (predicate.value === `${skos}broader`) broader.set(subject.value, [...(broader.get(subject.value) ?? []), object.value])
      if (['broader', 'related', 'member', 'inScheme', 'hasTopConcept', 'topConceptOf'].includes(predicate.value.slice(skos.length)))
        expect(subjects, object.value).toContain(object.value)
    }
    const above = (concept: string, seen = new Set<string>()): ReadonlySet<string> => {
      for (const next of broader.get(concept) ?? []) if (!seen.has(next)) above(next, seen.add(next))
      return seen
    }
    for (const { subject, predicate, object } of quads) {
      if (predicate.value !== `${skos}related`) continue
      expect(above(subject.value)).not.toContain(object.value)
      expect(above(object.value)).not.toContain(subject.value)
      expect(objects(object.value, 'related')).toContain(subject.value)
    }
  })

  test('S37: concepts and collections are disjoint, and no concept matches itself exactly', () => {
    const collections = new Set(quads.filter(({ object }) => object.value === `${skos}Collection`).map(({ subject }) => subject.value))
    expect(collections.size).toBe(1)
    for (const { subject, predicate, object } of quads) {
      if (predicate.value === type && object.value === `${skos}Concept`) expect(collections).not.toContain(subject.value)
      if (predicate.value === `${skos}exactMatch`) expect(object.value).not.toBe(subject.value)
    }
  })

  test('a technology with its names, its parent and its place in registers', () => {
    const base = 'https://example.org/open-digital-capability/taxonomy/'
    expect(objects(`${base}technology/typescript`, 'prefLabel')).toEqual(['TypeScript'])
    expect(objects(`${base}technology/typescript`, 'hiddenLabel')).toEqual(['Typscript'])
    expect(objects(`${base}technology/typescript`, 'broader')).toEqual([
      `${base}category/programming-language`,
      `${base}technology/javascript`,
    ])
    expect(objects(`${base}technology/typescript`, 'exactMatch')).toHaveLength(1)
    expect(objects(`${base}study`, 'member')).toHaveLength(7)
  })

  test('names with quotes and backslashes are escaped', () => {
    const [first] = technologies()
    const label = 'A "quoted" \\ name\nof two lines'
    const turtle = toSkosTurtle({ technologies: [{ ...first!, label, related: [], parent: null }] })
    const [found] = new Parser()
      .parse(turtle)
      .filter(({ predicate, subject }) => predicate.value === `${skos}prefLabel` && subject.value.includes('/technology/'))
    expect(found?.object.value).toBe(label)
  })
})

describe('files for people without TypeScript', () => {
  test('JSON holds every field', () => {
    expect(JSON.parse(taxonomyJson())).toEqual(technologies())
  })

  test('CSV has one record a technology and comes back as it went', () => {
    const records = parseCsv(taxonomyCsv())
    const [header, ...rows] = records
    expect(rows).toHaveLength(technologies().length)
    for (const row of rows) expect(row).toHaveLength(header!.length)
    const column = (name: string) => rows.map((row) => row[header!.indexOf(name)])
    expect(column('id')).toEqual(technologies().map(({ id }) => id))
    expect(column('licence_note')).toEqual(technologies().map(({ licenceNote }) => licenceNote ?? ''))
    expect(column('aliases')).toEqual(technologies().map(({ aliases }) => aliases.join('|')))
  })
})

/** RFC 4180, written apart from the code under test. */
function parseCsv(text: string): string[][] {
  const rows: string[][] = [[]]
  for (const [, quoted, plain, end] of text.matchAll(/(?:"((?:[^"]|"")*)"|([^",\r\n]*))(,|\r\n|$)/g)) {
    if (end === '' && plain === '' && quoted === undefined) break
    rows.at(-1)!.push(quoted?.replaceAll('""', '"') ?? plain ?? '')
    if (end === '\r\n') rows.push([])
  }
  return rows.filter((row) => row.length > 0)
}
