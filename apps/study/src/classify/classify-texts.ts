import { describeText, findTechnology, type TextDescription } from '@open-digital-capability/taxonomy'
import { type GivenText } from './read-texts.ts'

/** One text with what it names. */
export interface ClassifiedText extends TextDescription {
  /** `row 12`, `line 3`; `null` for a text that was typed. */
  readonly where: string | null
  readonly text: string
}

/** Texts with what they name, and how many name each technology. */
export interface Classification {
  readonly texts: readonly ClassifiedText[]
  /** Technologies by how many texts disclose them, most first. */
  readonly technologies: readonly { readonly id: string; readonly label: string; readonly texts: number }[]
}

/** Finds the technologies that texts name. */
export function classifyTexts(given: readonly GivenText[]): Classification {
  const texts = given.map(({ where, text }): ClassifiedText => ({ where, text, ...describeText(text) }))
  const counts = new Map<string, number>()
  for (const id of texts.flatMap(({ disclosed }) => disclosed)) counts.set(id, (counts.get(id) ?? 0) + 1)
  const technologies = [...counts]
    .sort(([a, m], [b, n]) => n - m || (a < b ? -1 : 1))
    .map(([id, count]) => ({ id, label: findTechnology(id)?.label ?? id, texts: count }))
  return { texts, technologies }
}
