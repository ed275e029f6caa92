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

// The aim is 60 kB. The exact and unconditional tests take 14 kB; the other chapters together are above the aim without them.
test('everything: at most 87 kB zipped, and no jStat', async () => {
  const { kilobytes, modules } = await bundle(`export * from './index.ts'`)
  expect(kilobytes).toBeLessThanOrEqual(87)
  expect(modules.filter((file) => /jstat/i.test(file))).toEqual([])
})
