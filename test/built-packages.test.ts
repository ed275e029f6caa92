import { execFileSync } from 'node:child_process'
import { readdirSync, readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import path from 'node:path'
import { Ajv2020 } from 'ajv/dist/2020.js'
import { expect, test } from 'vitest'
import { bundleOf } from '../tooling/bundle-of.ts'
import { libraries } from '../tooling/workspace-graph.js'

/** Runs a script in plain Node, from the built files and not from the sources that the other tests read. */
const plainNode = (directory: string, kind: 'module' | 'commonjs', script: string): string =>
  execFileSync(process.execPath, [`--input-type=${kind}`, '-e', script], { cwd: path.resolve(directory), encoding: 'utf8' })

const specifiers = [...libraries.map((name) => `@open-digital-capability/${name}`), '@open-digital-capability/stats/exact']

test.each(specifiers)('%s: the built ESM and CommonJS load in plain Node and export the same names', (specifier) => {
  const directory = specifier.replace('@open-digital-capability', 'packages').split('/').slice(0, 2).join('/')
  const esm = plainNode(
    directory,
    'module',
    `import * as all from '${specifier}'; console.log(Object.keys(all).filter((k) => k !== 'default' && k !== 'module.exports').sort().join())`,
  )
  const cjs = plainNode(directory, 'commonjs', `console.log(Object.keys(require('${specifier}')).sort().join())`)
  expect(esm).toBe(cjs)
  expect(esm.trim().length).toBeGreaterThan(0)
})

test.each(['module', 'commonjs'] as const)('an error of stats/exact is a StatsError of stats, as %s', (kind) => {
  const load = (specifier: string): string => (kind === 'module' ? `await import('${specifier}')` : `require('${specifier}')`)
  const script = `
    const { StatsError } = ${load('@open-digital-capability/stats')}
    const { barnardTest } = ${load('@open-digital-capability/stats/exact')}
    try { barnardTest([[1, 2]]) } catch (error) { console.log(error instanceof StatsError, error.code) }`
  expect(plainNode('packages/stats', kind, script).trim()).toBe('true mismatch')
})

// Its ES module wraps the CommonJS build, so that a bundle has all of it; the other libraries hold their own ceilings.
test('taxonomy as built: at most 80 kB zipped, data included', async () => {
  const { kilobytes } = await bundleOf(`export * from './index.js'`, path.resolve('packages/taxonomy/dist'))
  expect(kilobytes).toBeLessThanOrEqual(80)
})

test.each(['schema', 'recommendations', 'taxonomy'])('%s: its JSON Schemas stand under the paths that users import', (name) => {
  const files = readdirSync(`packages/${name}/dist/json-schema`)
  expect(files.length).toBeGreaterThan(0)
  const { resolve } = createRequire(path.resolve(`packages/${name}/package.json`))
  for (const file of files) {
    const schema = JSON.parse(readFileSync(resolve(`@open-digital-capability/${name}/json-schema/${file}`), 'utf8')) as object
    expect(() => new Ajv2020({ strict: false, validateFormats: false }).compile(schema), file).not.toThrow()
  }
})

test('the shipped model follows the JSON Schema that is published for models', () => {
  const read = (file: string): object => JSON.parse(readFileSync(`packages/recommendations/${file}`, 'utf8')) as object
  const validate = new Ajv2020({ strict: false, validateFormats: false }).compile(read('dist/json-schema/model.schema.json'))
  validate(read('src/model/study-model.json'))
  expect(validate.errors ?? []).toEqual([])
  expect(validate({ ...read('src/model/study-model.json'), rules: 'none' })).toBe(false)
})

test('the JSON Schema of additions to the taxonomy takes what extendTaxonomy takes, and refuses what it cannot read', () => {
  const read = (file: string): object => JSON.parse(readFileSync(`packages/taxonomy/${file}`, 'utf8')) as object
  const validate = new Ajv2020({ strict: false }).compile(read('dist/json-schema/additions.schema.json'))
  const technology = {
    id: 'harbour-doors',
    label: 'Harbour',
    category: 'clinical-system',
    ambiguous: [{ alias: 'Harbour', cues: ['door entry'] }],
  }
  validate({ technologies: [technology], without: ['php'], statusPhrases: { 'former-next': ['erstwhile'] } })
  expect(validate.errors ?? []).toEqual([])
  for (const wrong of [
    { technologies: [{ label: 'Harbour' }] },
    { technologies: [{ ...technology, id: 'Harbour Doors' }] },
    { technologies: [{ ...technology, ambiguous: [{ alias: 'Harbour', evidence: 'close' }] }] },
    { technologies: [{ ...technology, alias: ['Harbour'] }] },
    { statusPhrases: { erstwhile: ['erstwhile'] } },
  ])
    expect(validate(wrong), JSON.stringify(wrong)).toBe(false)
})
