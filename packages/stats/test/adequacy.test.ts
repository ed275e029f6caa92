import { describe, expect, test } from 'vitest'
import { adequacy, adequacyOf } from '../src/independence/adequacy.ts'
import { chiSquaredTest, cressieReadTest, likelihoodRatioTest, monteCarloTest } from '../src/index.ts'

describe('Cochran’s rule', () => {
  test('no expected count below 1, at most a fifth below 5; both ends count as adequate', () => {
    expect(adequacy(10, 1, 2)).toEqual({ approximation: 'adequate', minimumExpected: 1, shareOfSmallExpected: 0.2 })
    expect(adequacy(10, 0.999, 2).approximation).toBe('small-expected-counts')
    expect(adequacy(10, 1, 3)).toEqual({ approximation: 'small-expected-counts', minimumExpected: 1, shareOfSmallExpected: 0.3 })
    expect(adequacy(4, 5, 0).approximation).toBe('adequate')
  })
  test('of a table: cells are counted, the smallest is found, and 5 is not below 5', () => {
    expect(
      adequacyOf([
        [5, 8, 7],
        [6, 9, 4.9],
      ]),
    ).toEqual({ approximation: 'adequate', minimumExpected: 4.9, shareOfSmallExpected: 1 / 6 })
    expect(adequacyOf([[4, 3, 9]])).toEqual({ approximation: 'small-expected-counts', minimumExpected: 3, shareOfSmallExpected: 2 / 3 })
  })
})

describe.each([
  ['pearson-chi-squared', chiSquaredTest],
  ['likelihood-ratio', likelihoodRatioTest],
  ['cressie-read', cressieReadTest],
  ['monte-carlo', monteCarloTest],
] as const)('what %s cannot test', (name, run) => {
  const advice = 'has no observations; leave it out if the others are the question'
  test.each([
    [[0, 0], [3, 5], 'zero-margin', `row 0 ${advice}`],
    [[1, 2], [0, 0], 'zero-margin', `row 1 ${advice}`],
    [[0, 2], [0, 5], 'zero-margin', `column 0 ${advice}`],
    [[1, 2, 0], [3, 5, 0], 'zero-margin', `column 2 ${advice}`],
    [[0, 0], [0, 0], 'no-observations', 'the table has no observations'],
  ])('%j %j: %s', (first, second, reason, message) => {
    expect(run([first, second])).toMatchObject({ method: 'not-testable', test: name, reason, message, statistic: null, pValue: null })
  })
})
