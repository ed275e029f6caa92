import { mkdirSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { pathToFileURL } from 'node:url'
import { libraryConfig } from '../../tooling/tsup-preset.ts'

export default libraryConfig({ index: 'src/index.ts' }, { onSuccess: writeJsonSchema })

/** The JSON Schema of models as a file, for editors that check and complete; written from the package as built. */
async function writeJsonSchema(): Promise<void> {
  const built = (await import(pathToFileURL(path.resolve('dist/index.js')).href)) as { readonly modelJsonSchema: () => unknown }
  mkdirSync('dist/json-schema', { recursive: true })
  writeFileSync('dist/json-schema/model.schema.json', `${JSON.stringify(built.modelJsonSchema(), null, 2)}\n`)
}
