import { fc, test } from '@fast-check/vitest'
import { describe, expect } from 'vitest'
import { searchTechnologies, technologies } from '../src/index.ts'

const ids = (typed: string, limit?: number) =>
  searchTechnologies(typed, limit === undefined ? {} : { limit }).map(({ technology }) => technology.id)

describe('reference values', () => {
  test.each([
    ['jav', ['java']],
    ['SQL Server', ['sql-server']],
    ['sql-server', ['sql-server']],
    ['cache object', ['objectscript']],
    ['.net', ['dotnet']],
    ['c#', ['c-sharp']],
    ['postgres', ['postgresql']],
  ])('%s', (typed, first) => {
    expect(ids(typed).slice(0, first.length)).toEqual(first)
  })

  test('says which name fits, and how', () => {
    expect(searchTechnologies('golang')[0]).toMatchObject({ technology: { id: 'go' }, name: 'Golang', fit: 'whole' })
    expect(searchTechnologies('reporting serv')[0]).toMatchObject({ technology: { id: 'ssrs' }, fit: 'start' })
    expect(searchTechnologies('boot')[0]).toMatchObject({ technology: { id: 'bootstrap' }, fit: 'start' })
  })
})

describe('properties', () => {
  test.prop([fc.constantFrom(...technologies())], { numRuns: 60 })(
    'every technology is first for its whole label, or shares it',
    ({ id, label }) => {
      const found = searchTechnologies(label)
      expect(found.filter(({ fit }) => fit === 'whole').map(({ technology }) => technology.id)).toContain(id)
    },
  )

  test.prop([fc.constantFrom(...technologies()), fc.nat(12)], { numRuns: 60 })(
    'each technology once, at most as many as asked for',
    ({ label }, limit) => {
      const found = ids(label.slice(0, 3), limit)
      expect(new Set(found).size).toBe(found.length)
      expect(found.length).toBeLessThanOrEqual(limit)
    },
  )
})

describe('refusals', () => {
  test.each(['', '  ', 'no such technology', 'Ελ'])('%j finds nothing', (typed) => {
    expect(ids(typed)).toEqual([])
  })
})
