import { type Random } from '@open-digital-capability/stats'
import { categories, describeText, type Technology, technologiesIn } from '@open-digital-capability/taxonomy'
import { shuffled } from './allocate.ts'
import { type SyntheticMargins } from './margins.ts'

/**
 * Free-text disclosures of a given number of organisations whose classification gives back the margins exactly: distinct
 * technologies by category, users of single technologies, and how many disclose an interoperability standard.
 *
 * Every text is classified as it is made; one that would not come back as meant is written more plainly.
 */
export function disclosures(margins: SyntheticMargins, random: Random): string[] {
  const chosen = chooseTechnologies(margins)
  const standards = chosen.filter(({ interoperability }) => interoperability === 'standard')
  const others = chosen.filter(({ interoperability }) => interoperability !== 'standard')
  const lists: Technology[][] = Array.from({ length: margins.disclosed }, () => [])
  const give = (technology: Technology, to: readonly number[]): void => {
    for (const organisation of to) lists[organisation]?.push(technology)
  }

  const rankOf = new Map<string, number>()
  for (const technology of others) {
    const rank = rankOf.get(technology.category) ?? 0
    rankOf.set(technology.category, rank + 1)
    // Popular first within each category: use falls off as in any such survey, and everything is used by somebody.
    const users = margins.users[technology.id] ?? Math.max(1, Math.round((margins.disclosed * 0.45) / (1 + rank)))
    give(technology, shuffled(margins.disclosed, random).slice(0, users))
  }
  const disclosing = shuffled(margins.disclosed, random).slice(0, margins.interoperability)
  for (const [index, organisation] of disclosing.entries()) give(standards[index % standards.length] as Technology, [organisation])

  // Nobody discloses nothing: whoever drew no technology gets one that is not counted user by user.
  const spare = others.filter(({ id }) => margins.users[id] === undefined)
  return lists.map((list) => {
    const technologies = list.length > 0 ? list : [spare[Math.floor(random.uniform() * spare.length)] as Technology]
    return noisyText(technologies, random)
  })
}

/** The first technologies of each category that come back from their own label, alone and in a list, with no company. */
function chooseTechnologies(margins: SyntheticMargins): Technology[] {
  const wanted = Object.keys(margins.users)
  return Object.entries(margins.technologies).flatMap(([label, count]) => {
    const category = categories().find((candidate) => candidate.label === label)
    if (category === undefined) throw new Error(`the taxonomy has no category "${label}"`)
    const usable = technologiesIn(category.id).filter(
      ({ id, label: name, deprecated }) => !deprecated && comesBack(`We use ${name}.`, [id]),
    )
    const first = usable.filter(({ id }) => wanted.includes(id))
    const chosen = [...first, ...usable.filter(({ id }) => !wanted.includes(id))].slice(0, count)
    if (chosen.length < count) throw new Error(`only ${chosen.length} of ${count} technologies of "${label}" can be told from their label`)
    return chosen
  })
}

const openings = [
  '',
  'The Trust uses ',
  'Our in-house team works with ',
  'Languages and tools: ',
  'Systems are developed in ',
  'We currently use ',
  'Please see the following: ',
]
const closings = ['', '.', ' as at the date of your request.', '. No further information is held.', '. Versions vary by project.']
const separators = [', ', ' / ', '; ', '\n- ', ' and ', ', ']

function noisyText(technologies: readonly Technology[], random: Random): string {
  const ids = technologies.map(({ id }) => id)
  const any = <Item>(items: readonly Item[]): Item => items[Math.floor(random.uniform() * items.length)] as Item
  for (let attempt = 0; attempt < 12; attempt++) {
    const names = shuffled(technologies.length, random).map((i) => spelled(technologies[i] as Technology, random))
    const text = `${any(openings)}${names.join(any(separators))}${any(closings)}`
    if (comesBack(text, ids)) return text
  }
  const plain = `We use ${technologies.map(({ label }) => label).join(', ')}.`
  if (comesBack(plain, ids)) return plain
  return technologies.map(({ label }) => `We use ${label}.`).join('\n')
}

/** A name as people write it: an alias, or small letters now and then. */
function spelled({ label, aliases }: Technology, random: Random): string {
  const draw = random.uniform()
  if (draw < 0.25 && aliases.length > 0) return aliases[Math.floor(random.uniform() * aliases.length)] as string
  return draw < 0.4 ? label.toLowerCase() : label
}

function comesBack(text: string, ids: readonly string[]): boolean {
  const { disclosed } = describeText(text)
  return disclosed.length === ids.length && ids.every((id) => (disclosed as readonly string[]).includes(id))
}
