import { existsSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { studyQuestionnaire } from '@open-digital-capability/schema'
import { readResponses } from '@open-digital-capability/schema/read'
import { expect, test } from 'vitest'
import { runCli } from '../src/cli.ts'
import { loadConfig } from '../src/config.ts'
import { readRound } from '../src/input.ts'
import { runStudy } from '../src/pipeline.ts'
import { publishedStudy } from '../src/published-study.ts'
import { printedMargins } from '../src/synthesise/margins.ts'

const examples = path.resolve(import.meta.dirname, '../examples')
const file = path.join(examples, 'synthetic-round.csv')

const result = runStudy(
  await readRound(file, await loadConfig(path.join(examples, 'synthetic.yaml'))),
  await loadConfig(path.join(examples, 'synthetic.yaml')),
)

const countOf = (id: string, level = 'yes'): number | null | undefined =>
  result.answers.find((answer) => answer.id === id && answer.level === level)?.count

test('every printed margin is exact', () => {
  const margins = printedMargins(publishedStudy())
  expect(result.funnel.map(({ count }) => count)).toEqual([margins.approached, margins.responded, margins.hasTeam, margins.disclosed])
  for (const [question, count] of Object.entries(margins.yesNo)) expect(countOf(question)).toBe(count)
  expect(countOf('openSource', 'always')).toBe(margins.openSourceAlways)
  expect(countOf('openSource', 'sometimes')).toBe(margins.openSourceSometimes)
  expect(countOf('interoperabilityStrict')).toBe(margins.interoperability)
})

test('classifying the noisy texts gives back the printed technologies', () => {
  const margins = printedMargins(publishedStudy())
  const distinct = Object.fromEntries(
    result.technologies.categories.filter(({ distinct }) => distinct > 0).map(({ label, distinct }) => [label, distinct]),
  )
  expect(distinct).toEqual(margins.technologies)
  for (const [id, users] of Object.entries(margins.users))
    expect(result.technologies.technologies.find((technology) => technology.id === id)?.count).toBe(users)
  expect(result.technologies.base).toBe(margins.disclosed)
})

test('synthesise makes the same bytes as the committed example', async () => {
  let stdout = ''
  const code = await runCli(['synthesise'], { stdout: (text) => (stdout += text), stderr: () => undefined, columns: 100 })
  expect(code).toBe(0)
  expect(stdout).toBe(readFileSync(file, 'utf8'))
})

test('the round says that it is synthetic, and no organisation has the name or code of a trust', () => {
  const { records } = readResponses(readFileSync(file), studyQuestionnaire)
  for (const { organisation, name } of records) {
    expect(organisation).toMatch(/^SYN\d{3}$/)
    expect(name).toMatch(/^Synthetic organisation \d{3}$/)
  }
  const register = path.resolve(import.meta.dirname, '../../../../shared/data/trusts.csv')
  if (!existsSync(register)) return
  const codes = new Set(
    readFileSync(register, 'utf8')
      .split('\n')
      .map((line) => line.split(',')[0]),
  )
  expect(records.filter(({ organisation }) => codes.has(organisation))).toEqual([])
})
