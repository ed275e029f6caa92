import { defineConfig } from 'vitest/config'

/** The repository's own tests: what no single package can check about itself. */
export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    reporters: ['default', ['json', { outputFile: '.test-results/vitest.json' }]],
    testTimeout: 60_000,
  },
})
