import { type DisclosedTechnologies } from '../../analysis/disclosed-technologies.ts'
import { countText, decimal, percent, percentRange, pValueText } from '../../show/numbers.ts'
import { type DataTable } from '../data-table.ts'

/** Categories by their technologies, by who uses any, and the technologies of each that are named most. */
export function categoriesTable({ categories, technologies }: DisclosedTechnologies, caption: string): DataTable {
  return {
    caption,
    name: 'technologies-by-category',
    columns: [
      { head: 'Category' },
      { head: 'Different technologies', isNumber: true },
      { head: 'Users of any', isNumber: true },
      { head: '%', isNumber: true },
      { head: 'Wilson interval', isNumber: true },
      { head: 'Named most' },
      { head: 'One of the study’s seven' },
    ],
    rows: categories
      .filter(({ distinct }) => distinct > 0)
      .map(({ id, label, distinct, users, proportion, interval, isStudyCategory }) => [
        label,
        `${distinct}`,
        countText(users),
        proportion === null ? '–' : percent(proportion),
        interval === null ? '–' : percentRange(interval.lower, interval.upper ?? 1),
        technologies
          .filter(({ category, count }) => category === id && count !== null)
          .slice(0, 5)
          .map(({ label: name, count }) => `${name} ${count}`)
          .join(', '),
        isStudyCategory ? 'yes' : 'no',
      ]),
  }
}

/** Every technology by its users. */
export function technologiesTable({ technologies, categories }: DisclosedTechnologies, caption: string): DataTable {
  return {
    caption,
    name: 'technologies',
    isLong: true,
    columns: [
      { head: 'Technology' },
      { head: 'Category' },
      { head: 'n', isNumber: true },
      { head: '%', isNumber: true },
      { head: 'Wilson interval', isNumber: true },
    ],
    rows: technologies.map(({ label, category, count, proportion, interval }) => [
      label,
      categories.find(({ id }) => id === category)?.label ?? category,
      countText(count),
      proportion === null ? '–' : percent(proportion),
      interval === null ? '–' : percentRange(interval.lower, interval.upper ?? 1),
    ]),
  }
}

/** The technologies named most, by group. */
export function technologiesByGroupTable(byGroup: NonNullable<DisclosedTechnologies['byGroup']>, caption: string): DataTable {
  return {
    caption,
    name: 'technologies-by-group',
    columns: [
      { head: 'Technology' },
      ...byGroup.labels.map((label, i) => ({ head: `${label}, of ${countText(byGroup.bases[i] ?? null)}`, isNumber: true })),
    ],
    rows: byGroup.technologies.map(({ label, counts }) => [
      label,
      ...counts.map((count, i) => {
        const base = byGroup.bases[i] ?? null
        return count === null || base === null || base === 0 ? countText(count) : `${count} (${percent(count / base, 0)}%)`
      }),
    ]),
  }
}

/** Pairs of technologies that go together, or apart. */
export function pairsTable({ pairs, pairsTested }: DisclosedTechnologies): DataTable {
  return {
    caption: `Technologies that go together or apart: the ${pairs.length} smallest P of ${pairsTested} pairs tested (Fisher; adjusted by Benjamini and Hochberg)`,
    name: 'pairs',
    columns: [
      { head: 'Pair' },
      { head: 'Both', isNumber: true },
      { head: 'Expected', isNumber: true },
      { head: 'Only the first', isNumber: true },
      { head: 'Only the second', isNumber: true },
      { head: 'Neither', isNumber: true },
      { head: 'P', isNumber: true },
      { head: 'P, adjusted', isNumber: true },
    ],
    rows: pairs.map(({ labels, counts: [both, onlyFirst, onlySecond, neither], expected, pValue, adjustedPValue }) => [
      labels.join(' and '),
      `${both}`,
      decimal(expected, 1),
      `${onlyFirst}`,
      `${onlySecond}`,
      `${neither}`,
      pValueText(pValue),
      pValueText(adjustedPValue),
    ]),
  }
}
