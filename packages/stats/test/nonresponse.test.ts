import { fc, test } from '@fast-check/vitest'
import { describe, expect } from 'vitest'
import {
  chiSquaredTest,
  comparisonWithMissing,
  fisherExactTest,
  fragilityIndex,
  proportionInterval,
  proportionWithMissing,
} from '../src/index.ts'

describe('worked examples', () => {
  test('a perfectly split table breaks only after several answers', () => {
    // Checked by hand with R: fisher.test(matrix(c(8, 2, 2, 8), 2)) is .0230, and .0698 with one of the eight moved.
    expect(
      fragilityIndex([
        [8, 2],
        [2, 8],
      ]),
    ).toMatchObject({ index: 1, status: 'found' })
  })
  test('a table that no change can bring to a threshold', () => {
    expect(
      fragilityIndex([
        [1, 1],
        [1, 1],
      ]),
    ).toMatchObject({ index: null, status: 'impossible' })
  })
  test('the limit ends the search and says so', () => {
    expect(
      fragilityIndex(
        [
          [500, 500],
          [500, 500],
        ],
        { maximumTables: 50 },
      ).status,
    ).toBe('stopped')
  })
  test('r × c: the example of three columns', () => {
    const before = [
      [10, 10, 20],
      [20, 20, 20],
    ]
    const result = fragilityIndex(before)
    expect(result.status).toBe('found')
    expect(chiSquaredTest(result.counts ?? before).pValue).toBeLessThan(0.05)
  })
})

const small = fc.integer({ min: 0, max: 8 })

describe('properties', () => {
  test.prop([small, small, small])('bounds hold every allocation', (successes, failures, missing) => {
    fc.pre(successes + failures + missing > 0)
    const everybody = successes + failures + missing
    const { range, confidenceInterval } = proportionWithMissing({ successes, answered: successes + failures, missing })
    for (let yes = 0; yes <= missing; yes++) {
      const share = (successes + yes) / everybody
      expect(share).toBeGreaterThanOrEqual(range.lower)
      expect(share).toBeLessThanOrEqual(range.upper)
      expect(share).toBeGreaterThanOrEqual(confidenceInterval.lower - 1e-15)
      expect(share).toBeLessThanOrEqual((confidenceInterval.upper ?? 1) + 1e-15)
    }
  })
  test.prop([small, small, small, fc.double({ min: 0, max: 1, noNaN: true })])(
    'a tipping point is the first that reaches its target',
    (successes, failures, missing, target) => {
      fc.pre(successes + failures + missing > 0)
      const everybody = successes + failures + missing
      const [point] = proportionWithMissing({ successes, answered: successes + failures, missing }, { targets: [target] }).tippingPoints
      const reaching = Array.from({ length: missing + 1 }, (_, yes) => yes).filter((yes) => (successes + yes) / everybody >= target)
      expect(point?.missingSuccesses).toBe(reaching[0] ?? null)
    },
  )
  test.prop([small, small, small, small, fc.integer({ min: 0, max: 4 }), fc.integer({ min: 0, max: 4 })])(
    'the range of P and of the difference contains those of every completion',
    (a, b, c, d, first, second) => {
      fc.pre(a + b + first > 0 && c + d + second > 0)
      const range = comparisonWithMissing(
        [
          [a, b],
          [c, d],
        ],
        [first, second],
        { thresholds: [0.2], test: 'pearson' },
      )
      expect(range.allocations).toBe((first + 1) * (second + 1))
      const crossing = range.crossings[0]
      if (range.smallestP !== null) {
        expect(crossing?.verdict === 'never').toBe((range.smallestP.pValue as number) >= 0.2)
        expect(crossing?.verdict === 'always').toBe((range.largestP?.pValue as number) < 0.2)
      }
      expect(range.smallestDifference.riskDifference).toBeLessThanOrEqual(range.largestDifference.riskDifference)
      expect(range.smallestDifference.missingEvents).toEqual([0, second])
      expect(range.largestDifference.missingEvents).toEqual([first, 0])
    },
  )
  test.prop([fc.array(fc.integer({ min: 0, max: 6 }), { minLength: 4, maxLength: 4 })])(
    'no table nearer than the index crosses',
    ([a = 0, b = 0, c = 0, d = 0]) => {
      const result = fragilityIndex(
        [
          [a, b],
          [c, d],
        ],
        { threshold: 0.2, test: 'pearson' },
      )
      if (result.index === null || result.pValue === null) return
      const isBelow = result.pValue < 0.2
      for (let i = -a; i <= b; i++) {
        for (let j = -c; j <= d; j++) {
          if (Math.abs(i) + Math.abs(j) >= result.index) continue
          const { pValue } = chiSquaredTest([
            [a + i, b - i],
            [c + j, d - j],
          ])
          if (pValue !== null) expect(pValue < 0.2).toBe(isBelow)
        }
      }
    },
  )
})

