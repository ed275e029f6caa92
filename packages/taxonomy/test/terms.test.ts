import { readFileSync } from 'node:fs'
import path from 'node:path'
import { createRequire } from 'node:module'
import * as linguist from 'linguist-languages'
import * as simpleIcons from 'simple-icons'
import { describe, expect, test } from 'vitest'
import { generatedFiles } from '../scripts/generated-files.ts'
import { categories, checkTaxonomy, classifyText, defaultTaxonomy, findTechnology, technologies, technologiesIn } from '../src/index.ts'
import { isOneEditApart, SHORTEST_MISSPELLING } from '../src/misspellings.ts'

const parseSpdx = createRequire(import.meta.url)('spdx-expression-parse') as (expression: string) => unknown
const all = technologies()

describe('reference values', () => {
  test('the study counted 84 technologies in seven categories', () => {
    const counts = categories().flatMap(({ studyCategory, studyCount }) => (studyCategory ? [studyCount ?? 0] : []))
    expect(counts).toEqual([28, 19, 10, 11, 7, 5, 4])
    expect(counts.reduce((sum, count) => sum + count, 0)).toBe(84)
  })

  test('25 categories, each with technologies', () => {
    expect(categories()).toHaveLength(25)
    for (const { id } of categories()) expect(technologiesIn(id).length, id).toBeGreaterThan(0)
  })

  test('names in GitHub Linguist exist there', () => {
    const names = new Set<string>(Object.values(linguist).map(({ name }) => name))
    const unknown = all.filter(({ crosswalk }) => crosswalk.linguist !== null && !names.has(crosswalk.linguist))
    expect(unknown.map(({ id }) => id)).toEqual([])
    expect(all.filter(({ crosswalk }) => crosswalk.linguist !== null).length).toBeGreaterThan(50)
  })

  test('slugs in Simple Icons exist there', () => {
    const slugs = new Set(
      Object.values(simpleIcons as unknown as Readonly<Record<string, { readonly slug: string }>>).map(({ slug }) => slug),
    )
    expect(all.filter(({ crosswalk }) => crosswalk.simpleIcons !== null && !slugs.has(crosswalk.simpleIcons)).map(({ id }) => id)).toEqual(
      [],
    )
  })

  test('a name in a register comes with its source and the day it was looked up', () => {
    for (const { id, crosswalk, sources } of all) {
      expect(sources.length, id).toBe(
        [crosswalk.linguist, crosswalk.simpleIcons, crosswalk.endOfLife].filter((name) => name !== null).length,
      )
      for (const { lookedUp } of sources) expect(lookedUp).toMatch(/^\d{4}-\d\d-\d\d$/)
    }
  })
})

