/** `npm run study -- COMMAND …`: the app, with whatever it needs installed and built first. */
import path from 'node:path'
import { pathToFileURL } from 'node:url'
import { prepare, root } from './prepare.mjs'

prepare()
// npm changes to the repository's root; files named on the command line are relative to where the user stands.
if (process.env.INIT_CWD) process.chdir(process.env.INIT_CWD)
const main = path.join(root, 'apps', 'study', 'dist', 'main.js')
process.argv[1] = main
await import(pathToFileURL(main).href)