type Pair = readonly [readonly [number, number], readonly [number, number]]

/** P of a 2 × 2 table by the functions that the chapter on them tests; `null` where a margin is 0. */
const pOf = (counts: Pair, test: 'fisher' | 'pearson'): number | null => {
  const { pValue } = chiSquaredTest(counts)
  return pValue === null || test === 'pearson' ? pValue : fisherExactTest(counts).pValue
}

describe('every allocation, one by one', () => {
  const cases: readonly [Pair, readonly [number, number]][] = [
    [
      [
        [3, 1],
        [1, 4],
      ],
      [3, 2],
    ],
    [
      [
        [0, 2],
        [0, 1],
      ],
      [1, 2],
    ],
    [
      [
        [2, 0],
        [0, 0],
      ],
      [0, 3],
    ],
    [
      [
        [0, 0],
        [2, 1],
      ],
      [2, 0],
    ],
    [
      [
        [9, 1],
        [1, 9],
      ],
      [1, 1],
    ],
  ]
  describe.each(cases)('%j, missing %j', (table, missing) => {
    test.each(['fisher', 'pearson'] as const)('%s', (kind) => {
      const [[a, b], [c, d]] = table
      const [first, second] = missing
      const all = Array.from(
        { length: (first + 1) * (second + 1) },
        (_, k) => [Math.floor(k / (second + 1)), k % (second + 1)] as const,
      ).map(([i, j]) => {
        const counts: Pair = [
          [a + i, b + first - i],
          [c + j, d + second - j],
        ]
        return { missingEvents: [i, j], counts, pValue: pOf(counts, kind) }
      })
      const ps = all.flatMap(({ pValue }) => (pValue === null ? [] : [pValue]))
      const thresholds = [0.05, 0.3, 1.5, ...ps.slice(0, 1)]
      const range = comparisonWithMissing(table, missing, { thresholds, ...(kind === 'fisher' ? {} : { test: kind }) })
      expect(range.allocations).toBe(all.length)
      expect(range.smallestP?.pValue ?? null).toBe(ps.length === 0 ? null : Math.min(...ps))
      expect(range.largestP?.pValue ?? null).toBe(ps.length === 0 ? null : Math.max(...ps))
      // The first of equal ones.
      expect(range.smallestP?.counts).toEqual(all.find(({ pValue }) => pValue === Math.min(...ps))?.counts)
      expect(range.largestP?.counts).toEqual(all.find(({ pValue }) => pValue === Math.max(...ps))?.counts)
      expect(range.observed).toMatchObject({ missingEvents: [0, 0], counts: table, pValue: pOf(table, kind) })
      const shares = ([[x, y], [z, w]]: Pair): number => x / Math.max(1, x + y) - z / Math.max(1, z + w)
      expect(range.observed.riskDifference).toBeCloseTo(shares(table), 14)
      expect(range.smallestDifference.riskDifference).toBeCloseTo(Math.min(...all.map(({ counts }) => shares(counts))), 14)
      expect(range.largestDifference.riskDifference).toBeCloseTo(Math.max(...all.map(({ counts }) => shares(counts))), 14)
      expect(range.crossings).toEqual(
        thresholds.map((threshold) => {
          const below = ps.filter((pValue) => pValue < threshold).length
          return { threshold, below, testable: ps.length, verdict: below === 0 ? 'never' : below === ps.length ? 'always' : 'depends' }
        }),
      )
    })
  })
  test('as many allocations as are allowed, and no thresholds', () => {
    const range = comparisonWithMissing(cases[0]![0], [3, 2], { maximumAllocations: 12 })
    expect(range).toMatchObject({ allocations: 12, crossings: [] })
  })
})

