import { mkdirSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { pathToFileURL } from 'node:url'
import { libraryConfig } from '../../tooling/tsup-preset.ts'

export default libraryConfig(
  {
    index: 'src/index.ts',
    interchange: 'src/interchange/index.ts',
    'json-schema': 'src/json-schema/index.ts',
    node: 'src/node/index.ts',
    read: 'src/read/index.ts',
    write: 'src/write/index.ts',
  },
  { external: [/^node:/], onSuccess: writeJsonSchemas },
)

interface Built {
  readonly jsonSchemaNames: readonly string[]
  readonly jsonSchema: (name: string) => unknown
}

/** The JSON Schemas as files, for readers that are not JavaScript; written from the package as built. */
async function writeJsonSchemas(): Promise<void> {
  const built = (await import(pathToFileURL(path.resolve('dist/json-schema.js')).href)) as Built
  const folder = path.resolve('dist/json-schema')
  mkdirSync(folder, { recursive: true })
  for (const name of built.jsonSchemaNames) {
    writeFileSync(path.join(folder, `${name}.schema.json`), `${JSON.stringify(built.jsonSchema(name), null, 2)}\n`)
  }
}
