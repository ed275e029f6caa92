import { identifierOf, LABEL, SAME, SEPARATORS } from '../src/packed-table.ts'
import { readTaxonomyData, type TermEntry } from './taxonomy-data.ts'

const notice = '// Written by scripts/generate.ts from data/. Do not edit.\n'

/** A module with one constant: JSON in a string, so that nothing is built before it is asked for. */
function table(name: string, value: unknown): string {
  const json = JSON.stringify(value).replaceAll('\\', '\\\\').replaceAll("'", "\\'")
  return `${notice}/** @internal */\nexport const ${name} = '${json}'\n`
}

const signs = new RegExp(`[${LABEL}${Object.values(SEPARATORS).join('')}]`.replace('^', '\\^'))

/** A value as it stands in the table: none of the signs that part values may be in it. */
function plain(value: string): string {
  if (signs.test(value)) throw new Error(`"${value}" holds a sign that separates values`)
  return value
}

/** Parts without the empty ones at the end. */
function joined(parts: readonly (string | number)[], separator: string): string {
  let length = parts.length
  while (length > 0 && (parts[length - 1] === 0 || parts[length - 1] === '')) length--
  return parts
    .slice(0, length)
    .map((part) => (part === 0 ? '' : part))
    .join(separator)
}

function list(items: readonly string[] | undefined): string {
  return (items ?? []).map(plain).join(SEPARATORS.item)
}

const withLabel = (name: string, label: string): string => plain(name).replaceAll(label, LABEL)

const forms = ['exact', 'capitalised', 'any']
const distances = ['form', 'noun', 'sentence', 'near', 'beside']
const roles = ['', 'standard', 'engine', 'national-service']

function nameRow(term: TermEntry): string {
  const { label } = term
  const ambiguous = (term.ambiguous ?? []).map((name) =>
    joined(
      [
        withLabel(name.alias, label),
        forms.indexOf(name.form) * 16 + distances.indexOf(name.evidence) * 2 + (name.ownCuesOnly ? 1 : 0),
        list(name.cues),
        list(name.counter),
      ],
      SEPARATORS.part,
    ),
  )
  return joined(
    [
      identifierOf(label) === term.id ? SAME : term.id,
      plain(label),
      term.subcategory ?? '',
      (term.aliases ?? []).map((alias) => withLabel(alias, label)).join(SEPARATORS.item),
      list(term.versions),
      plain(term.vendor ?? ''),
      roles.indexOf(term.interoperability ?? ''),
      list(term.misspellings),
      ambiguous.join(SEPARATORS.entry),
      (term.deprecated ? 1 : 0) + (term.openSource ? 2 : 0),
    ],
    SEPARATORS.cell,
  )
}

function detailRow(term: TermEntry, sources: readonly string[]): string {
  const { linguist, simpleIcons, endOfLife } = term.crosswalk ?? {}
  const { homepage = '' } = term
  if (homepage && !homepage.startsWith('https://')) throw new Error(`${term.id}: the homepage is no https address`)
  return joined(
    [
      plain(term.definition ?? ''),
      term.openStandard ? 1 : 0,
      term.spdx ?? '',
      plain(homepage?.replace('https://', '') ?? ''),
      term.parent ?? '',
      list(term.related),
      list(term.implies),
      linguist === term.label ? SAME : (linguist ?? ''),
      simpleIcons === term.id.replaceAll('-', '') ? SAME : (simpleIcons ?? ''),
      endOfLife === term.id ? SAME : (endOfLife ?? ''),
      list(term.sources?.map((name) => String(sources.indexOf(name)))),
      plain(term.licenceNote ?? ''),
      term.replacedBy ?? '',
    ],
    SEPARATORS.cell,
  )
}

/** The generated modules by file name. */
export function generatedFiles(): Readonly<Record<string, string>> {
  const { categories, terms, sources, bundles, fieldWords, statusPhrases, counterPhrases, englishWords } = readTaxonomyData()
  const ids = terms.map(({ id }) => `\n  | '${id}'`).join('')
  const categoryIds = categories.map(({ id }) => `\n  | '${id}'`).join('')
  const packed = (rowOf: (term: TermEntry) => string): string =>
    categories
      .map(({ id }) =>
        terms
          .filter(({ category }) => category === id)
          .map(rowOf)
          .join(SEPARATORS.row),
      )
      .join(SEPARATORS.group)
  return {
    'technology-id.ts': `${notice}/** Identifier of a technology of the built-in taxonomy. */\nexport type TechnologyId =${ids}\n\n/** Identifier of a category of the built-in taxonomy. */\nexport type CategoryId =${categoryIds}\n`,
    'name-table.ts': table('nameTable', {
      categories,
      technologies: packed(nameRow),
      bundles,
      fieldWords: Object.fromEntries(Object.entries(fieldWords).map(([field, words]) => [field, list(words)])),
      statusPhrases,
      counterPhrases: list(counterPhrases),
      englishWords: list(englishWords),
    }),
    'detail-table.ts': table('detailTable', {
      sources: Object.values(sources),
      technologies: packed((term) => detailRow(term, Object.keys(sources))),
    }),
  }
}
