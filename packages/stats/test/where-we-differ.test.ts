import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { differencesPage } from '../scripts/differences-page.ts'
import { evaluate } from './oracle-adapter.ts'

type Value = number | string | readonly Value[]

const read = (file: string) => JSON.parse(readFileSync(new URL(file, import.meta.url), 'utf8'))
const { values } = read('where-we-differ.reference.json') as { values: Record<string, Record<string, Value>> }
interface Case {
  readonly id: string
  readonly fn: string
  readonly inputs: Record<string, unknown>
}
const { cases } = read('oracle.json') as { cases: (Case & { expected: Record<string, Value> })[] }
const { cases: faults } = read('peer-faults.reference.json') as { cases: (Case & { values: Record<string, string> })[] }
const numbers = (value: unknown): number[] => [value].flat(2).map(Number)

test('the committed page is what the script generates', () => {
  expect(readFileSync(new URL('../../../docs/where-we-differ.md', import.meta.url), 'utf8')).toBe(differencesPage())
})

test.each(Object.keys(values))('%s: ours and the oracle agree with the 50 digits', (id) => {
  const oracleCase = cases.find((candidate) => candidate.id === id)
  if (oracleCase === undefined) throw new Error(`${id} is not in the oracle`)
  const ours = evaluate(oracleCase.fn, oracleCase.inputs)
  for (const [key, digits] of Object.entries(values[id] ?? {})) {
    for (const [i, wanted] of numbers(digits).entries()) {
      for (const value of [numbers(ours[key])[i] as number, numbers(oracleCase.expected[key])[i] as number]) {
        if (Number.isFinite(wanted)) expect(Math.abs(value - wanted)).toBeLessThanOrEqual(1e-12 * Math.abs(wanted))
        else expect(value).toBe(wanted)
      }
    }
  }
})

test.each(faults)('$id: ours agrees with the 50 digits', ({ fn, inputs, values: exact }) => {
  const ours = evaluate(fn, inputs)
  for (const [key, digits] of Object.entries(exact)) {
    expect(Math.abs(Number(ours[key]) / Number(digits) - 1)).toBeLessThanOrEqual(1e-12)
  }
})
