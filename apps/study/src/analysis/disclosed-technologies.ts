import { adjustPValues, type ConfidenceInterval, fisherPValues, wilsonInterval } from '@open-digital-capability/stats'
import { categories, findTechnology } from '@open-digital-capability/taxonomy'
import { type Disclosures } from './coded-round.ts'
import { type Grouping } from './grouping.ts'
import { type SmallNumberGuard } from './small-numbers.ts'

/** A technology, by how many of those that disclosed use it. */
interface TechnologyCount {
  readonly id: string
  readonly label: string
  readonly category: string
  /** `null` where it is hidden as a small number. */
  readonly count: number | null
  readonly proportion: number | null
  readonly interval: ConfidenceInterval | null
}

/** A category, by its different technologies and by who uses any of them. */
interface CategoryCount {
  readonly id: string
  readonly label: string
  /** Different technologies disclosed. */
  readonly distinct: number
  /** Organisations that disclose at least one; `null` where hidden. */
  readonly users: number | null
  readonly proportion: number | null
  readonly interval: ConfidenceInterval | null
  readonly isStudyCategory: boolean
}

/** Two technologies that are disclosed together more or less often than apart. */
interface Pair {
  readonly technologies: readonly [string, string]
  readonly labels: readonly [string, string]
  /** Both, only the first, only the second, neither. */
  readonly counts: readonly [number, number, number, number]
  /** How many would disclose both if the two had nothing to do with each other. */
  readonly expected: number
  readonly pValue: number
  readonly adjustedPValue: number
}

/** How many of each group disclose a technology. */
interface TechnologyByGroup {
  readonly id: string
  readonly label: string
  /** Users by group; `null` where hidden. */
  readonly counts: readonly (number | null)[]
}

/** What all texts of a round disclose. */
export interface DisclosedTechnologies {
  /** Organisations whose texts were classified; `null` where hidden. */
  readonly base: number | null
  readonly categories: readonly CategoryCount[]
  readonly technologies: readonly TechnologyCount[]
  /** The pairs with the smallest P. */
  readonly pairs: readonly Pair[]
  /** How many pairs were tested, all of which count in the adjustment. */
  readonly pairsTested: number
  /** The technologies named most by group, with how many of each group disclosed any. */
  readonly byGroup: {
    /** How an organisation comes to be in its group. */
    readonly definition: string
    readonly labels: readonly string[]
    readonly bases: readonly (number | null)[]
    readonly technologies: readonly TechnologyByGroup[]
  } | null
}

const pairsShown = 30
const technologiesByGroup = 15

/** Counts technologies over texts: by name, by category, by pair and by group. */
export function disclosedTechnologies(
  disclosures: Disclosures,
  grouping: Grouping | null,
  confidenceLevel: number,
  guard: SmallNumberGuard,
): DisclosedTechnologies {
  const { ids, hasText } = disclosures
  const base = hasText.reduce((sum, one) => sum + one, 0)
  const of = shareOf(base, confidenceLevel, guard)
  const entries = ids.map((id) => findTechnology(id) ?? { label: id, category: 'unknown' })
  const shared = sharedUse(disclosures)
  const used = ids.flatMap((_, position) => (shared.users(position) > 0 ? [position] : []))

  const technologies = used.map((position): TechnologyCount => {
    const { label, category } = entries[position] as (typeof entries)[number]
    return { id: ids[position] as string, label, category, ...of(shared.users(position)) }
  })
  // Those that are hidden stand at the end in the order of their names: their place says nothing.
  technologies.sort((a, b) => (b.count ?? -1) - (a.count ?? -1) || (a.id < b.id ? -1 : 1))

  const categoryList = categories()
  const usersOf = usersByCategory(
    disclosures,
    categoryList.map(({ id }) => id),
    entries.map(({ category }) => category),
  )
  const shownCategories = categoryList.map(({ id, label, studyCategory }, k): CategoryCount => {
    const { count, proportion, interval } = of(usersOf[k] as number)
    const distinct = used.filter((position) => entries[position]?.category === id).length
    return { id, label, distinct, users: count, proportion, interval, isStudyCategory: studyCategory }
  })
  return {
    base: guard.count(base),
    categories: shownCategories,
    technologies,
    ...pairsOf(used, base, shared, (position) => [ids[position] as string, entries[position]?.label ?? ''], guard),
    byGroup:
      grouping === null || base === 0
        ? null
        : byGroup(
            technologies.slice(0, technologiesByGroup).map(({ id, label }) => ({ id, label, position: ids.indexOf(id) })),
            disclosures,
            grouping,
            guard,
          ),
  }
}

/** How many organisations disclose at least one technology of each category. */
function usersByCategory({ starts, technologies }: Disclosures, categoryIds: readonly string[], categoryOf: readonly string[]): number[] {
  const indexOf = categoryOf.map((category) => categoryIds.indexOf(category))
  const users = categoryIds.map(() => 0)
  // The organisation that a category was last counted for, so that two technologies of one category count once.
  const countedFor = categoryIds.map(() => -1)
  for (let i = 0; i + 1 < starts.length; i++) {
    for (let at = starts[i] as number; at < (starts[i + 1] as number); at++) {
      const category = indexOf[technologies[at] as number] as number
      if (category < 0 || countedFor[category] === i) continue
      countedFor[category] = i
      users[category] = (users[category] as number) + 1
    }
  }
  return users
}

