import { build } from 'esbuild'
import { ESLint } from 'eslint'
import { expect, test } from 'vitest'
import { importDirectionPlugin } from '../tooling/tsup-preset.ts'
import { scope, workspaceGraph } from '../tooling/workspace-graph.js'

const packages = Object.keys(workspaceGraph)

const pairs = packages.flatMap((from) => packages.filter((to) => to !== from && to !== 'study').map((to) => ({ from, to })))

async function buildErrors(from: string, to: string): Promise<string[]> {
  const result = await build({
    stdin: { contents: `import '${scope}/${to}'`, resolveDir: '.' },
    bundle: true,
    write: false,
    logLevel: 'silent',
    external: [`${scope}/*`],
    plugins: [importDirectionPlugin(from)],
  }).catch((failure: { errors: { text: string }[] }) => failure)
  return result.errors.map(({ text }) => text)
}

async function lintErrors(from: string, to: string): Promise<string[]> {
  const directory = from === 'study' ? 'apps/study' : `packages/${from}`
  // A rule about import specifiers alone: the type-checked rules would need the file on disk.
  const eslint = new ESLint({
    overrideConfig: [{ languageOptions: { parserOptions: { projectService: false, project: null } } }],
    ruleFilter: ({ ruleId }) => ruleId === 'no-restricted-imports',
  })
  const [result] = await eslint.lintText(`import '${scope}/${to}'\n`, { filePath: `${directory}/src/index.ts` })
  return (result?.messages ?? []).map(({ message }) => message)
}

test.each(pairs)('$from importing $to is refused or allowed alike by the build and by the linter', async ({ from, to }) => {
  const allowed = workspaceGraph[from]?.includes(to) ?? false
  const built = await buildErrors(from, to)
  const linted = await lintErrors(from, to)
  expect(built).toEqual(allowed ? [] : [expect.stringContaining(`${from} must not import ${scope}/${to}`)])
  expect(linted).toEqual(allowed ? [] : [expect.stringContaining('Imports run one way')])
})

test('a library may not reach for Node', async () => {
  const eslint = new ESLint({
    overrideConfig: [{ languageOptions: { parserOptions: { projectService: false, project: null } } }],
    ruleFilter: ({ ruleId }) => ruleId === 'no-restricted-imports',
  })
  const [result] = await eslint.lintText(`import 'node:fs'\n`, { filePath: 'packages/stats/src/index.ts' })
  expect(result?.messages).toHaveLength(1)
})
