import { appendFile, mkdir, writeFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import path from 'node:path'
import { importDirectionPlugin, libraryConfig } from '../../tooling/tsup-preset.ts'
import { additionsSchema } from './scripts/additions-schema.ts'
import { exchangeFiles, moduleWrapper, tableModules } from './scripts/build-files.ts'

const tables = /\/generated\/([\w-]+-table)\.ts$/

// The data are most of this package, so there is one copy of data and code, in CommonJS, and the ES module is a wrapper around it:
// half the size, and one state however many module systems a program mixes.
export default libraryConfig(
  { index: 'src/index.ts' },
  {
    esbuildPlugins: [
      importDirectionPlugin('taxonomy'),
      {
        name: 'tables-apart',
        setup(build) {
          build.onResolve({ filter: tables }, ({ path: specifier }) => ({
            path: `./tables/${tables.exec(specifier)?.[1]}.cjs`,
            external: true,
          }))
        },
      },
    ],
    // Doc comments stay in the declarations; names stay readable in a debugger.
    esbuildOptions(options) {
      options.minifyWhitespace = true
    },
    onSuccess: async () => {
      await write('dist/tables', tableModules())
      await write('dist/exchange', exchangeFiles())
      await write('dist/json-schema', { 'additions.schema.json': `${JSON.stringify(additionsSchema(), null, 2)}\n` })
      const names = Object.keys(createRequire(import.meta.url)(path.resolve('dist/index.cjs')) as object)
      // The statement never runs: Node reads the names of the exports from it.
      await appendFile('dist/index.cjs', `0&&(module.exports={${names.join(',')}});\n`)
      await write('dist', { 'index.js': moduleWrapper(names) })
    },
  },
)

async function write(directory: string, files: Readonly<Record<string, string>>): Promise<void> {
  await mkdir(directory, { recursive: true })
  for (const [name, text] of Object.entries(files)) await writeFile(path.join(directory, name), text)
}
