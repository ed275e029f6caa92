import path from 'node:path'
import { defineProject } from 'vitest/config'
import { doctest } from 'vite-plugin-doctest'
import { type Plugin } from 'vite'
import { hasExamples, markdownExamples } from './markdown-examples.ts'

const conditions = ['@open-digital-capability/source']

/** Tests of one workspace: its test files, the examples in its doc comments, and the code in its README. */
export function projectConfig(directory: string): ReturnType<typeof defineProject> {
  return defineProject({
    root: directory,
    plugins: [markdownExamples(), sourceExamples()],
    resolve: { conditions },
    ssr: { resolve: { conditions } },
    test: {
      include: ['test/**/*.test.ts', ...['README.md'].filter((file) => hasExamples(path.join(directory, file)))],
      includeSource: ['src/**/*.ts'],
      reporters: ['default', ['json', { outputFile: '.test-results/vitest.json' }]],
      // One worker for many files, with fresh modules for each: a third of the time that a process for each file takes.
      isolate: false,
      setupFiles: ['fresh-modules.ts', 'property-seed.ts'].map((file) => path.join(import.meta.dirname, file)),
      testTimeout: 30_000,
    } as object,
  })
}

/** The examples in doc comments. Left to itself the plugin also takes Markdown files, and comments out what {@link markdownExamples} made. */
function sourceExamples(): Plugin {
  const plugin = doctest() as Plugin
  const { transform } = plugin
  if (typeof transform !== 'function') throw new Error('vite-plugin-doctest no longer has a transform function')
  return {
    ...plugin,
    transform(code, id, options) {
      return id.endsWith('.md') ? undefined : transform.call(this, code, id, options)
    },
  }
}
