import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { evaluate } from './oracle-adapter.ts'

/**
 * Values to 50 digits or in exact integers for all chapters, each with the peers that agree and those that do not; and more of them
 * at the edges, each of which stands for a fault that was found there or near (`reference/wider-oracle.py` says how they are made).
 * `ORACLE_FILE` names another file of the same form; without it the committed ones are used.
 */
const named = process.env['ORACLE_FILE']
const files = named === undefined ? ['oracle.json', 'wider-oracle.reference.json'].map((name) => new URL(name, import.meta.url)) : [named]

type Expected = number | string | boolean | null | readonly Expected[]

interface Tolerance {
  readonly rel: number
  readonly abs: number
  /** What a library that aims high should reach; asked of ours wherever it is stated. */
  readonly stretch_rel?: number
}

interface OracleCase {
  readonly id: string
  readonly fn: string
  readonly inputs: Readonly<Record<string, unknown>>
  readonly expected: Readonly<Record<string, Expected>>
  readonly tolerance: Readonly<Record<string, Tolerance>>
  readonly policy?: string
}

const cases = files.flatMap((file) => (JSON.parse(readFileSync(file, 'utf8')) as { cases: readonly OracleCase[] }).cases)

const numberOf = (value: Expected): number =>
  value === 'NaN'
    ? Number.NaN
    : value === 'Infinity'
      ? Number.POSITIVE_INFINITY
      : value === '-Infinity'
        ? Number.NEGATIVE_INFINITY
        : Number(value)

/** What is wrong with a value, as text; nothing where it passes. */
function faults(path: string, got: unknown, expected: Expected, tolerance: Tolerance): string[] {
  if (Array.isArray(expected)) {
    if (!Array.isArray(got) || got.length !== expected.length)
      return [`${path}: ${JSON.stringify(got)}, expected ${expected.length} values`]
    return expected.flatMap((part: Expected, i) => faults(`${path}[${i}]`, (got as unknown[])[i], part, tolerance))
  }
  if (typeof expected === 'boolean') return got === expected ? [] : [`${path}: ${String(got)}, expected ${expected}`]
  const wanted = numberOf(expected)
  const value = typeof got === 'number' ? got : Number.NaN
  if (Number.isNaN(wanted)) return Number.isNaN(value) ? [] : [`${path}: ${String(got)}, expected NaN`]
  if (!Number.isFinite(wanted)) return value === wanted ? [] : [`${path}: ${String(got)}, expected ${wanted}`]
  const relative = tolerance.stretch_rel ?? tolerance.rel
  const passes = Math.abs(value - wanted) <= Math.max(tolerance.abs, relative * Math.abs(wanted))
  return passes ? [] : [`${path}: ${value}, expected ${wanted}, off by a relative ${Math.abs(value / wanted - 1)}`]
}

for (const fn of new Set(cases.map((oracleCase) => oracleCase.fn))) {
  describe(fn, () => {
    test.each(cases.filter((oracleCase) => oracleCase.fn === fn))('$id $inputs', ({ inputs, expected, tolerance, policy }) => {
      let answer: Readonly<Record<string, unknown>>
      try {
        answer = evaluate(fn, inputs)
      } catch (error) {
        // The oracle leaves it open whether a function refuses such input or answers that there is none.
        if (policy === 'nan-or-throw') return
        throw error
      }
      const found = Object.entries(expected).flatMap(([key, value]) =>
        faults(key, answer[key], value, tolerance[key] ?? { rel: 1e-10, abs: 1e-14 }),
      )
      expect(found).toEqual([])
    })
  })
}
