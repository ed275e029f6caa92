import { readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import type { Bundle, Category, FieldWords, StatusPhrases } from '../src/taxonomy.ts'
import type { Technology, TermSource } from '../src/technology.ts'

const dataDirectory = path.join(import.meta.dirname, '../data')

/** An entry of `data/terms`: empty fields are left out, and the deprecated ones are few. */
export type TermEntry = Partial<Omit<Technology, 'id' | 'label' | 'sources'>> & { readonly sources?: readonly string[] } & {
  readonly id: string
  readonly label: string
  readonly category: string
}

function read<T>(name: string): T {
  return JSON.parse(readFileSync(path.join(dataDirectory, name), 'utf8')) as T
}

/** Everything under `data/`, in the order of the categories. */
export function readTaxonomyData() {
  const categories = read<Category[]>('categories.json')
  const files = new Set(readdirSync(path.join(dataDirectory, 'terms')))
  const terms: TermEntry[] = []
  for (const { id } of categories) {
    const name = `${id}.json`
    if (!files.delete(name)) throw new Error(`data/terms/${name} is missing`)
    const entries = read<TermEntry[]>(`terms/${name}`)
    for (const entry of entries) if (entry.category !== id) throw new Error(`${entry.id} stands in ${name} and says ${entry.category}`)
    terms.push(...entries)
  }
  if (files.size > 0) throw new Error(`no category for ${[...files].join(', ')}`)
  return {
    categories,
    terms,
    sources: read<Record<string, TermSource>>('sources.json'),
    bundles: read<Bundle[]>('bundles.json'),
    fieldWords: read<FieldWords>('field-words.json'),
    statusPhrases: read<StatusPhrases>('status-phrases.json'),
    counterPhrases: read<string[]>('counter-phrases.json'),
    englishWords: read<string[]>('english-words.json'),
  }
}
