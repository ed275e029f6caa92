import { readdirSync, readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import * as exact from '../src/exact/index.ts'
import * as stats from '../src/index.ts'

const source = new URL('../src/', import.meta.url)
const files = readdirSync(source, { recursive: true }).map(String)
const commented = files
  .filter((file) => file.endsWith('.ts') && !/(?:^|\/)index\.ts$/.test(file))
  .flatMap((file) =>
    [
      ...readFileSync(new URL(file, source), 'utf8').matchAll(
        /\/\*\*(?<comment>(?:(?!\*\/)[^])*)\*\/\nexport (?:async )?(?:function\*?|const) (?<name>\w+)/g,
      ),
    ].map(({ groups }) => ({ name: groups?.['name'] as string, comment: (groups?.['comment'] as string).replaceAll(/\s*\n \* ?/g, ' ') })),
  )
const exported = Object.entries({ ...stats, ...exact })
  .filter(([name, value]) => typeof value === 'function' && !/^[A-Z]/.test(name))
  .map(([name]) => name)

test.each(exported)('%s names the calls of R and SciPy that agree, or says that there is none', (name) => {
  const { comment } = commented.find((one) => one.name === name) ?? { comment: '' }
  expect(comment).toMatch(/\bR\b/)
  expect(comment).toMatch(/SciPy|statsmodels|NumPy/)
})
