import { execFileSync } from 'node:child_process'
import path from 'node:path'
import { expect, test } from 'vitest'
import { bundleOf } from '../tooling/bundle-of.ts'
import { libraries } from '../tooling/workspace-graph.js'

/** Runs a script in plain Node, from the built files and not from the sources that the other tests read. */
const plainNode = (directory: string, kind: 'module' | 'commonjs', script: string): string =>
  execFileSync(process.execPath, [`--input-type=${kind}`, '-e', script], { cwd: path.resolve(directory), encoding: 'utf8' })

test.each(libraries)('%s: the built ESM and CommonJS load in plain Node and export the same names', (name) => {
  const specifier = `@open-digital-capability/${name}`
  const directory = `packages/${name}`
  const esm = plainNode(
    directory,
    'module',
    `import * as all from '${specifier}'; console.log(Object.keys(all).filter((k) => k !== 'default' && k !== 'module.exports').sort().join())`,
  )
  const cjs = plainNode(directory, 'commonjs', `console.log(Object.keys(require('${specifier}')).sort().join())`)
  expect(esm).toBe(cjs)
  expect(esm.trim().length).toBeGreaterThan(0)
})

// Its ES module wraps the CommonJS build, so that a bundle has all of it; the other libraries hold their own ceilings.
test('taxonomy as built: at most 80 kB zipped, data included', async () => {
  const { kilobytes } = await bundleOf(`export * from './index.js'`, path.resolve('packages/taxonomy/dist'))
  expect(kilobytes).toBeLessThanOrEqual(80)
})
