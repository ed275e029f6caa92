import { readFileSync } from 'node:fs'
import { fc, test } from '@fast-check/vitest'
import { describe, expect } from 'vitest'
import { fisherPValue } from '../src/conditional/fisher-p-value.ts'
import { chiSquaredTest } from '../src/independence/chi-squared-test.ts'
import { feasibleCrossing, feasibleTables } from '../src/printed-figures/index.ts'

/** Made with R 4.2.2 (`chisq.test(correct = FALSE)`, `fisher.test`) for the study's margins at three numbers of exemplar teams. */
const reference = readFileSync(new URL('feasible-tables.reference.csv', import.meta.url), 'utf8')
  .trim()
  .split('\n')
  .slice(1)
  .map((line) => line.replaceAll('"', '').split(','))

describe('reference values', () => {
  test.each(reference)(
    '%s: %s of %s, group of %s',
    (_id, yes, base, group, range, expected, minimumExpected, highPearson, lowPearson, highFisher, lowFisher, disagree) => {
      const feasible = feasibleTables({
        rows: [Number(group), Number(base) - Number(group)],
        columns: [Number(yes), Number(base) - Number(yes)],
      })
      const count = (text: string | undefined): number | null => (text === 'NA' ? null : Number(text))
      expect(`${feasible.minimum}..${feasible.maximum}`).toBe(range)
      expect(feasible.expected).toBeCloseTo(Number(expected), 0)
      expect(Math.abs((feasible.minimumExpected ?? 0) - Number(minimumExpected))).toBeLessThanOrEqual(0.005 + 1e-9)
      expect(feasibleCrossing(feasible, 'pearson', 0.05)).toMatchObject({ below: count(lowPearson), above: count(highPearson) })
      expect(feasibleCrossing(feasible, 'fisher', 0.05)).toMatchObject({ below: count(lowFisher), above: count(highFisher) })
      const disagreements = feasible.tables.filter((table) => (table.pearsonPValue ?? 1) < 0.05 !== table.fisherPValue < 0.05)
      expect(disagreements).toHaveLength(Number(disagree))
    },
  )
})

const total = fc.integer({ min: 0, max: 60 })

describe('properties', () => {
  test.prop([total, total, fc.nat()])('each table has the P values that the tests give it', (row, otherRow, pick) => {
    const n = row + otherRow
    const column = n === 0 ? 0 : pick % (n + 1)
    const { tables } = feasibleTables({ rows: [row, otherRow], columns: [column, n - column] })
    for (const { counts, pearsonPValue, fisherPValue: fisher } of tables) {
      expect(counts.flat().every((count) => count >= 0)).toBe(true)
      const direct = fisherPValue(...(counts.flat() as [number, number, number, number]))
      expect(Math.abs(fisher / direct - 1)).toBeLessThan(1e-11)
      const pearson = chiSquaredTest(counts).pValue
      if (pearson === null || pearsonPValue === null) expect(pearsonPValue).toBe(pearson)
      else expect(Math.abs(pearsonPValue / pearson - 1)).toBeLessThan(1e-10)
    }
  })
})

test('refusals', () => {
  expect(() => feasibleTables({ rows: [1, 2], columns: [1, 1] })).toThrow(expect.objectContaining({ code: 'mismatch' }))
  expect(() => feasibleTables({ rows: [1, -2], columns: [0, -1] })).toThrow(expect.objectContaining({ code: 'not-a-count' }))
  expect(() => feasibleTables({ rows: [1e9, 1e9], columns: [1e9, 1e9] })).toThrow(expect.objectContaining({ code: 'too-large' }))
})
