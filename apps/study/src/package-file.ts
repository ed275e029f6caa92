import { existsSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

/** Where a file of this package lies, whether the program runs bundled from `dist/` or from its source. */
export function packageFile(name: string): string {
  const found = ['../', '../../'].map((up) => fileURLToPath(new URL(up + name, import.meta.url))).find((path) => existsSync(path))
  if (found === undefined) throw new Error(`the package lacks ${name}`)
  return found
}
