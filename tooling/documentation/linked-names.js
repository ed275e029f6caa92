import { Reflection, ReflectionKind } from 'typedoc'

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

/** What a name of an export stands for in a package; `undefined` where it is unknown or ambiguous. */
function targetOf(project, name, own) {
  const candidates = namesOf(project).get(name) ?? []
  const near = candidates.filter((candidate) => packageOf(candidate) === own)
  const [target, other] = near.length > 0 ? near : candidates
  return other === undefined ? target : undefined
}

/** Resolves `{@link name}` in doc comments where the name is an export of another entry of the same package, which TypeDoc does not look in. */
export function linkOtherEntries(project) {
  for (const reflection of Object.values(project.reflections)) {
    const { comment } = reflection
    if (comment === undefined) continue
    for (const part of [...comment.summary, ...comment.blockTags.flatMap(({ content }) => content)]) {
      if (part.kind !== 'inline-tag' || part.target instanceof Reflection || typeof part.target === 'string') continue
      part.target = targetOf(project, part.text.trim(), packageOf(reflection)) ?? part.target
    }
  }
}

/**
 * Makes a link of each name of an export that stands as code in a text: `fisherExactTest` in a guide leads to its page.
 * A name that means one thing in the page's own package and another elsewhere means the first; one that stays ambiguous is left.
 */
export function linkNames(html, { model, project, url }, router) {
  const base = '../'.repeat(url.split('/').length - 1)
  const own = packageOf(model)
  return html.replace(/(<a [^>]*>(?:(?!<\/a>).)*<\/a>)|<code>(\w+)<\/code>/gs, (all, link, name) => {
    if (link !== undefined) return link
    const target = targetOf(project, name, own)
    if (target === undefined || target === model) return all
    return `<a href="${base}${router.getFullUrl(target)}"><code>${name}</code></a>`
  })
}
