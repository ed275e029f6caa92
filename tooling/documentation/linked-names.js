import { ReflectionKind } from 'typedoc'

const linkable =
  ReflectionKind.Function | ReflectionKind.Class | ReflectionKind.Interface | ReflectionKind.TypeAlias | ReflectionKind.Variable

/** What the names of exports stand for, by project. */
const names = new WeakMap()

function namesOf(project) {
  if (!names.has(project)) {
    const found = new Map()
    for (const reflection of project.getReflectionsByKind(linkable)) {
      found.set(reflection.name, [...(found.get(reflection.name) ?? []), reflection])
    }
    names.set(project, found)
  }
  return names.get(project)
}

const packageOf = (reflection) => {
  for (let one = reflection; one !== undefined; one = one.parent) if (one.parent?.isProject()) return one.name
  return undefined
}

/**
 * Makes a link of each name of an export that stands as code in a text: `fisherExactTest` in a guide leads to its page.
 * A name that means one thing in the page's own package and another elsewhere means the first; one that stays ambiguous is left.
 */
export function linkNames(html, { model, project, url }, router) {
  const known = namesOf(project)
  const base = '../'.repeat(url.split('/').length - 1)
  const own = packageOf(model)
  return html.replace(/(<a [^>]*>(?:(?!<\/a>).)*<\/a>)|<code>(\w+)<\/code>/gs, (all, link, name) => {
    if (link !== undefined) return link
    const candidates = known.get(name) ?? []
    const near = candidates.filter((candidate) => packageOf(candidate) === own)
    const [target, other] = near.length > 0 ? near : candidates
    if (target === undefined || other !== undefined || target === model) return all
    return `<a href="${base}${router.getFullUrl(target)}"><code>${name}</code></a>`
  })
}
