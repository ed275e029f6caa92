import { defineConfig } from 'vitest/config'

const conditions = ['@open-digital-capability/source']

/** The tests that hold the evaluator, for mutation testing: no doc examples and no README, so that each mutant is tried in seconds. */
export default defineConfig({
  resolve: { conditions },
  ssr: { resolve: { conditions } },
  test: { include: ['test/{evaluate,ask-next,evidence}.test.ts'], testTimeout: 30_000 },
})
