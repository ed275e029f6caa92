/**
 * Packs every library and checks the tarball as its users get it: what is inside, publint, are-the-types-wrong, and an
 * empty project that installs all of them, type-checks against them under both resolutions, and runs them in plain Node.
 */
import { execFileSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { publint } from 'publint'
import { formatMessage } from 'publint/utils'
import { prepare, root } from './prepare.mjs'

const libraries = ['schema', 'stats', 'taxonomy', 'recommendations']
const bin = (name) => path.join(root, 'node_modules', '.bin', name)
const mayBePacked = /^(dist\/|data\/|package\.json$|README\.md$|LICENSE$|CHANGELOG\.md$)/

prepare()
const work = mkdtempSync(path.join(os.tmpdir(), 'check-packages-'))
process.on('exit', () => rmSync(work, { recursive: true, force: true }))

const results = []
async function check(name, body) {
  try {
    await body()
    results.push({ name, passed: true })
    console.log(`ok    ${name}`)
  } catch (error) {
    results.push({ name, passed: false })
    const output = [error.message, error.stdout?.toString(), error.stderr?.toString()].filter(Boolean).join('\n')
    console.log(`FAIL  ${name}\n${output.replace(/^/gm, '      ')}`)
  }
}

const quiet = { encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] }

const tarballs = new Map()
for (const name of libraries) {
  const directory = path.join(root, 'packages', name)
  const [packed] = JSON.parse(
    execFileSync('npm', ['pack', '--json', '--ignore-scripts', '--pack-destination', work], { ...quiet, cwd: directory }),
  )
  const tarball = path.join(work, packed.filename)
  tarballs.set(name, tarball)

  await check(`${name}: the tarball holds what users need and nothing else`, () => {
    const files = packed.files.map(({ path: file }) => file)
    const stray = files.filter((file) => !mayBePacked.test(file) || file.endsWith('.map'))
    if (stray.length > 0) throw new Error(`should not be packed: ${stray.join(', ')}`)
    for (const wanted of ['README.md', 'LICENSE', 'dist/index.js', 'dist/index.cjs', 'dist/index.d.ts', 'dist/index.d.cts']) {
      if (!files.includes(wanted)) throw new Error(`${wanted} is not in the tarball`)
    }
  })
  await check(`${name}: publint`, async () => {
    const { messages, pkg } = await publint({ strict: true, pack: { tarball: readFileSync(tarball).buffer } })
    if (messages.length > 0) throw new Error(messages.map((message) => formatMessage(message, pkg)).join('\n'))
  })
  await check(`${name}: are the types wrong`, () => {
    execFileSync(bin('attw'), [tarball, '--profile', 'node16', '--no-emoji'], quiet)
  })
}

const consumer = path.join(work, 'consumer')
mkdirSync(consumer)
const specifiers = libraries.flatMap((name) => {
  const { exports } = JSON.parse(readFileSync(path.join(root, 'packages', name, 'package.json'), 'utf8'))
  return Object.keys(exports)
    .filter((subpath) => !/\.(json|csv|jsonld|ttl)$|\*/.test(subpath))
    .map((subpath) => `@open-digital-capability/${name}${subpath.slice(1)}`)
})
await check('an empty project installs the tarballs', () => {
  writeFileSync(path.join(consumer, 'package.json'), JSON.stringify({ name: 'consumer', private: true, type: 'module' }))
  execFileSync('npm', ['install', '--no-audit', '--no-fund', '--prefer-offline', ...tarballs.values()], { ...quiet, cwd: consumer })
})
const usesAll = (extension) =>
  specifiers.map((specifier, index) => `import * as package${index} from '${specifier}'`).join('\n') +
  `\nexport const all: readonly object[] = [${specifiers.map((_, index) => `package${index}`).join(', ')}]\n// ${extension}\n`
for (const [module, moduleResolution, extension] of [
  ['Node16', 'Node16', 'ts'],
  ['Node16', 'Node16', 'cts'],
  ['ESNext', 'Bundler', 'ts'],
]) {
  await check(`a strict TypeScript project uses them under ${moduleResolution} (.${extension})`, () => {
    const file = `use-${moduleResolution}.${extension}`
    writeFileSync(path.join(consumer, file), usesAll(extension))
    const flags = [
      '--noEmit',
      '--strict',
      '--exactOptionalPropertyTypes',
      '--noUncheckedIndexedAccess',
      '--target',
      'es2022',
      '--lib',
      'es2022,dom',
    ]
    execFileSync(bin('tsc'), [...flags, '--module', module, '--moduleResolution', moduleResolution, file], { ...quiet, cwd: consumer })
  })
}
await check('plain Node imports every entry as ESM', () => {
  execFileSync(process.execPath, ['--input-type=module', '-e', specifiers.map((s) => `await import('${s}')`).join(';')], {
    ...quiet,
    cwd: consumer,
  })
})
await check('plain Node requires every entry as CommonJS', () => {
  execFileSync(process.execPath, ['--input-type=commonjs', '-e', specifiers.map((s) => `require('${s}')`).join(';')], {
    ...quiet,
    cwd: consumer,
  })
})

const failed = results.filter(({ passed }) => !passed).length
console.log(`${results.length - failed} passed, ${failed} failed`)
process.exitCode = failed === 0 ? 0 : 1
