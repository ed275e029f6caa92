/**
 * `npm run release`: builds, and publishes the versions that the registry lacks.
 *
 * npm signs where a package was built only if its manifest names the repository that it was built in. That address is not
 * written in the manifests, so that no clone claims to be another: the workflow that publishes says where it runs
 * (`GITHUB_SERVER_URL`, `GITHUB_REPOSITORY`), and for the time of publishing the manifests say so too.
 */
import { spawnSync } from 'node:child_process'
import { readFileSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { workspaceGraph } from '../tooling/workspace-graph.js'

const root = path.resolve(import.meta.dirname, '..')
const { GITHUB_SERVER_URL: server, GITHUB_REPOSITORY: repository, NPM_CONFIG_PROVENANCE: provenance } = process.env

if (provenance === 'true' && (server === undefined || repository === undefined)) {
  process.stderr.write('Provenance needs the address of the repository: set GITHUB_SERVER_URL and GITHUB_REPOSITORY, as GitHub does.\n')
  process.exit(2)
}

const manifests = Object.keys(workspaceGraph).map((name) => {
  const directory = `${name === 'study' ? 'apps' : 'packages'}/${name}`
  const file = path.join(root, directory, 'package.json')
  return { file, directory, text: readFileSync(file, 'utf8') }
})

function run(program, args) {
  const { status } = spawnSync(program, args, { cwd: root, stdio: 'inherit' })
  return status ?? 1
}

const built = run('npx', ['turbo', 'run', 'build', '--concurrency=2'])
if (built !== 0) process.exit(built)
try {
  if (server !== undefined && repository !== undefined) {
    for (const { file, directory, text } of manifests) {
      const manifest = { ...JSON.parse(text), repository: { type: 'git', url: `git+${server}/${repository}.git`, directory } }
      writeFileSync(file, `${JSON.stringify(manifest, null, 2)}\n`)
    }
  }
  process.exitCode = run('npx', ['changeset', 'publish'])
} finally {
  for (const { file, text } of manifests) writeFileSync(file, text)
}
