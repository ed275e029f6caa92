import { technologies } from './technologies.ts'

/** Columns of {@link taxonomyCsv}. */
const columns = [
  'id',
  'label',
  'category',
  'subcategory',
  'definition',
  'aliases',
  'ambiguous_aliases',
  'misspellings',
  'parent',
  'implies',
  'related',
  'vendor',
  'homepage',
  'versions',
  'open_source',
  'spdx',
  'licence_note',
  'open_standard',
  'interoperability',
  'linguist',
  'simple_icons',
  'end_of_life',
  'deprecated',
  'replaced_by',
] as const

/**
 * The taxonomy as JSON for people without TypeScript: an array with one object a technology, all fields of {@link Technology}.
 *
 * @example
 * ```ts @import.meta.vitest
 * const entries = JSON.parse(taxonomyJson()) as { id: string; label: string }[]
 *
 * expect(entries.find(({ id }) => id === 'c-sharp')?.label).toBe('C#')
 * ```
 */
export function taxonomyJson(): string {
  return `[\n${technologies()
    .map((technology) => JSON.stringify(technology))
    .join(',\n')}\n]\n`
}

/**
 * The taxonomy as CSV (RFC 4180, with a header line): one line a technology, lists joined by `|`, yes and no as `true` and `false`.
 *
 * @see Shafranovich, RFC 4180, 2005
 *
 * @example
 * ```ts @import.meta.vitest
 * const [header, first] = taxonomyCsv().split('\r\n')
 *
 * expect(header).toMatch(/^id,label,category,/)
 * expect(first).toMatch(/^c-sharp,C#,programming-language,/)
 * ```
 */
export function taxonomyCsv(): string {
  const rows = technologies().map((entry) => [
    entry.id,
    entry.label,
    entry.category,
    entry.subcategory,
    entry.definition,
    entry.aliases.join('|'),
    entry.ambiguous.map(({ alias }) => alias).join('|'),
    entry.misspellings.join('|'),
    entry.parent ?? '',
    entry.implies.join('|'),
    entry.related.join('|'),
    entry.vendor ?? '',
    entry.homepage ?? '',
    entry.versions.join('|'),
    String(entry.openSource),
    entry.spdx ?? '',
    entry.licenceNote ?? '',
    String(entry.openStandard),
    entry.interoperability ?? '',
    entry.crosswalk.linguist ?? '',
    entry.crosswalk.simpleIcons ?? '',
    entry.crosswalk.endOfLife ?? '',
    String(entry.deprecated),
    entry.replacedBy ?? '',
  ])
  return [columns, ...rows].map((row) => `${row.map(csvField).join(',')}\r\n`).join('')
}

function csvField(value: string): string {
  return /[",\r\n]/.test(value) ? `"${value.replaceAll('"', '""')}"` : value
}
