import { defineConfig } from 'vitest/config'

const conditions = ['@open-digital-capability/source']

// TESTS=association,oracle npx stryker run --mutate 'src/association/*.ts' tries one chapter with the tests that hold it, in minutes;
// without TESTS every test is run, and the whole package takes many hours.
const tests = process.env['TESTS']?.split(',') ?? ['*']

/** Tests for mutation testing: no doc examples and no README, nor what reads the repository around the package. */
export default defineConfig({
  resolve: { conditions },
  ssr: { resolve: { conditions } },
  test: {
    include: tests.map((name) => `test/${name}.test.ts`),
    exclude: ['test/bundle-size.test.ts', 'test/where-we-differ.test.ts', 'test/stats-worker.test.ts'],
    testTimeout: 30_000,
  },
})
