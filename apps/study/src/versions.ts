import { createRequire } from 'node:module'
import study from '../package.json' with { type: 'json' }

const siblings = ['schema', 'taxonomy', 'stats', 'recommendations'].map((name) => `@open-digital-capability/${name}`)

/** Versions of everything that makes a result, as they are installed. */
export function versions(): Record<string, string> {
  const load = createRequire(import.meta.url)
  const versionOf = (name: string): string => (load(`${name}/package.json`) as { readonly version: string }).version
  return Object.fromEntries([[study.name, study.version], ...siblings.map((name) => [name, versionOf(name)])]) as Record<string, string>
}
