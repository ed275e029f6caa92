import path from 'node:path'

/** File names of documents in the site, by document. */
const slugs = new WeakMap()

/** The name of a document's page: that of its file, or of its folder where the file is a README. */
export const slugOf = (document) => slugs.get(document) ?? document.name

/** Gives a document its page's name and its title. */
export function nameDocument(document, slug, title) {
  slugs.set(document, slug)
  document.name = title
}

/** Calls each document by its first heading instead of its file's name. */
export function nameDocuments(project) {
  for (const document of project.documents ?? []) {
    const file = path.basename(document.name)
    const folder = path.basename(path.dirname(document.name))
    const [, title] = /^# (.+)$/m.exec(document.content.map(({ text }) => text).join('')) ?? []
    if (title === undefined) throw new Error(`${document.name} has no heading of the first level`)
    nameDocument(document, (file === 'README' ? folder : file).toLowerCase(), title.replaceAll('`', ''))
  }
}
