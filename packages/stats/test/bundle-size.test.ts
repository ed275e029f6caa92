import path from 'node:path'
import { expect, test } from 'vitest'
import { type Bundle, bundleOf } from '../../../tooling/bundle-of.ts'

const bundle = (contents: string): Promise<Bundle> => bundleOf(contents, path.resolve(import.meta.dirname, '../src'))

// A ceiling is raised in the commit that makes it necessary, and the README with it.

test('chiSquaredTest alone: at most 4 kB zipped, and no jStat', async () => {
  const { kilobytes, modules } = await bundle(`export { chiSquaredTest } from './index.ts'`)
  expect(kilobytes).toBeLessThanOrEqual(4)
  expect(modules.filter((file) => /jstat/i.test(file))).toEqual([])
})

// The aim is 60 kB. What leaving out one chapter would save, in kB zipped: exact 29, printed figures 7, unconditional 7, distributions 6,
// independence 4, proportions 4, power 4, effects 3, tables 3, models 3, multiplicity 3, agreement 3, numerics 3, strata 3, association 2,
// matched 2, the other five 5. Messages are 5 kB of the whole, property names 8. Nothing repeated is left whose removal zip had not
// done already: 3 kB less of minified code in shared checks and limits saved 0.7 kB, and another minifier saves 3.
test('everything: at most 94 kB zipped, and no jStat', async () => {
  const { kilobytes, modules } = await bundle(`export * from './index.ts'`)
  expect(kilobytes).toBeLessThanOrEqual(94)
  expect(modules.filter((file) => /jstat/i.test(file))).toEqual([])
})
