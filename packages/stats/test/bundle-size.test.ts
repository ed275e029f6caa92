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

// The bar is 60 kB. Nothing repeated is left whose removal zip had not done already.
test('everything: at most 60 kB zipped, no jStat, and none of the engines of the entry exact', async () => {
  const { kilobytes, modules } = await bundle(`export * from './index.ts'`)
  expect(kilobytes).toBeLessThanOrEqual(60)
  expect(modules.filter((file) => /jstat|src\/(?:exact|unconditional)\//i.test(file))).toEqual([])
})

test('the entry exact, with what it uses of the other: at most 44 kB zipped, and no jStat', async () => {
  const { kilobytes, modules } = await bundle(`export * from './exact/index.ts'`)
  expect(kilobytes).toBeLessThanOrEqual(44)
  expect(modules.filter((file) => /jstat/i.test(file))).toEqual([])
})
