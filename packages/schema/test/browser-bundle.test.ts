import path from 'node:path'
import vm from 'node:vm'
import { build } from 'esbuild'
import { describe, expect, test } from 'vitest'

const source = path.resolve(import.meta.dirname, '../src')

/** A bundle for browsers; a part of Node in it would fail to resolve. */
async function bundled(contents: string): Promise<string> {
  const { outputFiles } = await build({
    stdin: { contents, resolveDir: source, loader: 'ts' },
    bundle: true,
    write: false,
    minify: true,
    format: 'iife',
    globalName: 'bundle',
    platform: 'browser',
    logLevel: 'silent',
  })
  return outputFiles[0]?.text ?? ''
}

describe('a bundle for browsers', () => {
  test('reads bytes where there is no Node', async () => {
    const code = await bundled(`
      export { studyQuestionnaire } from './index.ts'
      export { readResponses } from './read/index.ts'
      export { xlsxTemplate, dataPackage } from './interchange/index.ts'
      export { writeResponsesCsv } from './write/index.ts'
      export { jsonSchema } from './json-schema/index.ts'`)
    const run = `${code}
      const { readResponses, studyQuestionnaire, xlsxTemplate } = bundle
      const bytes = new TextEncoder().encode('organisation,hasTeam\\nR0A,yes\\n')
      JSON.stringify([
        typeof process, typeof Buffer, typeof require,
        readResponses(bytes.buffer, studyQuestionnaire).records.length,
        readResponses(xlsxTemplate(studyQuestionnaire), studyQuestionnaire).summary.format,
      ])`
    const result = vm.runInNewContext(run, { TextEncoder, TextDecoder, Uint8Array, ArrayBuffer }) as string
    expect(JSON.parse(result)).toEqual(['undefined', 'undefined', 'undefined', 1, 'xlsx'])
  })

  // Ceilings: a change that breaks one raises it on purpose. The namespace import of zod is what keeps its locales out.
  test.each([
    ['reading CSV', `export { readResponsesCsv, studyQuestionnaire } from './index.ts'`, 150_000],
    ['everything', `export * from './index.ts'; export * from './read/index.ts'; export * from './write/index.ts'`, 200_000],
  ])('%s stays within its size', async (_, contents, ceiling) => {
    expect((await bundled(contents)).length).toBeLessThan(ceiling)
  })

  test('files and streams are the only part that needs Node', async () => {
    await expect(bundled(`export * from './node/index.ts'`)).rejects.toThrow('node:')
  })
})
