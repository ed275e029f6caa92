import { describe, expect, test } from 'vitest'
import { studyModel } from '../src/index.ts'
import { judgeFamily } from '../src/facts/comparison.ts'
import { resolveThresholds } from '../src/logic/resolved-thresholds.ts'
import { limitsOf, numbersToTry, supposedShare, valuesToTry } from '../src/logic/values-to-try.ts'
import { modelWith } from './models.ts'

const thresholds = resolveThresholds(studyModel)
const supposed = { provenance: 'stated', label: 'supposed' }

describe('numbers on, between and beyond limits', () => {
  test.each([
    [[3, 5], {}, [2, 2.5, 3, 4, 5, 5.5, 6]],
    [[], {}, [-1, 0, 1]],
    [[0.5], { minimum: 0, maximum: 1 }, [0, 0.25, 0.5, 0.75, 1]],
    [[0, 1], { minimum: 0, maximum: 1 }, [0, 0.5, 1]],
    [[-1, 2, 20], { minimum: 0, maximum: 10 }, [0, 1, 2, 6, 10]],
    [[3], { minimum: 0 }, [0, 1.5, 3, 3.5, 4]],
    [[3], { maximum: 4 }, [2, 2.5, 3, 3.5, 4]],
    [[3], { minimum: 0, maximum: 10, integer: true }, [0, 1, 2, 3, 6, 7, 10]],
    [[2.5], { minimum: 0, maximum: 5, integer: true }, [0, 1, 2, 3, 4, 5]],
    [[5], { minimum: 5, maximum: 5 }, [5]],
    [[2.5], { minimum: 0, maximum: 5, integer: false }, [0, 1.25, 2.5, 3.75, 5]],
  ])('%j within %j', (limits, range, numbers) => {
    expect(numbersToTry(limits, range)).toEqual(numbers)
  })
  test('the limits are those of one indicator, rising, each once, thresholds by their value', () => {
    const conditions = [
      {
        all: [
          { indicator: 'n', below: 5 },
          { indicator: 'n', above: 3 },
          { indicator: 'm', above: 4 },
        ],
      },
      { indicator: 'a', is: 'x' },
      { not: { indicator: 'n', atMost: { threshold: 'peers' } } },
      { indicator: 'n', atLeast: 5 },
    ]
    expect(limitsOf('n', conditions, thresholds)).toEqual([3, 5, 10])
    expect(limitsOf('a', conditions, thresholds)).toEqual([])
  })
})

describe('facts that stand for every value', () => {
  const { indicators } = modelWith([])
  const of = (id: string) => [...indicators, ...studyModel.indicators].find((indicator) => indicator.id === id)!
  test('of an answer and of a number', () => {
    expect(valuesToTry(of('a'), [], thresholds)).toEqual(['x', 'y', 'z'].map((value) => ({ kind: 'answer', value, source: supposed })))
    const numbers = [0, 1, 2, 3, 6, 7, 10].map((value) => ({ kind: 'number', value, source: supposed }))
    expect(valuesToTry(of('n'), [{ indicator: 'n', below: 3 }], thresholds)).toEqual(numbers)
  })
  test('of a share, each known exactly', () => {
    expect(valuesToTry(of('s'), [{ indicator: 's', below: 0.5 }], thresholds)).toEqual([0, 0.25, 0.5, 0.75, 1].map(supposedShare))
    expect(supposedShare(0.3)).toEqual({
      ...{ kind: 'share', count: 0.3, countAtMost: 0.3, base: 1, estimate: 0.3, interval: { lower: 0.3, upper: 0.3, level: 1 } },
      ...{ method: 'wilson', baseCheck: { verdict: 'passed' }, strength: 'assertion', unanswered: 0, corroboratedBy: [], source: supposed },
    })
  })
  test.each([{}, { minimumDifference: 0 }, { minimumDifference: 0.4, adjustedP: 0.001, maximumMissing: 0 }])(
    'of a comparison: a difference and none, by thresholds %j',
    (overrides) => {
      const inForce = resolveThresholds(studyModel, overrides)
      const facts = valuesToTry(of('groupGap'), [], inForce)
      expect(facts.map((fact) => (fact.kind === 'comparison' ? judgeFamily(fact, inForce.comparison) : fact))).toEqual([
        'difference',
        'no-evidence',
      ])
      expect(facts[1]).toEqual({
        ...{ kind: 'comparison', cohort: 'supposed', groups: ['first', 'second'], test: 'fisher-exact', adjustment: 'none' },
        family: [
          {
            ...{ indicator: 'frontFacingShare', unanswered: [0, 0], difference: 0, interval: null, pValue: 1, adjustedPValue: 1 },
            counts: [
              [1, 0],
              [0, 1],
            ],
          },
        ],
        corroboratedBy: [],
        source: supposed,
      })
    },
  )
})