describe('a proportion with missing answers', () => {
  test('limits are those of the two extremes, by the method and level that were asked for', () => {
    const counts = { successes: 12, answered: 40, missing: 7 }
    for (const [options, level, method] of [
      [{}, 0.95, 'wilson'],
      [{ method: 'clopper-pearson', confidenceLevel: 0.8 }, 0.8, 'clopper-pearson'],
    ] as const) {
      const result = proportionWithMissing(counts, options)
      expect(result).toMatchObject({ observed: 0.3, range: { lower: 12 / 47, upper: 19 / 47 } })
      expect(result.confidenceInterval).toEqual({
        lower: proportionInterval(12, 47, { method, confidenceLevel: level }).lower,
        upper: proportionInterval(19, 47, { method, confidenceLevel: level }).upper,
        level,
      })
    }
    expect(proportionWithMissing({ successes: 0, answered: 0, missing: 3 }).observed).toBeNull()
  })
  test.each([
    ['reached by those who answered', { successes: 50, answered: 60, missing: 40 }, 0.5, 0, 0],
    ['all of them', { successes: 20, answered: 60, missing: 40 }, 0.6, 40, 1],
    ['one too many', { successes: 19, answered: 60, missing: 40 }, 0.6, null, null],
    ['nobody missing, reached', { successes: 19, answered: 60, missing: 0 }, 0.3, 0, null],
    ['nobody missing, not reached', { successes: 19, answered: 60, missing: 0 }, 0.4, null, null],
    // 0.07 × 100 is 7.000000000000001 in doubles: its ceiling would be one too many.
    ['a product that rounds up', { successes: 2, answered: 60, missing: 40 }, 0.07, 5, 0.125],
    // The double after 0.1, times 10, is 1: one of ten falls short of it all the same.
    ['a product that rounds down', { successes: 0, answered: 0, missing: 10 }, 0.10000000000000002, 2, 0.2],
    ['from nobody', { successes: 0, answered: 10, missing: 10 }, 0, 0, 0],
    ['everybody', { successes: 10, answered: 10, missing: 10 }, 1, 10, 1],
  ])('tipping point: %s', (_, counts, target, missingSuccesses, shareOfMissing) => {
    expect(proportionWithMissing(counts, { targets: [target] }).tippingPoints).toEqual([{ target, missingSuccesses, shareOfMissing }])
  })
})

