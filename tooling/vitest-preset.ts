import { defineProject } from 'vitest/config'
import { doctest } from 'vite-plugin-doctest'
import { markdownExamples } from './markdown-examples.ts'

const conditions = ['@open-digital-capability/source']

/** Tests of one workspace: its test files, the examples in its doc comments, and the code in its README. */
export function projectConfig(directory: string): ReturnType<typeof defineProject> {
  return defineProject({
    root: directory,
    plugins: [markdownExamples(), doctest()],
    resolve: { conditions },
    ssr: { resolve: { conditions } },
    test: {
      include: ['test/**/*.test.ts', 'README.md'],
      includeSource: ['src/**/*.ts'],
      reporters: ['default', ['json', { outputFile: '.test-results/vitest.json' }]],
      testTimeout: 30_000,
    } as object,
  })
}
