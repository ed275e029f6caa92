/**
 * Writes `src/generated` from `data`: the union of identifiers, and the tables as text that is read on first use.
 * `npm run generate -w packages/taxonomy`; a test fails where the result is stale.
 */
import { mkdirSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { generatedFiles } from './generated-files.ts'

const directory = path.join(import.meta.dirname, '../src/generated')
mkdirSync(directory, { recursive: true })
for (const [name, text] of Object.entries(generatedFiles())) writeFileSync(path.join(directory, name), text)
