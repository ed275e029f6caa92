// The parts of the exact r × c engine, each against its definition on tables small enough to list.
import { fc, test } from '@fast-check/vitest'
import { describe, expect } from 'vitest'
import { type AdditiveStatistic } from '../src/exact/network/additive-statistic.ts'
import { binomialCoefficient, binomialTable } from '../src/exact/network/binomial-table.ts'
import { hasFewTables, massAtMost } from '../src/exact/network/enumerate-tables.ts'
import { massAbove } from '../src/exact/network/mass-above.ts'
import { charge, meter, MeterExhausted, pauseDue, reserve, runInSlices, runToEnd, spend } from '../src/exact/network/meter.ts'
import { orderedTables, type TableOrdering, type TableView } from '../src/exact/network/ordered-tables.ts'
import { splitColumns } from '../src/exact/network/split-columns.ts'
import { upperBound } from '../src/exact/network/value-bounds.ts'
import { addShifted, clear, sortDescending, valuePool } from '../src/exact/network/value-pool.ts'
import { fitsVectorKey, numberOf, vectorTable } from '../src/exact/network/vector-table.ts'
import { createRandom } from '../src/index.ts'
import { logFactorial } from '../src/numerics/index.ts'
import { tablesWithMargins } from './all-tables.ts'

const none = () => undefined
const orderings: readonly TableOrdering[] = ['probability', 'pearson', 'likelihood-ratio']

/** Any table with these margins: filled from the corner, which is all that an ordering's views depend on. */
function tableWith(rows: readonly number[], columns: readonly number[]): number[][] {
  const rest = [...columns]
  return rows.map((row) => {
    let open = row
    return rest.map((room, j) => {
      const x = Math.min(open, room)
      open -= x
      rest[j] = room - x
      return x
    })
  })
}

function viewsOf(rows: readonly number[], columns: readonly number[], ordering: TableOrdering): readonly TableView[] {
  return orderedTables(tableWith(rows, columns), ordering, meter(1e9, 1e9)).views
}

/** Σ f(x) a b over the cells, summed in the plainest way. */
function valueOf({ cell, rowFactors, columnFactors }: AdditiveStatistic, cells: readonly (readonly number[])[]): number {
  let sum = 0
  cells.forEach((row, i) =>
    row.forEach(
      (x, j) =>
        (sum +=
          (cell[x] as number) * (rowFactors === null ? 1 : (rowFactors[i] as number) * ((columnFactors as Float64Array)[j] as number))),
    ),
  )
  return sum
}

/** All values of a statistic, ascending, with the probability of each; values closer than 1e-7 are one. */
function distributionOf(view: Pick<TableView, 'margins'>, statistic: AdditiveStatistic): { value: number; mass: number }[] {
  const all: { value: number; mass: number }[] = []
  tablesWithMargins([...view.margins.rows], view.margins.columns, (cells, mass) => all.push({ value: valueOf(statistic, cells), mass }))
  all.sort((a, b) => a.value - b.value)
  const merged: { value: number; mass: number }[] = []
  for (const { value, mass } of all) {
    const last = merged.at(-1)
    if (last !== undefined && value - last.value < 1e-7) last.mass += mass
    else merged.push({ value, mass })
  }
  return merged
}

/** Some of the thresholds between neighbouring values, the outermost among them. */
function thresholdsOf(
  distribution: readonly { value: number; mass: number }[],
  most: number,
): { threshold: number; below: number; above: number }[] {
  const stride = Math.max(1, Math.floor(distribution.length / most))
  let below = 0
  const total = distribution.reduce((sum, { mass }) => sum + mass, 0)
  const found = [{ threshold: (distribution[0]?.value as number) - 1, below: 0, above: total }]
  distribution.forEach(({ value, mass }, k) => {
    below += mass
    const next = distribution[k + 1]?.value ?? value + 2
    if (k % stride === 0 || k >= distribution.length - 2) found.push({ threshold: (value + next) / 2, below, above: total - below })
  })
  return found
}

