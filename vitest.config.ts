import { readdirSync } from 'node:fs'
import { defineConfig } from 'vitest/config'
import { hasExamples, markdownExamples } from './tooling/markdown-examples.ts'

const guides = readdirSync('docs')
  .filter((name) => name.endsWith('.md'))
  .map((name) => `docs/${name}`)

/** The repository's own tests: what no single package can check about itself, and the code in its guides. */
export default defineConfig({
  plugins: [markdownExamples()],
  test: {
    include: ['test/**/*.test.ts', ...guides.filter(hasExamples)],
    reporters: ['default', ['json', { outputFile: '.test-results/vitest.json' }]],
    testTimeout: 60_000,
  },
})
