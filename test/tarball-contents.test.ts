import path from 'node:path'
import { pathToFileURL } from 'node:url'
import { expect, test } from 'vitest'

const { tarballFaults } = (await import(pathToFileURL(path.resolve('scripts/tarball-contents.mjs')).href)) as {
  tarballFaults: (name: string, files: ReadonlyMap<string, string>, root: string) => string[]
}

const right: Readonly<Record<string, string>> = {
  'package.json': '{}',
  'README.md': 'text',
  LICENSE: 'text',
  'CHANGELOG.md': 'text',
  'dist/index.js': 'export const one = 1',
  'dist/index.cjs': 'exports.one = 1',
  'dist/index.d.ts': 'export declare const one = 1',
  'dist/index.d.cts': 'export declare const one = 1',
}

const faults = (files: Readonly<Record<string, string>>): string[] =>
  tarballFaults('stats', new Map(Object.entries({ ...right, ...files })), '/repository')

test('a tarball with what users need has no fault', () => {
  expect(faults({})).toEqual([])
})

test.each([
  ['a source', 'src/index.ts', 'text', 'src/index.ts should not be packed'],
  ['a test', 'dist/index.test.js', 'text', 'dist/index.test.js should not be packed'],
  ['a folder of tests', 'dist/test/values.json', '{}', 'dist/test/values.json should not be packed'],
  ['a source map', 'dist/index.js.map', '{}', 'dist/index.js.map should not be packed'],
  ['data of the app', 'examples/round.csv', 'text', 'examples/round.csv should not be packed'],
  ['settings', '.npmrc', 'text', '.npmrc should not be packed'],
  [
    'a link to a source map that is not there',
    'dist/index.js',
    '//# sourceMappingURL=index.js.map',
    'dist/index.js has “sourceMappingURL=” in it',
  ],
  ['the path of the repository', 'dist/index.js', 'from /repository/packages', 'dist/index.js has “/repository” in it'],
  ['the path of somebody’s folder', 'dist/index.js', 'from /home/somebody', 'dist/index.js has “/home/” in it'],
])('%s in a tarball is a fault', (_, file, text, fault) => {
  expect(faults({ [file]: text })).toEqual([fault])
})

test('what users need and do not get is a fault', () => {
  const { 'dist/index.d.cts': _, LICENSE: __, ...rest } = right
  expect(tarballFaults('stats', new Map(Object.entries(rest)), '/repository')).toEqual([
    'LICENSE is not in the tarball',
    'dist/index.d.cts is not in the tarball',
  ])
})
