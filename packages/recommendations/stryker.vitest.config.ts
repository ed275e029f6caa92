import { defineConfig } from 'vitest/config'

/**
 * The tests that hold the evaluator, for mutation testing: no doc examples and no README, and the sibling packages as they were built
 * (`npm run build` first), loaded once and not for every mutant, so that each mutant is tried in seconds.
 */
export default defineConfig({
  test: {
    include: ['test/{evaluate,ask-next,evidence,records,diff-models,values-to-try}.test.ts'],
    testTimeout: 30_000,
    server: { deps: { external: [/\/packages\/(?:schema|stats)\/dist\//] } },
  },
})
