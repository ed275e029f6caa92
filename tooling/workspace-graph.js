/**
 * Which package may import which: `schema` and `stats` stand on nothing of ours, and nothing imports sideways or up.
 * ESLint reads it to refuse an import in the editor, the build reads it to refuse one that slipped through.
 *
 * @type {Readonly<Record<string, readonly string[]>>}
 */
export const workspaceGraph = {
  schema: [],
  stats: [],
  taxonomy: ['schema'],
  recommendations: ['schema', 'stats'],
  study: ['schema', 'stats', 'taxonomy', 'recommendations'],
}

/** The packages that other programs import; the app is for people. */
export const libraries = Object.keys(workspaceGraph).filter((name) => name !== 'study')

/** The npm scope of every package of this repository. */
export const scope = '@open-digital-capability'