const margins: readonly (readonly [number[], number[]])[] = [
  [[3, 5], [4, 4]],
  [[7, 9], [2, 3, 5, 6]],
  [[4, 4, 4], [4, 4, 4]],
  [[2, 5, 6], [3, 3, 3, 4]],
  [[3, 3, 3, 3], [2, 4, 6]],
  [[1, 2, 3, 4], [4, 3, 2, 1]],
  [[2, 2, 2, 3], [3, 2, 2, 1, 1]],
  [[1, 1, 2, 2, 2], [2, 2, 2, 1, 1]],
  [[1, 9, 9], [1, 1, 17]],
  [[12, 13], [5, 5, 5, 5, 5]],
] // prettier-ignore

describe('the network', () => {
  test.each(margins)('rows %j, columns %j: the mass above every threshold, by every ordering', (rows, columns) => {
    for (const ordering of orderings) {
      for (const view of viewsOf(rows, columns, ordering)) {
        for (const statistic of [view.statistic, view.reversed]) {
          for (const { threshold, above } of thresholdsOf(distributionOf(view, statistic), 12)) {
            const found = runToEnd(massAbove([[view.margins, statistic]], threshold, meter(1e9, 1e9)), none)
            expect(Math.abs(found - above), `${ordering} above ${String(threshold)}`).toBeLessThan(1e-12)
          }
        }
      }
    }
  })

  test.each(margins)('rows %j, columns %j: a sum of scores', (rows, columns) => {
    const sorted = Int32Array.from(rows).sort()
    const view = { margins: { rows: sorted, columns, total: rows.reduce((sum, row) => sum + row, 0) } }
    for (const rowFactors of [rows.map((_, i) => i - 1), rows.map((_, i) => (i % 2 === 0 ? 1 : -2.5))]) {
      const statistic: AdditiveStatistic = {
        shape: 'linear',
        cell: Float64Array.from({ length: 30 }, (_, x) => x),
        rowFactors: Float64Array.from(rowFactors),
        columnFactors: Float64Array.from(columns, (_, j) => [3, -1, 0, 2, 1][j] as number),
        shift: 0.5,
      }
      for (const { threshold, above } of thresholdsOf(distributionOf(view, statistic), 8)) {
        const found = runToEnd(massAbove([[view.margins, statistic]], threshold, meter(1e9, 1e9)), none)
        expect(Math.abs(found - above)).toBeLessThan(1e-12)
      }
    }
  })

  test('counts beyond a thousand, whose binomial coefficients are known by their logarithms only', () => {
    for (const [rows, columns] of [
      [[4, 1100], [3, 500, 601]],
      [[3, 3, 1000], [2, 2, 1002]],
      [[3, 3, 1000], [1, 2, 3, 1000]],
    ] as const) {
      for (const ordering of orderings) {
        const [view] = viewsOf(rows, columns, ordering) as [TableView]
        for (const statistic of [view.statistic, view.reversed]) {
          for (const { threshold, above } of thresholdsOf(distributionOf(view, statistic), 6)) {
            const found = runToEnd(massAbove([[view.margins, statistic]], threshold, meter(1e9, 1e9)), none)
            expect(Math.abs(found - above), ordering).toBeLessThan(1e-10)
          }
        }
      }
    }
  }) // prettier-ignore

  // Steps do not depend on the machine: a bound that passes over less than it did shows here, and not only as time.
  test.each([
    ['probability', [[4, 1, 3, 0], [2, 5, 0, 1], [0, 2, 3, 3], [2, 0, 2, 4]], 2.5e4, 3.2e4],
    ['pearson', [[4, 1, 3, 0], [2, 5, 0, 1], [0, 2, 3, 3], [2, 0, 2, 4]], 2.3e4, 3.1e4],
    ['likelihood-ratio', [[4, 1, 3, 0], [2, 5, 0, 1], [0, 2, 3, 3], [2, 0, 2, 4]], 2.63e4, 3.2e4],
    ['probability', [[3, 7, 2], [5, 1, 9], [4, 4, 6], [8, 2, 3]], 2.87e4, 6.3e4],
    ['pearson', [[3, 7, 2], [5, 1, 9], [4, 4, 6], [8, 2, 3]], 5.9e4, 1.52e5],
    ['likelihood-ratio', [[3, 7, 2], [5, 1, 9], [4, 4, 6], [8, 2, 3]], 2.81e4, 6.4e4],
    ['probability', [[7, 1, 0], [1, 6, 1], [0, 1, 8]], 3980, 2650],
    ['pearson', [[7, 1, 0], [1, 6, 1], [0, 1, 8]], 7960, 5590],
    ['probability', [[6, 1, 3, 0, 2], [2, 5, 0, 4, 1]], 755, 965],
  ] as const)('%s of %j: tables that cannot matter are passed over', (ordering, table, fewest, most) => {
    const { threshold, views } = orderedTables(table, ordering, meter(1e9, 1e9))
    const [above, atMost] = (['statistic', 'reversed'] as const).map((side) => {
      const account = meter(1e9, 1e9)
      const pairs = views.map((view) => [view.margins, view[side]] as const)
      const mass = runToEnd(massAbove(pairs, side === 'statistic' ? threshold : -threshold, account), none)
      return { mass, work: account.work }
    }) as [{ mass: number; work: number }, { mass: number; work: number }]
    expect(above.mass + atMost.mass).toBeCloseTo(1, 12)
    expect(above.work).toBeLessThan(fewest)
    expect(atMost.work).toBeLessThan(most)
  }) // prettier-ignore

  // Steps and bytes of three orderings and either side together: what is counted is what a budget allows, so neither more nor less.
  test.each([
    [[[2, 1], [0, 3], [1, 1]], 673, 98304],
    [[[8, 0], [0, 8], [1, 3]], 2101, 98304],
    [[[3, 1, 2], [0, 4, 1], [1, 1, 3]], 6880, 98304],
    [[[6, 0, 0], [0, 5, 0], [0, 1, 6]], 7421, 101632],
    [[[9, 1], [2, 8]], 726, 0],
    [[[2, 0, 1, 3], [1, 2, 2, 0]], 1481, 165632],
    [[[3, 2, 2, 3, 2, 1], [1, 2, 3, 2, 0, 4]], 7371, 202000],
    [[[2, 0, 1, 3], [1, 2, 2, 0], [0, 1, 2, 1], [1, 1, 1, 3]], 90168, 280800],
    [[[12, 3, 9], [4, 15, 8], [7, 7, 11], [2, 2, 9]], 3260170, 10838128],
  ])('%j takes so many steps and bytes', (table, steps, bytes) => {
    let [work, memory] = [0, 0]
    for (const ordering of orderings) {
      const { threshold, views } = orderedTables(table, ordering, meter(1e9, 1e9))
      for (const side of ['statistic', 'reversed'] as const) {
        const account = meter(1e9, 1e9)
        const pairs = views.map((view) => [view.margins, view[side]] as const)
        runToEnd(massAbove(pairs, side === 'statistic' ? threshold : -threshold, account), none)
        work += account.work
        memory += account.peakMemory
      }
    }
    expect(work / steps).toBeCloseTo(1, 2)
    expect(memory).toBe(bytes)
  }) // prettier-ignore

  test('of two views the one with less work is taken, and both give the same', () => {
    const views = viewsOf([2, 3, 4, 9], [5, 5, 4, 4], 'probability')
    const { threshold, above } = thresholdsOf(distributionOf(views[0] as TableView, (views[0] as TableView).statistic), 3)[2] as {
      threshold: number
      above: number
    }
    const single = views.map(({ margins, statistic }) => {
      const account = meter(1e9, 1e9)
      expect(runToEnd(massAbove([[margins, statistic]], threshold, account), none)).toBeCloseTo(above, 12)
      return account.work
    })
    expect(single).toHaveLength(2)
    expect(
      runToEnd(
        massAbove(
          views.map(({ margins, statistic }) => [margins, statistic] as const),
          threshold,
          meter(1e9, 1e9),
        ),
        none,
      ),
    ).toBeCloseTo(above, 12)
  })

  test('tables with more cells than keys can hold are given up, not got wrong', () => {
    const columns = new Array<number>(40).fill(2)
    const [view] = viewsOf(columns, columns, 'probability') as [TableView]
    expect(() => runToEnd(massAbove([[view.margins, view.statistic]], -20, meter(1e9, 1e9)), none)).toThrow(MeterExhausted)
  })

  test('memory and work are bounded by the budget', () => {
    const table = [[3, 3, 4, 5, 5], [3, 4, 9, 6, 3], [4, 5, 1, 8, 12]] // prettier-ignore
    const { threshold, views } = orderedTables(table, 'probability', meter(1e9, 1e9))
    const run = (work: number, memory: number) => {
      const account = meter(work, memory)
      const pairs = views.map(({ margins, statistic }) => [margins, statistic] as const)
      return [runToEnd(massAbove(pairs, threshold, account), none), account] as const
    }
    const [value, whole] = run(1e9, 1e9)
    expect(value).toBeGreaterThan(0)
    expect(whole.peakMemory).toBeGreaterThan(100_000)
    expect(run(whole.work, whole.peakMemory)[0]).toBe(value)
    expect(() => run(whole.work - 1, 1e9)).toThrow(MeterExhausted)
    expect(() => run(1e9, whole.peakMemory - 1)).toThrow(MeterExhausted)
  })
})