describe('fragility, by trying all tables at each distance', () => {
  const tables: readonly Pair[] = [
    [
      [10, 0],
      [2, 8],
    ],
    [
      [9, 3],
      [7, 5],
    ],
    [
      [1, 9],
      [0, 10],
    ],
    [
      [12, 0],
      [0, 12],
    ],
  ]
  test.each(tables.flatMap((table) => (['fisher', 'pearson'] as const).map((kind) => [table, kind] as const)))('%j, %s', (table, kind) => {
    const threshold = 0.1
    const [[a, b], [c, d]] = table
    const before = pOf(table, kind) as number
    const crossing: { distance: number; p: number }[] = []
    for (let i = -a; i <= b; i++)
      for (let j = -c; j <= d; j++) {
        const p = pOf(
          [
            [a + i, b - i],
            [c + j, d - j],
          ],
          kind,
        )
        if (p !== null && p < threshold !== before < threshold) crossing.push({ distance: Math.abs(i) + Math.abs(j), p })
      }
    const distance = Math.min(...crossing.map((one) => one.distance))
    const nearest = crossing.filter((one) => one.distance === distance).map(({ p }) => p)
    const result = fragilityIndex(table, { threshold, ...(kind === 'fisher' ? {} : { test: kind }) })
    expect(result).toMatchObject({ status: 'found', index: distance, quotient: distance / (a + b + c + d), pValue: before })
    expect(result.pValueAfter).toBe(before < threshold ? Math.max(...nearest) : Math.min(...nearest))
    expect(pOf(result.counts as unknown as Pair, kind)).toBe(result.pValueAfter)
  })
  test('a P value equal to the threshold is not below it', () => {
    const [table] = tables as [Pair]
    const threshold = pOf(table, 'fisher') as number
    expect(fragilityIndex(table, { threshold }).pValueAfter).toBeLessThan(threshold)
  })
  test('a table without a P value cannot cross, nor can an empty one', () => {
    const empty = [
      [0, 0],
      [3, 4],
    ]
    expect(fragilityIndex(empty, { test: 'pearson' })).toEqual({
      index: null,
      quotient: null,
      pValue: null,
      counts: null,
      pValueAfter: null,
      status: 'impossible',
    })
  })
  test('rows of two columns and columns of two rows are tested by Pearson unless there are two of both', () => {
    for (const table of [
      [
        [8, 2],
        [2, 8],
        [5, 5],
      ],
      [
        [8, 2, 5],
        [2, 8, 5],
      ],
    ])
      expect(fragilityIndex(table).pValue).toBe(chiSquaredTest(table).pValue)
  })
  test('the number of tables that may be looked at counts the first', () => {
    const [, table] = tables as [Pair, Pair]
    // Four tables are one answer away.
    expect(fragilityIndex(table, { maximumTables: 5, threshold: 1e-9 })).toMatchObject({ status: 'stopped', pValue: pOf(table, 'fisher') })
    expect(
      fragilityIndex(
        [
          [1, 0],
          [0, 1],
        ],
        { maximumTables: 4 },
      ).status,
    ).toBe('impossible')
    expect(
      fragilityIndex(
        [
          [1, 0],
          [0, 1],
        ],
        { maximumTables: 3 },
      ).status,
    ).toBe('stopped')
  })
})

describe('refusals', () => {
  const wide = [
    [1, 2, 3],
    [1, 2, 3],
  ]
  const pair = [
    [1, 2],
    [3, 4],
  ]
  const none = [
    [0, 0],
    [3, 4],
  ]
  test.each([
    [() => proportionWithMissing({ successes: 3, answered: 2, missing: 0 }), 'not-a-count', '3 of 2'],
    [() => proportionWithMissing({ successes: 0, answered: 0, missing: 0 }), 'too-small', 'nobody was asked'],
    [() => proportionWithMissing({ successes: -1, answered: 2, missing: 0 }), 'not-a-count', 'successes'],
    [() => proportionWithMissing({ successes: 1, answered: 2.5, missing: 0 }), 'not-a-count', 'answered'],
    [() => proportionWithMissing({ successes: 1, answered: 2, missing: -3 }), 'not-a-count', 'missing'],
    [() => proportionWithMissing({ successes: 1, answered: 2, missing: 0 }, { targets: [1.1] }), 'out-of-range', 'target 1.1'],
    [() => proportionWithMissing({ successes: 1, answered: 2, missing: 0 }, { targets: [-0.1] }), 'out-of-range', 'target -0.1'],
    [() => comparisonWithMissing(wide, [1, 1]), 'mismatch', '2 × 2'],
    [() => comparisonWithMissing(pair, [5000, 5000]), 'too-large', 'maximumAllocations (1000000)'],
    [() => comparisonWithMissing(pair, [3, 2], { maximumAllocations: 11 }), 'too-large', '12 allocations'],
    [() => comparisonWithMissing(pair, [1, -1]), 'not-a-count', 'missing'],
    [() => comparisonWithMissing(none, [0, 1]), 'too-small', 'neither answers nor missing'],
    [() => comparisonWithMissing([...none].reverse(), [1, 0]), 'too-small', 'neither answers nor missing'],
    [() => fragilityIndex(wide, { test: 'fisher' }), 'mismatch', '2 × 3'],
    [() => fragilityIndex(pair, { threshold: 1 }), 'out-of-range', 'threshold'],
    [() => fragilityIndex([[1, 2]]), 'too-small', '1 × 2'],
    [() => fragilityIndex([[1], [2]]), 'too-small', '2 × 1'],
  ])('%s', (refused, code, message) => {
    expect(refused).toThrow(expect.objectContaining({ code, message: expect.stringContaining(message) as string }) as Error)
  })
})
