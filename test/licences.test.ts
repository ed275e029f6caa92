import { existsSync, readFileSync, realpathSync } from 'node:fs'
import path from 'node:path'
import { expect, test } from 'vitest'
import { scope, workspaceGraph } from '../tooling/workspace-graph.js'

interface Manifest {
  readonly name: string
  readonly license?: string
  /** As older packages state it. */
  readonly licenses?: readonly { readonly type: string }[]
  readonly dependencies?: Readonly<Record<string, string>>
}

const read = (directory: string): Manifest => JSON.parse(readFileSync(path.join(directory, 'package.json'), 'utf8')) as Manifest

/** Licences that let anybody use, change and pass on what we publish, with no more than their notice kept. */
const allowed = new Set(['0BSD', 'Apache-2.0', 'BSD-2-Clause', 'BSD-3-Clause', 'ISC', 'MIT', 'Unlicense'])

const licenceOf = ({ license, licenses }: Manifest): string => license ?? licenses?.map(({ type }) => type).join(' OR ') ?? 'none'

/** The folder that Node would load a dependency from. */
function resolved(from: string, dependency: string): string {
  for (let directory = path.resolve(from); ; directory = path.dirname(directory)) {
    const candidate = path.join(directory, 'node_modules', dependency)
    if (existsSync(candidate)) return realpathSync(candidate)
    if (directory === path.dirname(directory)) throw new Error(`${dependency}, wanted by ${from}, is not installed`)
  }
}

/** Everything that comes with a package when somebody installs it. */
function installedWith(directory: string, found = new Map<string, Manifest>()): ReadonlyMap<string, Manifest> {
  for (const dependency of Object.keys(read(directory).dependencies ?? {})) {
    const folder = resolved(directory, dependency)
    if (found.has(folder)) continue
    found.set(folder, read(folder))
    installedWith(folder, found)
  }
  return found
}

test.each(Object.keys(workspaceGraph))('%s and all that is installed with it have licences that allow any use', (name) => {
  const directory = path.join(name === 'study' ? 'apps' : 'packages', name)
  expect(read(directory).license).toBe('MIT')
  const refused = [...installedWith(directory).values()].filter((manifest) => !allowed.has(licenceOf(manifest)))
  expect(refused.map((manifest) => `${manifest.name}: ${licenceOf(manifest)}`)).toEqual([])
})

test('the libraries bring few packages of others with them', () => {
  const brought = (name: string): string[] =>
    [...installedWith(`packages/${name}`).values()].map((manifest) => manifest.name).filter((other) => !other.startsWith(scope))
  expect(brought('stats')).toEqual(['jstat'])
  expect(brought('schema').sort()).toEqual(['fflate', 'zod'])
  expect(brought('taxonomy')).toEqual([])
  expect(brought('recommendations').sort()).toEqual(['fflate', 'jstat', 'yaml', 'zod'])
})

test('the repository says which Node it needs, alike everywhere', () => {
  const engines = ['.', ...Object.keys(workspaceGraph).map((name) => path.join(name === 'study' ? 'apps' : 'packages', name))].map(
    (directory) => (JSON.parse(readFileSync(path.join(directory, 'package.json'), 'utf8')) as { engines: { node: string } }).engines.node,
  )
  expect([...new Set(engines)]).toEqual(['>=20.19.0'])
})
