import { mkdir, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { jsonSchemas } from './json-schemas.ts'

const folder = path.resolve(import.meta.dirname, '..')
await mkdir(path.join(folder, 'schemas'), { recursive: true })
for (const [command, schema] of jsonSchemas(folder)) {
  await writeFile(path.join(folder, 'schemas', `${command}.schema.json`), `${JSON.stringify(schema, null, 2)}\n`)
}