describe('all tables listed', () => {
  test.each(margins)('rows %j, columns %j: the mass up to every threshold', (rows, columns) => {
    const total = rows.reduce((sum, row) => sum + row, 0)
    const logFactorials = Float64Array.from({ length: total + 1 }, (_, n) => logFactorial(n))
    for (const ordering of orderings) {
      for (const view of viewsOf(rows, columns, ordering)) {
        for (const { threshold, below } of thresholdsOf(distributionOf(view, view.statistic), 20)) {
          expect(massAtMost(view.margins, view.statistic, logFactorials, threshold)).toBeCloseTo(below, 13)
        }
      }
    }
  })

  test('few tables are those whose number has a bound of 20,000', () => {
    const few = (rows: readonly number[], columns: readonly number[]) =>
      hasFewTables({ rows: Int32Array.from(rows), columns, total: rows.reduce((sum, row) => sum + row, 0) })
    // All columns but the largest: C(9, 2) · C(9, 2) = 1,296, and C(26, 2)² = 105,625; with two rows, 141² and 142².
    expect(few([8, 8, 8], [7, 7, 10])).toBe(true)
    expect(few([25, 25, 30], [24, 24, 32])).toBe(false)
    expect(few([200, 225], [140, 140, 145])).toBe(true)
    expect(few([200, 225], [141, 141, 143])).toBe(false)
    expect(few([50_000, 50_000], [19_999, 80_001])).toBe(true)
    expect(few([50_000, 50_000], [20_000, 80_000])).toBe(false)
  })
})

