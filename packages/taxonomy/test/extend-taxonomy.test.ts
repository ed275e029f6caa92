import { describe, expect, test } from 'vitest'
import {
  checkTaxonomy,
  createClassifier,
  defaultTaxonomy,
  describeText,
  extendTaxonomy,
  type TaxonomyAdditions,
  TaxonomyError,
} from '../src/index.ts'

const codesOf = (additions: TaxonomyAdditions): readonly string[] => {
  try {
    extendTaxonomy(additions)
    return []
  } catch (error) {
    if (!(error instanceof TaxonomyError)) throw error
    expect(error.code).toBe(error.issues[0]?.code)
    return error.issues.map(({ code }) => code)
  }
}

describe('properties', () => {
  test('the base is unchanged, and its own names still count', () => {
    const before = JSON.stringify(defaultTaxonomy())
    const taxonomy = extendTaxonomy({ technologies: [{ id: 'ward-watcher', label: 'Ward Watcher', category: 'clinical-system' }] })
    expect(JSON.stringify(defaultTaxonomy())).toBe(before)
    expect(taxonomy.technologies).toHaveLength(defaultTaxonomy().technologies.length + 1)
    expect(
      createClassifier(taxonomy)
        .classify('Ward Watcher, Java')
        .map(({ technologyId }) => technologyId),
    ).toEqual(['ward-watcher', 'java'])
  })

  test('names, cues, counter-phrases, bundles and categories of one’s own', () => {
    const taxonomy = extendTaxonomy({
      categories: [{ id: 'door-entry', label: 'Door entry', studyCategory: false, studyCount: null, field: 'infrastructure' }],
      technologies: [
        { id: 'java', aliases: ['Jaava'] },
        {
          id: 'harbour',
          label: 'Harbour',
          category: 'door-entry',
          interoperability: 'engine',
          ambiguous: [{ alias: 'Harbour', cues: ['doors'], ownCuesOnly: true, counter: ['Harbour Ward'] }],
        },
      ],
      bundles: [{ alias: ['JAP stack'], form: 'any', technologies: ['java', 'php'] }],
    })
    const classifier = createClassifier(taxonomy)
    const ids = (text: string) => classifier.classify(text).map(({ technologyId }) => technologyId)
    expect(ids('Jaava; a JAP stack')).toEqual(['java', 'java', 'php'])
    expect(ids('The doors are run by Harbour today.')).toEqual(['harbour'])
    expect(ids('The doors of Harbour Ward are open.')).toEqual([])
    expect(describeText('Doors: Harbour', { taxonomy, classifier })).toMatchObject({
      disclosed: ['harbour'],
      interoperability: { strict: false, wide: true },
      countsByCategory: [{ category: 'door-entry', count: 1 }],
    })
  })

  test('phrases of one’s own give a status', () => {
    const taxonomy = extendTaxonomy({ statusPhrases: { 'former-next': ['waved goodbye to'] } })
    expect(createClassifier(taxonomy).classify('We waved goodbye to Java.')[0]).toMatchObject({
      status: 'former',
      statusWords: 'waved goodbye to',
    })
  })

  test('technologies can be left out', () => {
    const taxonomy = extendTaxonomy({ without: ['c', 'cpp'] })
    expect(
      createClassifier(taxonomy)
        .classify('C++ and Java')
        .map(({ technologyId }) => technologyId),
    ).toEqual(['java'])
  })

  test('an extended taxonomy can be extended', () => {
    const once = extendTaxonomy({ technologies: [{ id: 'one', label: 'Oneware', category: 'cms' }] })
    expect(checkTaxonomy(extendTaxonomy({ technologies: [{ id: 'two', label: 'Twoware', category: 'cms' }] }, once))).toEqual([])
  })
})

describe('refusals', () => {
  test.each<[string, TaxonomyAdditions, readonly string[]]>([
    [
      'an identifier that is not in kebab case',
      { technologies: [{ id: 'Ward Watcher', label: 'Ward Watcher', category: 'cms' }] },
      ['bad-id'],
    ],
    [
      'an identifier added twice',
      {
        technologies: [
          { id: 'java', aliases: ['Jaava'] },
          { id: 'java', aliases: ['Jaaava'] },
        ],
      },
      ['bad-id'],
    ],
    ['a new technology without a label', { technologies: [{ id: 'nameless', category: 'cms' }] }, ['bad-value']],
    ['a category that does not exist', { technologies: [{ id: 'thing', label: 'Thingware', category: 'things' }] }, ['unknown-id']],
    ['a name that belongs to another technology', { technologies: [{ id: 'coffee', label: 'Java', category: 'cms' }] }, ['alias-clash']],
    [
      'an ambiguous name that is the plain name of another',
      { technologies: [{ id: 'coffee', label: 'Coffeeware', category: 'cms', ambiguous: [{ alias: 'Java' }] }] },
      ['alias-clash'],
    ],
    ['an empty name', { technologies: [{ id: 'empty', label: 'Emptyware', category: 'cms', aliases: [' - '] }] }, ['bad-alias']],
    ['a name in a script that is not folded', { technologies: [{ id: 'greek', label: 'Ελληνικά', category: 'cms' }] }, ['bad-alias']],
    ['a name that is too long', { technologies: [{ id: 'long', label: 'x'.repeat(121), category: 'cms' }] }, ['bad-alias']],
    [
      'a counter-phrase that is a name',
      { technologies: [{ id: 'go', ambiguous: [{ alias: 'Goo', counter: ['Spring Boot'] }] }] },
      ['alias-clash'],
    ],
    ['a bundle of unknown technologies', { bundles: [{ alias: ['XYZ stack'], form: 'any', technologies: ['nothing'] }] }, ['unknown-id']],
    ['leaving out what is not there', { without: ['nothing'] }, ['unknown-id']],
    [
      'several faults at once',
      { technologies: [{ id: 'A B', label: 'Java', category: 'things' }] },
      ['bad-id', 'unknown-id', 'alias-clash'],
    ],
  ])('%s', (_name, additions, codes) => {
    expect(codesOf(additions)).toEqual(codes)
  })
})
