import { gzipSync } from 'node:zlib'
import { build } from 'esbuild'

/** What a user's bundler makes of a module: its size, minified and zipped, and the source files that are in it. */
export interface Bundle {
  /** In units of 1,000 bytes. */
  readonly kilobytes: number
  /** Paths of the modules that left something in the bundle. */
  readonly modules: readonly string[]
}

/** Bundles a module that stands in a package's `src`. */
export async function bundleOf(contents: string, directory: string): Promise<Bundle> {
  const result = await build({
    stdin: { contents, resolveDir: directory, loader: 'ts' },
    bundle: true,
    minify: true,
    format: 'esm',
    platform: 'neutral',
    mainFields: ['module', 'main'],
    conditions: ['@open-digital-capability/source'],
    target: 'es2022',
    metafile: true,
    write: false,
    logLevel: 'silent',
  })
  const [output] = Object.values(result.metafile.outputs)
  const [file] = result.outputFiles
  if (output === undefined || file === undefined) throw new Error('nothing was bundled')
  return {
    kilobytes: gzipSync(file.contents).length / 1000,
    modules: Object.entries(output.inputs).flatMap(([name, { bytesInOutput }]) => (bytesInOutput > 0 ? [name] : [])),
  }
}
