/** `npm run check`: everything that has to hold before a change lands, besides the tests. Runs all of it even where a part fails. */
import { spawnSync } from 'node:child_process'
import { prepare, root } from './prepare.mjs'

const steps = [
  ['lint', 'npx', ['eslint', '.', '--max-warnings=0']],
  ['format', 'npx', ['prettier', '--check', '.', '--log-level=warn']],
  ['types', 'npm', ['run', '--silent', 'typecheck']],
  ['unused files, exports and dependencies', 'npx', ['knip']],
  ['packages', 'npm', ['run', '--silent', 'check:packages']],
  ['API reports', 'npm', ['run', '--silent', 'api', '--', '--check']],
  ['release rehearsal', 'npm', ['run', '--silent', 'release:rehearse']],
  ['documentation', 'npm', ['run', '--silent', 'docs']],
  ['documentation site', 'npm', ['run', '--silent', 'check:docs']],
]

prepare()
let failed = 0
for (const [name, program, args] of steps) {
  const start = process.hrtime.bigint()
  process.stdout.write(`\n== ${name}\n`)
  const { status } = spawnSync(program, args, { cwd: root, stdio: 'inherit', env: { ...process.env, TURBO_TELEMETRY_DISABLED: '1' } })
  const seconds = Number((process.hrtime.bigint() - start) / 1_000_000n) / 1000
  process.stdout.write(`${status === 0 ? 'ok' : 'FAIL'}: ${name} (${seconds.toFixed(1)} s)\n`)
  if (status !== 0) failed += 1
}
process.stdout.write(`\n${steps.length - failed} passed, ${failed} failed\n`)
process.exitCode = failed === 0 ? 0 : 1
