import { readFileSync } from 'node:fs'
import path from 'node:path'
import { defineConfig, type Plugin } from 'vitest/config'
import { type MutationPlan } from './plan.ts'

const plan = JSON.parse(readFileSync(process.env['MUTATION_PLAN'] ?? '', 'utf8')) as MutationPlan
const root = path.resolve(import.meta.dirname, '../..', plan.packageFolder)
const everyTest = path.join(import.meta.dirname, 'every-test.test.ts')
const conditions = ['@open-digital-capability/source']

/** Vitest with all tests of one package in one process, its sources with every mutant in them; `scripts/mutation-score.mjs` starts it. */
export default defineConfig({
  root: path.resolve(import.meta.dirname, '../..'),
  plugins: [mutatedSources(), countedLoops()],
  resolve: { conditions },
  ssr: { resolve: { conditions } },
  test: {
    include: [path.relative(path.resolve(import.meta.dirname, '../..'), everyTest)],
    runner: path.join(import.meta.dirname, 'mutant-runner.ts'),
    setupFiles: [path.join(import.meta.dirname, 'first-counterexample.ts')],
    pool: 'forks',
    maxWorkers: 1,
    testTimeout: 600_000,
    reporters: ['dot'],
    silent: true,
  },
})

/** Reads a source file as the instrumenter left it, and all test files as one, so that modules are loaded once for all of them. */
function mutatedSources(): Plugin {
  return {
    name: 'mutated-sources',
    enforce: 'pre',
    load(id) {
      if (id === everyTest)
        return [
          ...plan.tests.map((file) => `import ${JSON.stringify(file)}`),
          `import { test } from 'vitest'; test('try mutants', () => {})`,
        ].join('\n')
      return plan.sources[path.relative(root, id)]
    },
  }
}

interface Node {
  readonly type: string
  readonly start: number
  readonly end: number
  readonly body?: Node
}

/** Counts the turns of every loop in the package, so that one without an end is noticed in the same process and left. */
function countedLoops(): Plugin {
  return {
    name: 'counted-loops',
    enforce: 'post',
    transform(code, id) {
      if (!id.startsWith(`${root}/`) || id.includes('node_modules') || !/\.ts$/.test(id)) return undefined
      const bodies: Node[] = []
      const visit = (node: unknown): void => {
        if (Array.isArray(node)) node.forEach(visit)
        else if (typeof node === 'object' && node !== null) {
          if (/^(?:For|ForIn|ForOf|While|DoWhile)Statement$/.test((node as Node).type)) bodies.push((node as Node).body as Node)
          Object.values(node).forEach(visit)
        }
      }
      visit(this.parse(code))
      const insertions = bodies.flatMap(({ start, end }) => [
        { at: start, text: '{ if (--mutation_.turnsLeft < 0) mutation_.lookAtTheClock(); ' },
        { at: end, text: ' }' },
      ])
      let counted = code
      // From the end on, so that positions stay true; of two at one place the inner loop's closing brace comes first.
      for (const { at, text } of insertions.map((one, k) => ({ ...one, k })).sort((a, b) => b.at - a.at || a.k - b.k))
        counted = counted.slice(0, at) + text + counted.slice(at)
      return { code: `const mutation_ = globalThis.__mutation__;\n${counted}`, map: null }
    },
  }
}
