import { readdirSync, readFileSync } from 'node:fs'
import { validateWorkflow } from '@action-validator/core'
import { expect, test } from 'vitest'
import { parse } from 'yaml'

interface Step {
  readonly uses?: string
  readonly run?: string
}

interface Job {
  readonly permissions?: Readonly<Record<string, string>>
  readonly steps: readonly Step[]
  readonly needs?: string
}

interface Workflow {
  readonly permissions?: Readonly<Record<string, string>>
  readonly jobs: Readonly<Record<string, Job>>
}

const folder = '.github/workflows'
const files = readdirSync(folder)
const text = (file: string): string => readFileSync(`${folder}/${file}`, 'utf8')
const workflow = (file: string): Workflow => parse(text(file)) as Workflow
const steps = (file: string): readonly Step[] => Object.values(workflow(file).jobs).flatMap((job) => job.steps)
const { scripts } = JSON.parse(readFileSync('package.json', 'utf8')) as { scripts: Record<string, string> }

test.each(files)('%s is a workflow', (file) => {
  expect(validateWorkflow(text(file)).errors).toEqual([])
})

test('the validator finds a fault', () => {
  expect(validateWorkflow(text('check.yml').replace('runs-on:', 'run-on:')).errors).not.toEqual([])
})

test.each(files)('%s names every action by commit, with its version beside it', (file) => {
  const uses = text(file).match(/uses: .*/g) ?? []
  expect(uses.filter((line) => !/^uses: [\w-]+\/[\w-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+$/.test(line))).toEqual([])
})

test.each(files)('%s runs npm scripts and nothing else', (file) => {
  for (const { run } of steps(file)) {
    if (run === undefined || run === 'npm ci --ignore-scripts') continue
    const [, script = ''] = /^npm (?:run )?([\w:-]+)$/.exec(run) ?? []
    expect(Object.keys(scripts), run).toContain(script)
  }
})

test.each(files)('%s holds no more permission than it needs', (file) => {
  const { permissions, jobs } = workflow(file)
  expect(Object.values(permissions ?? { all: 'write' })).not.toContain('write')
  const writing = Object.entries(jobs).flatMap(([name, job]) =>
    Object.entries(job.permissions ?? {}).flatMap(([scope, level]) => (level === 'write' ? [`${name}: ${scope}`] : [])),
  )
  const expected: Readonly<Record<string, readonly string[]>> = {
    'release.yml': ['publish: id-token'],
    'docs.yml': ['deploy: pages', 'deploy: id-token'],
  }
  expect(writing).toEqual(expected[file] ?? [])
})

test('nothing is published before all checks passed', () => {
  expect(workflow('release.yml').jobs['publish']?.needs).toBe('verify')
  expect(workflow('release.yml').jobs['verify']?.steps.map(({ run }) => run)).toEqual(expect.arrayContaining(['npm test', 'npm run check']))
})
