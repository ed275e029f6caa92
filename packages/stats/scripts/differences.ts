/**
 * Writes docs/where-we-differ.md. Run in packages/stats:
 * node --import tsx --conditions=@open-digital-capability/source scripts/differences.ts
 */
import { mkdirSync, writeFileSync } from 'node:fs'
import { differencesPage } from './differences-page.ts'

const docs = new URL('../../../docs/', import.meta.url)
mkdirSync(docs, { recursive: true })
writeFileSync(new URL('where-we-differ.md', docs), differencesPage())