/** Shares of those that disclosed, shown only where neither the count nor the rest is small. */
function shareOf(base: number, confidenceLevel: number, guard: SmallNumberGuard) {
  return (users: number): Pick<TechnologyCount, 'count' | 'proportion' | 'interval'> => {
    const shown = guard.table([[users, base - users]])
    const count = shown.counts[0]?.[0] ?? null
    const whole = shown.rows[0] ?? null
    if (count === null || whole === null || whole === 0) return { count, proportion: null, interval: null }
    return { count, proportion: count / whole, interval: wilsonInterval(count, whole, { confidenceLevel }) }
  }
}

interface SharedUse {
  readonly users: (position: number) => number
  readonly together: (first: number, second: number) => number
}

/** Users of every technology and of every pair, in one pass over the organisations. */
function sharedUse({ ids, starts, technologies }: Disclosures): SharedUse {
  const size = ids.length
  const together = new Int32Array(size * size)
  for (let i = 0; i + 1 < starts.length; i++) {
    const from = starts[i] as number
    const to = starts[i + 1] as number
    for (let a = from; a < to; a++) {
      for (let b = from; b < to; b++) {
        const cell = (technologies[a] as number) * size + (technologies[b] as number)
        together[cell] = (together[cell] as number) + 1
      }
    }
  }
  const at = (first: number, second: number): number => together[first * size + second] as number
  return { users: (position) => at(position, position), together: at }
}

function pairsOf(
  used: readonly number[],
  base: number,
  { users, together }: SharedUse,
  nameOf: (position: number) => [string, string],
  guard: SmallNumberGuard,
): Pick<DisclosedTechnologies, 'pairs' | 'pairsTested'> {
  const tested: { readonly pair: readonly [number, number]; readonly counts: Pair['counts'] }[] = []
  for (const [i, first] of used.entries()) {
    for (const second of used.slice(i + 1)) {
      const both = together(first, second)
      const onlyFirst = users(first) - both
      const onlySecond = users(second) - both
      const { counts } = guard.table([
        [both, onlyFirst],
        [onlySecond, base - both - onlyFirst - onlySecond],
      ])
      const shown = counts.flat()
      if (shown.every((count) => count !== null)) tested.push({ pair: [first, second], counts: shown as unknown as Pair['counts'] })
    }
  }
  const pValues = fisherPValues(tested.flatMap(({ counts }) => counts))
  const adjusted = adjustPValues(Array.from(pValues), 'BH')
  const order = tested.map((_, i) => i)
  const key = (i: number): string => (tested[i] as (typeof tested)[number]).pair.map((position) => nameOf(position)[0]).join()
  order.sort(
    (a, b) =>
      (pValues[a] as number) - (pValues[b] as number) ||
      (tested[b]?.counts[0] as number) - (tested[a]?.counts[0] as number) ||
      (key(a) < key(b) ? -1 : 1),
  )
  const pairs = order.slice(0, pairsShown).map((i): Pair => {
    const { pair, counts } = tested[i] as (typeof tested)[number]
    const [both, onlyFirst, onlySecond, neither] = counts
    const [firstId, firstLabel] = nameOf(pair[0])
    const [secondId, secondLabel] = nameOf(pair[1])
    return {
      technologies: [firstId, secondId],
      labels: [firstLabel, secondLabel],
      counts,
      expected: ((both + onlyFirst) * (both + onlySecond)) / (both + onlyFirst + onlySecond + neither),
      pValue: pValues[i] as number,
      adjustedPValue: adjusted[i] as number,
    }
  })
  return { pairs, pairsTested: tested.length }
}

function byGroup(
  shown: readonly { readonly id: string; readonly label: string; readonly position: number }[],
  { starts, technologies, hasText }: Disclosures,
  { definition, labels, codes }: Grouping,
  guard: SmallNumberGuard,
): DisclosedTechnologies['byGroup'] {
  const bases = labels.map(() => 0)
  const users = shown.map(() => labels.map(() => 0))
  const rowOf = new Map(shown.map(({ position }, row) => [position, row]))
  for (let i = 0; i < hasText.length; i++) {
    const group = codes[i] as number
    if (group < 0 || hasText[i] === 0) continue
    bases[group] = (bases[group] as number) + 1
    for (const position of technologies.subarray(starts[i], starts[i + 1])) {
      const row = users[rowOf.get(position) ?? -1]
      if (row !== undefined) row[group] = (row[group] as number) + 1
    }
  }
  return {
    definition,
    labels,
    bases: bases.map((count) => guard.count(count)),
    technologies: shown.map(({ id, label }, row) => ({
      id,
      label,
      counts: guard
        .table((users[row] as number[]).map((count, group) => [count, (bases[group] as number) - count]))
        .counts.map((cells) => cells[0] ?? null),
    })),
  }
}