describe('bounds', () => {
  const block = fc
    .record({ rows: fc.integer({ min: 2, max: 4 }), columns: fc.integer({ min: 1, max: 3 }), n: fc.integer({ min: 2, max: 12 }) })
    .chain(({ rows, columns, n }) =>
      fc.array(fc.tuple(fc.nat(rows - 1), fc.nat(columns - 1)), { minLength: n, maxLength: n }).map((draws) => {
        const table = Array.from({ length: rows }, () => new Array<number>(columns).fill(0))
        for (const [i, j] of draws) (table[i] as number[])[j] = ((table[i] as number[])[j] as number) + 1
        return table
      }),
    )
  const kinds: readonly (readonly [string, AdditiveStatistic['shape'], (x: number) => number, number, number])[] = [
    // How far above the largest value the bound may lie: rarely half a unit for concave statistics.
    ['log probability', 'logarithmic', (x) => -logFactorial(x), 0.5, 0.75],
    ['log-likelihood', 'logarithmic', (x) => (x === 0 ? 0 : -x * Math.log(x)), 0.25, 4],
    ['sum of factorials', 'convex', (x) => logFactorial(x), 0.5, 1.5],
    ['scores', 'linear', (x) => x, 0.5, 1e-6],
  ]
  test.prop([block, fc.constantFrom(...kinds)], { numRuns: 150 })(
    'no table has a larger value, and some come near',
    (table, [name, shape, f, shift, gap]) => {
      const rows = Int32Array.from(table, (row) => row.reduce((a, b) => a + b, 0)).sort()
      const columns = (table[0] as number[]).map((_, j) => table.reduce((sum, row) => sum + (row[j] as number), 0)).sort((a, b) => b - a)
      const total = columns.reduce((a, b) => a + b, 0)
      const factors =
        shape === 'linear'
          ? { rowFactors: Float64Array.from(rows, (_, i) => i - 0.5), columnFactors: Float64Array.from(columns, (_, j) => 1 - j * j) }
          : { rowFactors: null, columnFactors: null }
      const statistic: AdditiveStatistic = { shape, cell: Float64Array.from({ length: 40 }, (_, x) => f(x)), shift, ...factors }
      let largest = -Infinity
      tablesWithMargins([...rows], columns, (cells) => (largest = Math.max(largest, valueOf(statistic, cells))))
      const bound = upperBound(statistic, rows, Int32Array.from(columns), columns.length, total)
      expect(bound, name).toBeGreaterThanOrEqual(largest)
      expect(bound, name).toBeLessThan(largest + gap)
    },
  )
})

