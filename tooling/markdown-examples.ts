import { readFileSync } from 'node:fs'
import { type Plugin, transformWithOxc } from 'vite'

/**
 * Runs the TypeScript blocks of a Markdown file as tests, so that a README cannot drift from the code.
 *
 * Each fenced `ts` block becomes one test; imports are lifted to the top of the file and merged, so that each block can import what it needs. A line that ends in
 * `// => value` must equal the value, one that ends in `// ≈ 0.123` must round to it. A block fenced as
 * `ts no-run` is shown and not run.
 */
export function markdownExamples(): Plugin {
  return {
    name: 'markdown-examples',
    enforce: 'pre',
    async transform(source, id) {
      if (!id.endsWith('.md')) return undefined
      const { code } = await transformWithOxc(testFileOf(source), `${id}.ts`)
      return { code, map: null }
    },
  }
}

const fence = /^```ts[ \t]*(no-run)?[ \t]*\n([\s\S]*?)^```/gm
const staticImport = /^import\s[\s\S]*?from\s+['"][^'"]+['"](?:\s+with\s+\{[^}]*\})?;?$/gm
const namedImport = /^import\s+\{([\s\S]*?)\}\s+from\s+(['"][^'"]+['"]);?$/
const expectation = /^(\s*)(.+?)\s*\/\/ (=>|≈) (.+)$/

/** Whether a Markdown file has a block to run; one without would be a test that cannot fail. */
export const hasExamples = (file: string): boolean =>
  [...readFileSync(file, 'utf8').matchAll(fence)].some(([, noRun]) => noRun === undefined)

/** The source of a Vitest file that runs the blocks of a Markdown text. */
function testFileOf(markdown: string): string {
  const imports = new Set<string>()
  const namesByModule = new Map<string, Set<string>>()
  const tests: string[] = []
  for (const [index, match] of [...markdown.matchAll(fence)].entries()) {
    if (match[1]) continue
    const body = (match[2] ?? '').replace(staticImport, (line) => {
      const [, names, module] = namedImport.exec(line) ?? []
      if (names === undefined || module === undefined) imports.add(line)
      else {
        const known = namesByModule.get(module) ?? new Set()
        for (const name of names.split(',')) if (name.trim() !== '') known.add(name.trim())
        namesByModule.set(module, known)
      }
      return ''
    })
    const line = markdown.slice(0, match.index).split('\n').length
    tests.push(`test('example ${index + 1}, line ${line}', async () => {\n${body.split('\n').map(assertionOf).join('\n')}\n})`)
  }
  const merged = [...namesByModule].map(([module, names]) => `import { ${[...names].join(', ')} } from ${module}`)
  return [`import { expect, test } from 'vitest'`, ...imports, ...merged, ...tests].join('\n')
}

function assertionOf(line: string): string {
  const match = expectation.exec(line)
  if (!match) return line
  const [, indent = '', statement = '', operator, expected = ''] = match
  const declared = /^(?:const|let) (\w+) = /.exec(statement)
  const actual = declared ? declared[1] : statement.replace(/;$/, '')
  const assertion =
    operator === '=>'
      ? `expect(${actual}).toEqual(${expected})`
      : `expect(${actual}).toBeCloseTo(${expected}, ${expected.trim().split('.')[1]?.length ?? 0})`
  return `${indent}${declared ? `${statement}\n${indent}` : ''}${assertion}`
}
