import path from 'node:path'
import { expect, test } from 'vitest'
import { type Bundle, bundleOf } from '../../../tooling/bundle-of.ts'

const bundle = (contents: string): Promise<Bundle> => bundleOf(contents, path.resolve(import.meta.dirname, '../src'))

// A ceiling is raised in the commit that makes it necessary, and the README with it.

test('evaluate with the shipped model: at most 46 kB zipped, without the YAML reader', async () => {
  const { kilobytes, modules } = await bundle(`export { evaluate, studyModel } from './index.ts'`)
  expect(kilobytes).toBeLessThanOrEqual(46)
  expect(modules.filter((file) => file.includes('/yaml/'))).toEqual([])
})

test('everything, zod and the YAML reader included: at most 112 kB zipped', async () => {
  const { kilobytes } = await bundle(`export * from './index.ts'`)
  expect(kilobytes).toBeLessThanOrEqual(112)
})
