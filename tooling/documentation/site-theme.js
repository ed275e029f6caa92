import { DefaultTheme } from 'typedoc'

/** TypeDoc's theme with the guides first, each package as its parts, and no link inside of what opens and closes. */
export class SiteTheme extends DefaultTheme {
  buildNavigation(project) {
    const entries = super.buildNavigation(project)
    const guides = entries.filter(({ path }) => path?.startsWith('documents/'))
    const packages = entries.filter((entry) => !guides.includes(entry))
    return [{ text: 'Guides', children: guides }, ...packages.map(withoutIndex)].map(separateLinkFromToggle)
  }
}

/** What a package exports from its main entry stands beside its other entries, not a level below them. */
function withoutIndex(entry) {
  if (entry.children === undefined) return entry
  const children = entry.children.flatMap((child) => (child.text === 'index' ? parts(child, 'Everything it exports') : [child]))
  return { ...entry, children }
}

/** The page of a whole becomes the first of its parts. */
const parts = ({ path, kind, icon, children }, text) => (path === undefined ? children : [{ text, path, kind, icon }, ...children])

function separateLinkFromToggle(entry) {
  if (entry.children === undefined) return entry
  const { path, kind, icon, children, ...rest } = entry
  return { ...rest, children: parts({ path, kind, icon, children: children.map(separateLinkFromToggle) }, 'About') }
}
