import { MessageChannel } from 'node:worker_threads'
import { afterAll, describe, expect, test } from 'vitest'
import { type ExactTableTest, fisherFreemanHaltonTest, testAssociation } from '../src/exact/index.ts'
import { StatsError } from '../src/index.ts'
import { createStatsWorker, serveStatsRequests } from '../src/worker/index.ts'
import reference from './freeman-halton-test.reference.json' with { type: 'json' }

const { port1, port2 } = new MessageChannel()
serveStatsRequests(port2)
const worker = createStatsWorker(port1)
afterAll(() => port1.close())

const tableNamed = (name: string) => (reference.tables.find((entry) => entry.name === name) as { table: number[][] }).table

describe('a worker', () => {
  test('answers what the function returns', async () => {
    const table = tableNamed('job_satisfaction_4x4_n96')
    expect(await worker.fisherFreemanHaltonTest(table)).toEqual(fisherFreemanHaltonTest(table))
    expect(await worker.testAssociation(table)).toEqual(testAssociation(table))
  })

  test('tells several requests apart and reports progress', async () => {
    const seen: number[] = []
    const options = { onProgress: ({ work }: { readonly work: number }) => seen.push(work) }
    const [long, short] = await Promise.all([
      worker.fisherFreemanHaltonTest(tableNamed('6x6_n60'), options),
      worker.exactPearsonTest([
        [3, 1],
        [1, 3],
      ]),
    ])
    expect((long as ExactTableTest).pValue).toBeCloseTo(0.68085788990445, 12)
    expect(short.pValue).toBeCloseTo(34 / 70, 12)
    expect(seen.length).toBeGreaterThan(1)
    expect(seen).toEqual([...seen].sort((a, b) => a - b))
  })

  test('stops when its signal is aborted', async () => {
    const controller = new AbortController()
    const run = worker.fisherFreemanHaltonTest(tableNamed('6x6_n191'), {
      signal: controller.signal,
      onProgress: () => controller.abort(),
    })
    await expect(run).rejects.toMatchObject({ name: 'AbortError' })
  })

  test('hands errors back with their codes', async () => {
    await expect(worker.fisherFreemanHaltonTest([[1, 2, 3]])).rejects.toMatchObject({ name: 'StatsError', code: 'too-small' })
    await expect(worker.fisherFreemanHaltonTest([[1, 2, 3]])).rejects.toBeInstanceOf(StatsError)
  })
})
