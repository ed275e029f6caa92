import { describe, expect, test } from 'vitest'
import { ratingsByTechnology, type WebsiteSearchRecord, websiteSearchRecordSchema } from '../src/index.ts'

const search = (technology: string, searchedBy: string, classification: string | null, date = '2020-08-01'): WebsiteSearchRecord => ({
  technology,
  searchedBy,
  classification,
  date,
  lookedAt: 'https://example.org',
  query: `${technology} programming`,
})

describe('people who disagree', () => {
  test('each keeps a record, and the table has a row a technology', () => {
    const records = [
      search('Xamarin', 'A', 'framework'),
      search('SQL', 'B', 'language'),
      search('xamarin ', 'B', 'library'),
      search('SQL', 'A', null),
      search('SQL', 'C', 'database'),
    ]
    expect(ratingsByTechnology(records)).toEqual({
      technologies: ['Xamarin', 'SQL'],
      people: ['A', 'B', 'C'],
      ratings: [
        ['framework', 'library', null],
        [null, 'language', 'database'],
      ],
    })
  })

  test('the latest search of a person counts', () => {
    const later = [search('SQL', 'A', 'database', '2021-07-01'), search('SQL', 'A', 'language', '2020-08-01')]
    expect(ratingsByTechnology(later).ratings).toEqual([['database']])
    expect(ratingsByTechnology([...later, search('SQL', 'A', null, '2021-07-01')]).ratings).toEqual([[null]])
  })
})

describe('refusals', () => {
  test.each([{ date: '2020-02-30' }, { technology: ' ' }, { classification: undefined }, { foundAt: 'nowhere' }, { colour: 'red' }])(
    '%j',
    (more) => {
      expect(websiteSearchRecordSchema.safeParse({ ...search('SQL', 'A', 'language'), ...more }).success).toBe(false)
    },
  )
})
