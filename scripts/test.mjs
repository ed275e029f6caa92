/** `npm test`: every workspace's tests and the repository's own, through turborepo's cache; ends with `N passed, M failed`. */
import { spawnSync } from 'node:child_process'
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { prepare, root } from './prepare.mjs'

prepare()
const { status } = spawnSync(
  path.join(root, 'node_modules', '.bin', 'turbo'),
  [
    'run',
    'test',
    'test:repository',
    '--concurrency=2',
    '--continue',
    '--output-logs=new-only',
    '--log-order=grouped',
    ...process.argv.slice(2),
  ],
  { cwd: root, stdio: 'inherit', env: { ...process.env, TURBO_TELEMETRY_DISABLED: '1' } },
)

const workspaces = [
  '.',
  ...['packages', 'apps'].flatMap((group) => readdirSync(path.join(root, group)).map((name) => path.join(group, name))),
]
const total = { passed: 0, failed: 0, skipped: 0 }
const failures = []
// What vitest reports of a test that ran out of time is the place of the test, without the reason.
const readable = (message) => message.replace('Error: STACK_TRACE_ERROR', 'Error: the test did not end in time')
let missing = 0
for (const workspace of workspaces) {
  const file = path.join(root, workspace, '.test-results', 'vitest.json')
  if (!existsSync(file)) {
    process.stdout.write(`${workspace}: no test results\n`)
    missing += 1
    continue
  }
  const report = JSON.parse(readFileSync(file, 'utf8'))
  // A file that cannot be loaded holds no test that could fail.
  const broken = report.testResults.filter(({ status, assertionResults }) => status === 'failed' && assertionResults.length === 0)
  const brokenFiles = broken.length
  for (const { name, message } of broken) failures.push(`${path.relative(root, name)}\n  ${message}`)
  for (const { name, assertionResults } of report.testResults)
    for (const { status, fullName, failureMessages } of assertionResults)
      if (status === 'failed') failures.push(`${path.relative(root, name)} > ${fullName}\n  ${failureMessages.map(readable).join('\n  ')}`)
  const skipped = report.numPendingTests + report.numTodoTests
  process.stdout.write(`${workspace}: ${report.numPassedTests} passed, ${report.numFailedTests + brokenFiles} failed, ${skipped} skipped\n`)
  total.passed += report.numPassedTests
  total.failed += report.numFailedTests + brokenFiles
  total.skipped += skipped
}
// Once more at the end: the log above is thousands of lines long.
for (const failure of failures) process.stdout.write(`\nfailed: ${failure}\n`)
const failed = total.failed + missing || (status === 0 ? 0 : 1)
process.stdout.write(`${total.passed} passed, ${failed} failed, ${total.skipped} skipped\n`)
process.exit(failed === 0 ? 0 : 1)
