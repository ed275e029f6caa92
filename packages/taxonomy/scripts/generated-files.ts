import { readTaxonomyData, type TermEntry } from './taxonomy-data.ts'

const notice = '// Written by scripts/generate.ts from data/. Do not edit.\n'

/** A module with one constant: JSON in a string, so that nothing is built before it is asked for. */
function table(name: string, value: unknown): string {
  const json = JSON.stringify(value).replaceAll('\\', '\\\\').replaceAll("'", "\\'")
  return `${notice}/** @internal */\nexport const ${name} = '${json}'\n`
}

/** A row without its empty tail. */
function row(cells: readonly unknown[]): readonly unknown[] {
  let length = cells.length
  while (length > 0 && (cells[length - 1] === 0 || cells[length - 1] === '')) length--
  return cells.slice(0, length)
}

/** Lists are joined: `|` stands in no name. */
function list(items: readonly string[] | undefined): string {
  for (const item of items ?? []) if (item.includes('|')) throw new Error(`"${item}" contains the separator`)
  return (items ?? []).join('|')
}

/** Stands for a name that follows from the entry: its label, its identifier, its identifier without hyphens. */
const SAME = '='

const forms = ['exact', 'capitalised', 'any']
const distances = ['form', 'sentence', 'near', 'beside']
const roles = ['', 'standard', 'engine', 'national-service']

function nameRow(term: TermEntry): readonly unknown[] {
  const ambiguous = (term.ambiguous ?? []).map((name) =>
    row([
      name.alias,
      forms.indexOf(name.form) * 8 + distances.indexOf(name.evidence) * 2 + (name.ownCuesOnly ? 1 : 0),
      list(name.cues),
      list(name.counter),
    ]),
  )
  return row([
    term.id,
    term.label,
    term.subcategory,
    list(term.aliases),
    list(term.versions),
    term.vendor ?? '',
    roles.indexOf(term.interoperability ?? ''),
    list(term.misspellings),
    ambiguous.length > 0 ? ambiguous : 0,
    (term.deprecated ? 1 : 0) + (term.openSource ? 2 : 0),
  ])
}

function detailRow(term: TermEntry, sources: readonly string[]): readonly unknown[] {
  const { linguist, simpleIcons, endOfLife } = term.crosswalk ?? {}
  return row([
    term.definition,
    term.openStandard ? 1 : 0,
    term.spdx ?? '',
    term.homepage ?? '',
    term.parent ?? '',
    list(term.related),
    list(term.implies),
    linguist === term.label ? SAME : (linguist ?? ''),
    simpleIcons === term.id.replaceAll('-', '') ? SAME : (simpleIcons ?? ''),
    endOfLife === term.id ? SAME : (endOfLife ?? ''),
    list(term.sources?.map((name) => String(sources.indexOf(name)))),
    term.licenceNote ?? '',
    term.replacedBy ?? '',
  ])
}

/** The generated modules by file name. */
export function generatedFiles(): Readonly<Record<string, string>> {
  const { categories, terms, sources, bundles, fieldWords, statusPhrases, counterPhrases, englishWords } = readTaxonomyData()
  const ids = terms.map(({ id }) => `\n  | '${id}'`).join('')
  const categoryIds = categories.map(({ id }) => `\n  | '${id}'`).join('')
  const byCategory = categories.map(({ id }) => terms.filter(({ category }) => category === id))
  return {
    'technology-id.ts': `${notice}/** Identifier of a technology of the built-in taxonomy. */\nexport type TechnologyId =${ids}\n\n/** Identifier of a category of the built-in taxonomy. */\nexport type CategoryId =${categoryIds}\n`,
    'name-table.ts': table('nameTable', {
      categories,
      technologies: byCategory.map((group) => group.map(nameRow)),
      bundles,
      fieldWords,
      statusPhrases,
      counterPhrases,
      englishWords,
    }),
    'detail-table.ts': table('detailTable', {
      sources: Object.values(sources),
      technologies: byCategory.map((group) => group.map((term) => detailRow(term, Object.keys(sources)))),
    }),
  }
}