describe('properties', () => {
  test('identifiers are unique and in kebab case, names belong to one technology', () => {
    expect(checkTaxonomy(defaultTaxonomy())).toEqual([])
  })

  test('the generated modules are those of the data', () => {
    for (const [name, text] of Object.entries(generatedFiles())) {
      expect(
        readFileSync(path.join(import.meta.dirname, '../src/generated', name), 'utf8') === text,
        `${name} is stale: npm run generate -w packages/taxonomy`,
      ).toBe(true)
    }
  })

  test('parents, implications and relations exist, and no technology is its own ancestor', () => {
    const ids = new Set<string>(all.map(({ id }) => id))
    for (const { id, parent, implies, related, replacedBy } of all) {
      for (const other of [parent, replacedBy, ...implies, ...related]) if (other !== null) expect(ids, `${id} → ${other}`).toContain(other)
      expect([...implies, ...related], id).not.toContain(id)
      const seen = new Set<string>()
      for (let at: string | null = id; at !== null; at = findTechnology(at)?.parent ?? null) {
        expect(seen, `circle above ${id}`).not.toContain(at)
        seen.add(at)
      }
    }
  })

  test('relations are symmetric', () => {
    for (const { id, related } of all) for (const other of related) expect(findTechnology(other)?.related, `${other} → ${id}`).toContain(id)
  })

  test('a deprecated identifier says what replaces it', () => {
    for (const { id, deprecated, replacedBy } of all) expect(deprecated === (replacedBy !== null), id).toBe(true)
  })

  test('licences are SPDX expressions, and open source without one is explained', () => {
    for (const { id, spdx, openSource, licenceNote } of all) {
      if (spdx !== null) expect(() => parseSpdx(spdx), `${id}: ${spdx}`).not.toThrow()
      if (openSource) expect(spdx ?? licenceNote, id).not.toBeNull()
    }
  })

  test('the licence changes that readers ask about are noted', () => {
    for (const id of ['redis', 'elasticsearch', 'mongodb', 'terraform', 'mirth-connect'] as const)
      expect(findTechnology(id)?.licenceNote, id).toMatch(/\d/)
    expect(findTechnology('mongodb')?.openSource).toBe(false)
    expect(findTechnology('terraform')?.openSource).toBe(false)
  })

  test('every definition is one sentence', () => {
    for (const { id, definition } of all) expect(definition, id).toMatch(/^[^\s].{8,110}\.$/)
  })

  test('homepages are web addresses', () => {
    for (const { id, homepage } of all) if (homepage !== null) expect(URL.canParse(homepage), id).toBe(true)
  })

  test('counter-phrases contain the name that they guard against', () => {
    const folded = (text: string) => text.toLowerCase().replace(/[\s-]+/g, ' ')
    for (const { id, ambiguous } of all)
      for (const { alias, counter } of ambiguous)
        for (const phrase of counter) expect(folded(phrase), `${id}: ${alias}`).toContain(folded(alias).split(' ')[0])
  })

  test('guarded English words are one edit from a name, or they would be dead weight', () => {
    const names = defaultTaxonomy()
      .technologies.flatMap(({ label, aliases, ambiguous }) => [label, ...aliases, ...ambiguous.map(({ alias }) => alias)])
      .map((name) => name.toLowerCase())
      .filter((name) => name.length >= SHORTEST_MISSPELLING && /^[a-z]+$/.test(name))
    for (const word of defaultTaxonomy().englishWords)
      expect(
        names.some((name) => isOneEditApart(word, name)),
        word,
      ).toBe(true)
  })

  const neighbours: Readonly<Record<string, string>> = {
    code: 'Java',
    data: 'SQL Server',
    clinical: 'SystmOne',
    exchange: 'HL7',
    infrastructure: 'Linux',
    web: 'WordPress',
    office: 'SharePoint',
  }
  const fieldOf = new Map(categories().map(({ id, field }) => [id, field]))

  test('every technology is found by its label in a sentence', () => {
    const missed = all.filter(({ id, label, category }) => {
      const neighbour = neighbours[fieldOf.get(category) ?? 'code']
      return !classifyText(`Our systems: ${neighbour}, ${label}`).some(({ technologyId }) => technologyId === id)
    })
    expect(missed.map(({ id }) => id)).toEqual([])
  })

  test('every unambiguous name is found without help, at its exact place', () => {
    const missed = all.flatMap(({ id, label, aliases, misspellings, ambiguous }) => {
      const guarded = new Set(ambiguous.map(({ alias }) => alias.toLowerCase()))
      return [label, ...aliases, ...misspellings].filter((name) => {
        if (guarded.has(name.toLowerCase())) return false
        const text = `It was agreed that ${name} will do`
        return !classifyText(text).some(({ technologyId, start, end }) => technologyId === id && text.slice(start, end) === name)
      })
    })
    expect(missed).toEqual([])
  })

  test('every ambiguous name is silent in a sentence that says nothing for it', () => {
    const loud = all.flatMap(({ ambiguous }) =>
      ambiguous
        .filter(
          ({ alias, evidence }) =>
            evidence !== 'form' && classifyText(`They met ${alias.toLowerCase()} there on Monday morning, and walked home.`).length > 0,
        )
        .map(({ alias }) => alias),
    )
    expect(loud).toEqual([])
  })
})