describe('values that share an entry', () => {
  test('a pool adds up what a map does, over its first room and emptied again', () => {
    const random = createRandom(7)
    const pool = valuePool()
    for (const distinct of [40, 3000, 900]) {
      const expected = new Map<number, number>()
      for (let list = 0; list < 8; list++) {
        const length = 1000
        const values = Float64Array.from({ length }, () => -Math.floor(random.uniform() * distinct) / 7)
          .sort()
          .reverse()
        const masses = Float64Array.from({ length }, () => random.uniform())
        const [start, end, shift, scale, threshold] = [5, 990, -list / 7, 0.5 + list, -distinct / 8]
        let added = 0
        for (let i = start; i < end; i++) {
          const value = (values[i] as number) + shift
          if (value <= threshold) break
          const key = Math.round(value * 7)
          expected.set(key, (expected.get(key) ?? 0) + scale * (masses[i] as number))
          added++
        }
        expect(addShifted(pool, values, masses, start, end, shift, scale, threshold)).toBe(added)
      }
      expect(pool.count).toBe(expected.size)
      const keys = new Set<number>()
      for (let entry = 0; entry < pool.count; entry++) {
        const key = Math.round((pool.values[entry] as number) * 7)
        keys.add(key)
        expect(pool.masses[entry]).toBeCloseTo(expected.get(key) as number, 9)
      }
      expect(keys.size).toBe(expected.size)
      clear(pool)
      expect(pool.count).toBe(0)
    }
  })

  test('values closer than 1e-10 are one, others are not', () => {
    const pool = valuePool()
    addShifted(pool, Float64Array.of(-1, -1 - 2e-12, -1 - 3e-10, -2), Float64Array.of(1, 2, 4, 8), 0, 4, 0, 1, -Infinity)
    expect([...pool.masses.subarray(0, pool.count)]).toEqual([3, 4, 8])
  })

  test.prop([fc.array(fc.integer({ min: -60, max: 60 }), { maxLength: 400 }), fc.nat(3)], { numRuns: 60 })(
    'sorting takes the masses along',
    (list, spare) => {
      const values = Float64Array.from([...list, ...new Array<number>(spare).fill(1e9)])
      const masses = values.map((value) => 3 * value)
      sortDescending(values, masses, list.length)
      expect([...values]).toEqual([...[...list].sort((a, b) => b - a), ...new Array<number>(spare).fill(1e9)])
      expect([...masses]).toEqual([...values].map((value) => 3 * value))
    },
  )

  test('sorting takes about n log n steps whatever the order: a sorted, a reversed and a constant list of 200,000', () => {
    const count = 200_000
    for (const value of [(i: number) => -i, (i: number) => i, () => 1, (i: number) => i % 2]) {
      const values = Float64Array.from({ length: count }, (_, i) => value(i))
      const masses = values.slice()
      sortDescending(values, masses, count)
      expect(values.every((x, i) => i === 0 || x <= (values[i - 1] as number))).toBe(true)
      expect(masses.every((x, i) => x === values[i])).toBe(true)
    }
  })
})

