import { type DocumentKind } from './document.ts'

/** A document of some version, before it is checked. */
export type RawDocument = Readonly<Record<string, unknown>>

/** One step from a version of a kind of document to the next. */
export interface Migration {
  /** Kind of document. */
  readonly kind: DocumentKind
  /** Version from which it leads; it leads to the next. */
  readonly from: number
  /** What changes, and what cannot be carried over. */
  readonly about: string
  /** The document of the next version. It reads what is there and never throws on data. */
  readonly step: (document: RawDocument) => RawDocument
}

/**
 * The steps by which older documents come to the present version, oldest first.
 *
 * Version 0 is the form without a version that a list of printed figures had: claims with a percentage by version and the base in
 * words.
 */
export const migrations: readonly Migration[] = [
  {
    kind: 'printed-figures',
    from: 0,
    about: 'Claims become figures; the base in words becomes the id of a figure, and "Out of 191" the base that a version prints.',
    step: figuresOfClaims,
  },
]

/** Whether a document is of the form that printed figures had before there were versions. */
export function isUnversionedClaims(document: RawDocument): boolean {
  return !('schemaVersion' in document) && Array.isArray(document['claims'])
}

function figuresOfClaims(document: RawDocument): RawDocument {
  const article = recordOf(document['article'])
  const titles = recordOf(document['versions'])
  const claims = arrayOf(document['claims']).map(recordOf)
  const idByCount = new Map<number, string>()
  for (const { id, value } of claims) if (typeof value === 'number') idByCount.set(value, camelCase(textOf(id)))
  const countById = new Map([...idByCount].map(([count, id]) => [id, count]))
  const { doi, published } = article
  return {
    kind: 'printed-figures',
    schemaVersion: 1,
    publication: {
      ...(typeof doi === 'string' ? { doi } : {}),
      ...(typeof published === 'string' ? { published } : {}),
      versions: Object.entries(recordOf(article['sources'])).map(([id, source]) => versionOf(id, textOf(source), textOf(titles[id]))),
    },
    figures: claims.map((claim) => figureOfClaim(claim, idByCount, countById)),
    ...(Array.isArray(document['notFound']) ? { notPrinted: document['notFound'] as unknown[] } : {}),
  }
}

/** A source that is more than an address keeps its words as a note. */
function versionOf(id: string, source: string, title: string): RawDocument {
  const address = /https?:\/\/[^\s;)]+/.exec(source)?.[0]
  return {
    id,
    title: title === '' ? id : title,
    sourceUrl: address ?? source,
    ...(address === undefined || address === source ? {} : { sourceNote: source }),
  }
}

function figureOfClaim(claim: RawDocument, idByCount: ReadonlyMap<number, string>, countById: ReadonlyMap<string, number>): RawDocument {
  const { value, parts, derivedNumerator, derivedBase, feasibleNumerators } = claim
  const id = camelCase(textOf(claim['id']))
  const words = textOf(claim['base'])
  const ownBases = new Map(
    [...words.matchAll(/(\w+): (\w+)( \(implied\))?/g)].map(([, version, base, implied]) => [version, { base, implied }]),
  )
  const outOf = new Map([...words.matchAll(/(\w+) prints "Out of (\d+)"/g)].map(([, version, count]) => [version, Number(count)]))
  const baseOf = (version: string): { baseId?: string; baseIs?: string } => {
    const own = ownBases.get(version)
    return own?.base === undefined ? {} : { baseId: camelCase(own.base), ...(own.implied === undefined ? {} : { baseIs: 'implied' }) }
  }
  const common = /^(\w+)( \(implied)?(?![\w:])/.exec(words)
  const baseId = common?.[1] === undefined ? undefined : camelCase(common[1])
  const base = baseId === undefined ? undefined : countById.get(baseId)

  const percentages = recordOf(claim['pct'])
  const versions = [...new Set([...Object.keys(percentages), ...arrayOf(claim['versions']).map(textOf)])]
  const valueByVersion = typeof value === 'object' && value !== null && !Array.isArray(value) ? recordOf(value) : undefined
  const printings = [...versions, ...Object.keys(valueByVersion ?? {})].map((version) => {
    const printedBaseId = idByCount.get(outOf.get(version) ?? -1)
    const quote = valueByVersion?.[version]
    return {
      version,
      ...(typeof percentages[version] === 'string' ? { percentage: percentages[version] } : {}),
      ...baseOf(version),
      ...(printedBaseId === undefined ? {} : { printedBaseId }),
      ...(typeof quote === 'string' ? { quote } : {}),
    }
  })
  const notes = [
    ...(derivedNumerator === undefined ? [] : [`derived: ${JSON.stringify(derivedNumerator)} of ${JSON.stringify(derivedBase)}`]),
    ...(feasibleNumerators === undefined ? [] : [`numerators by base: ${JSON.stringify(feasibleNumerators)}`]),
  ]
  return {
    id,
    label: textOf(claim['id']).replaceAll('_', ' '),
    ...(typeof value === 'number' ? { count: value } : {}),
    ...(typeof value === 'string' || Array.isArray(value) ? { value: value as unknown } : {}),
    ...(base === undefined ? {} : { base }),
    ...(baseId === undefined ? {} : { baseId, baseIs: common?.[2] === undefined ? 'printed' : 'implied' }),
    ...(parts === undefined ? {} : { parts }),
    printings,
    ...(notes.length === 0 ? {} : { note: notes.join('; ') }),
  }
}

function camelCase(name: string): string {
  return name.replace(/_+(\w)/g, (_, letter: string) => letter.toUpperCase())
}

function recordOf(value: unknown): RawDocument {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as RawDocument) : {}
}

function arrayOf(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? (value as unknown[]) : []
}

function textOf(value: unknown): string {
  return typeof value === 'string' ? value : ''
}
