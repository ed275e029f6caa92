// Read as imports of all test files of the package that is tried (`vitest.config.ts` beside this file).
