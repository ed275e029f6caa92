import { describe, expect, test } from 'vitest'
import { evaluate, evaluateEach, leagueTable, profile, studyModel, subjectsFromRecords } from '../src/index.ts'
import { source } from './models.ts'
import { derive, syntheticRound } from './synthetic-round.ts'

const trusts = [...subjectsFromRecords(studyModel, syntheticRound(2), { source, derive })]
const lineOf = (index: number, share: string, options = {}) =>
  profile(studyModel, trusts[index]!, trusts, { source, ...options }).lines.find((line) => line.share === share)!

describe('a profile', () => {
  test('shows the own answer, the cohort with its interval and the peers without the trust', () => {
    const one = profile(studyModel, trusts[0]!, trusts, { source })
    expect(one).toMatchObject({ subject: 'S000', peersBy: { trustType: 'acute', region: 'North' }, fewestPeers: 10 })
    // Every sixth trust is acute and in the North: 38 of 226, this one among them.
    expect(one.peers).toBe(37)
    expect(lineOf(0, 'hasTeamShare')).toMatchObject({
      counted: 'yes',
      own: { value: 'yes' },
      cohort: { count: 161, base: 191 },
      peers: { kind: 'share' },
    })
  })
  test('tells no answer from not asked', () => {
    expect(lineOf(170, 'openSourceAlwaysShare').counted).toBe('not-asked')
    expect(lineOf(210, 'openSourceAlwaysShare').counted).toBe('unknown')
  })
  test('hides peers that are too few, and says so', () => {
    expect(lineOf(0, 'hasTeamShare', { thresholds: { peers: 1000 } }).peers).toMatchObject({
      kind: 'missing',
      note: 'fewer than 1000 peers were asked',
    })
    expect(profile(studyModel, trusts[0]!, trusts, { source, peersBy: ['unheardOf'] })).toMatchObject({ peersBy: null, peers: 0 })
  })
  test('names no other trust', () => {
    expect(JSON.stringify(profile(studyModel, trusts[0]!, trusts, { source }))).not.toMatch(/S(?!000)\d{3}/)
  })
})

describe('a league table', () => {
  const evaluations = [...evaluateEach(studyModel, trusts.slice(0, 30), { asOf: '2026-02-01' })]
  test('is refused on old answers, and on answers of unknown age', () => {
    const refusal = expect.objectContaining({ code: 'league-table-refused' }) as Error
    expect(() => leagueTable(studyModel, [evaluate(studyModel, trusts[0]!, { asOf: '2029-01-01' })])).toThrow(refusal)
    expect(() => leagueTable(studyModel, [evaluate(studyModel, trusts[0]!)])).toThrow(refusal)
    expect(leagueTable(studyModel, [evaluate(studyModel, trusts[0]!)], { oldAnswers: 'rank-all-the-same' })).toHaveLength(1)
  })
  test('on recent answers ranks by the part that is met, equals sharing a place', () => {
    const table = leagueTable(studyModel, evaluations)
    for (const [index, row] of table.entries()) {
      const before = table[index - 1]
      if (!before) expect(row.place).toBe(1)
      else {
        const [first, second] = [before.met / before.decided, row.met / row.decided]
        expect(first).toBeGreaterThanOrEqual(second)
        expect(row.place).toBe(first === second ? before.place : index + 1)
      }
    }
  })
})
