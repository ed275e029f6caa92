import path from 'node:path'
import { defineConfig, type Options } from 'tsup'
import { scope, workspaceGraph } from './workspace-graph.js'

type EsbuildPlugin = NonNullable<Options['esbuildPlugins']>[number]

/** Fails the build where a package imports one of ours that {@link workspaceGraph} does not allow it. */
export function importDirectionPlugin(packageName: string): EsbuildPlugin {
  const allowed = workspaceGraph[packageName] ?? []
  return {
    name: 'import-direction',
    setup(build) {
      build.onResolve({ filter: new RegExp(`^${scope}/`) }, ({ path: specifier, importer }) => {
        const target = specifier.split('/')[1] ?? ''
        if (allowed.includes(target)) return undefined
        return {
          errors: [
            {
              text: `${packageName} must not import ${specifier} (in ${path.basename(importer)}): imports run one way, see tooling/workspace-graph.js`,
            },
          ],
        }
      })
    },
  }
}

/** Build of a library: ESM and CommonJS with types for both, for any JavaScript runtime. */
export function libraryConfig(entry: Record<string, string>, overrides: Options = {}): ReturnType<typeof defineConfig> {
  return defineConfig({
    entry,
    format: ['esm', 'cjs'],
    // tsup 8 passes baseUrl to TypeScript 6, which deprecates it.
    dts: { compilerOptions: { ignoreDeprecations: '6.0', incremental: false } },
    clean: true,
    target: 'es2022',
    platform: 'neutral',
    // What users debug is readable code, so no maps to sources that are not in the package.
    sourcemap: false,
    esbuildPlugins: [importDirectionPlugin(path.basename(process.cwd()))],
    ...overrides,
  })
}