describe('numbered vectors', () => {
  test('each vector has one number, in order of arrival', () => {
    const random = createRandom(11)
    for (const [length, largest] of [[2, 500], [3, 40], [6, 9], [13, 15]] as const) {
      const table = vectorTable(length, largest)
      const known = new Map<string, number>()
      for (let k = 0; k < 3000; k++) {
        const free = Int32Array.from({ length: length - 1 }, () => Math.floor(random.uniform() * (largest + 1)))
        // The last entry follows from the sum, which all share.
        const vector = Int32Array.from([...free, length * largest - free.reduce((a, b) => a + b, 0)])
        const key = vector.join()
        if (!known.has(key)) known.set(key, known.size)
        expect(numberOf(table, vector)).toBe(known.get(key))
      }
      expect(table.count).toBe(known.size)
      for (const [key, id] of known) expect(table.parts.subarray(id * length, (id + 1) * length).join()).toBe(key)
    }
  }) // prettier-ignore

  test('keys have to fit into a double', () => {
    expect(fitsVectorKey(2, 2 ** 50)).toBe(true)
    expect(fitsVectorKey(6, 1000)).toBe(true)
    expect(fitsVectorKey(7, 1000)).toBe(false)
    expect(fitsVectorKey(54, 1)).toBe(false)
    expect(fitsVectorKey(53, 1)).toBe(true)
  })
})

describe('binomial coefficients', () => {
  test('by Pascal’s triangle, and as a product', () => {
    const { binomials, logFactorials } = binomialTable(60, 30)
    for (const [u, x, expected] of [[0, 0, 1], [5, 2, 10], [30, 15, 155117520], [30, 29, 30], [17, 17, 1], [24, 8, 735471]] as const) {
      expect((binomials as Float64Array)[(u * (u + 1)) / 2 + x]).toBe(expected)
      expect(binomialCoefficient(u, x)).toBeCloseTo(expected, 5)
    }
    expect(logFactorials).toHaveLength(61)
    expect(logFactorials[20]).toBeCloseTo(Math.log(2432902008176640000), 12)
    // (1000 choose 500) is 2.7e299; beyond 1,000 products may overflow.
    expect(binomialTable(1000, 500).binomials).not.toBeNull()
    expect(binomialTable(1001, 500).binomials).toBeNull()
  }) // prettier-ignore
})

describe('halves', () => {
  test('columns are dealt so that both halves have like numbers and totals', () => {
    expect(splitColumns([1, 2, 3, 4, 5, 6, 7, 8])).toEqual({ left: [7, 4, 3, 0], right: [6, 5, 2, 1] })
    expect(splitColumns([9, 9])).toEqual({ left: [0], right: [1] })
    expect(splitColumns([1, 5, 3])).toEqual({ left: [1], right: [2, 0] })
  })
})

describe('the meter', () => {
  test('work up to the limit is allowed, and memory; what was given back may be taken again', () => {
    const account = meter(10, 100)
    charge(account, 10)
    expect(() => {
      charge(account, 1)
    }).toThrow(MeterExhausted)
    reserve(account, 100)
    reserve(account, -60)
    reserve(account, 60)
    expect(account.memory).toBe(100)
    expect(() => {
      reserve(account, 1)
    }).toThrow(MeterExhausted)
    expect(account.peakMemory).toBe(101)
  })

  test('a pause is due once a slice of four million steps', () => {
    const account = meter(1e9, 1)
    expect(spend(account, 3_999_999)).toBe(false)
    expect(spend(account, 1)).toBe(true)
    expect(pauseDue(account)).toBe(false)
    expect(spend(account, 3_999_999)).toBe(false)
    expect(spend(account, 1)).toBe(true)
  })

  test('whoever waits is asked before the first slice and after each', async () => {
    function* three() {
      yield
      yield
      return 'done'
    }
    let asked = 0
    const ask = () => {
      asked++
    }
    expect(runToEnd(three(), ask)).toBe('done')
    expect(asked).toBe(3)
    // Between slices other tasks run.
    let others = 0
    const timer = setInterval(() => others++, 0)
    expect(await runInSlices(three(), ask)).toBe('done')
    clearInterval(timer)
    expect(asked).toBe(6)
    expect(others).toBeGreaterThan(0)
    const abort = () => {
      throw new Error('aborted')
    }
    expect(() => runToEnd(three(), abort)).toThrow('aborted')
    await expect(runInSlices(three(), abort)).rejects.toThrow('aborted')
  })
})
