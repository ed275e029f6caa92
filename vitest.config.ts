import { defineConfig } from 'vitest/config'
import { markdownExamples } from './tooling/markdown-examples.ts'

/** The repository's own tests: what no single package can check about itself, and the code in its guides. */
export default defineConfig({
  plugins: [markdownExamples()],
  test: {
    include: ['test/**/*.test.ts', 'docs/*.md'],
    reporters: ['default', ['json', { outputFile: '.test-results/vitest.json' }]],
    testTimeout: 60_000,
  },
})
