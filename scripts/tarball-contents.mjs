/** What may be in the tarball of a package, and what has to be. */
import os from 'node:os'

const everyPackage = /^(dist\/|package\.json$|README\.md$|LICENSE$|CHANGELOG\.md$)/
const library = {
  mayHold: /^dist\//,
  holds: ['dist/index.js', 'dist/index.cjs', 'dist/index.d.ts', 'dist/index.d.cts'],
}
const app = { mayHold: /^(examples|published|schemas)\//, holds: ['dist/main.js', 'published/figures.json'] }

/** Folders of somebody's machine, and links to maps that are not there. */
const unwelcome = (root) => new RegExp(`${root}|${os.homedir()}/|/home/|/Users/|[A-Z]:\\\\\\\\Users|file:///|sourceMappingURL=`)

/**
 * What is wrong with a tarball, a sentence each.
 *
 * @param {string} name of the package, without its scope
 * @param {ReadonlyMap<string, string>} files its files by path, with their text
 * @param {string} root the folder that the repository is in, which no file may name
 * @returns {string[]}
 */
export function tarballFaults(name, files, root) {
  const { mayHold, holds } = name === 'study' ? app : library
  const paths = [...files.keys()]
  const allowed = (file) => (everyPackage.test(file) || mayHold.test(file)) && !/\.map$|\.(test|bench)\.|(^|\/)(test|bench)\//.test(file)
  return [
    ...paths.filter((file) => !allowed(file)).map((file) => `${file} should not be packed`),
    ...['package.json', 'README.md', 'LICENSE', ...holds].filter((file) => !files.has(file)).map((file) => `${file} is not in the tarball`),
    ...paths.flatMap((file) => {
      const [found] = unwelcome(root).exec(files.get(file)) ?? []
      return found === undefined ? [] : [`${file} has “${found}” in it`]
    }),
  ]
}
