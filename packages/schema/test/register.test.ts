import { existsSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { describe, expect, test } from 'vitest'
import { frameOn, fundingGroupOf, fundingGroups, odsCode, readRegister, successorsOn, trustSchema } from '../src/index.ts'

const file = path.resolve(import.meta.dirname, '../../../../shared/data/trusts.csv')
const absent = existsSync(file) ? false : `no ${path.relative(process.cwd(), file)}: the register is not part of the project`
if (absent) console.warn(`skipped: ${absent}`)

/** A row as the Organisation Data Service writes it: 27 columns, no headers, dates without hyphens. */
const odsRow = (code: string, name: string, region: string, opened: string, closed = ''): string =>
  [code, name, region, 'QHM', 'A STREET', '', '', 'TOWN', '', 'AB1 2CD', opened, closed, ...Array<string>(15).fill('')]
    .map((cell) => `"${cell}"`)
    .join(',')

describe.skipIf(absent)('reference values', () => {
  const register = absent ? undefined : readRegister(readFileSync(file))
  const organisations = register?.organisations ?? []

  test('every row becomes a trust, and nothing is wrong', () => {
    expect(register?.issues).toEqual([])
    expect(register?.summary).toEqual({ rows: 227, organisations: 227, rejected: 0, layout: 'headed', complete: true })
    expect(organisations.filter((organisation) => !trustSchema.safeParse(organisation).success)).toEqual([])
  })

  test.each([
    ['2019-04-01', 226],
    ['2019-09-30', 226],
    ['2020-07-01', 218],
    ['2020-10-01', 217],
    ['2020-12-31', 217],
  ])('on %s %i trusts were open', (date, count) => {
    expect(frameOn(organisations, date)).toHaveLength(count)
  })

  test.each([
    ['core-26', 26],
    ['programme', 35],
    ['listed', 43],
  ] as const)('%s counts %i trusts of the register as funded', (id, count) => {
    const funded = organisations.filter(({ fundingRole }) => fundingGroupOf(fundingRole ?? 'none', fundingGroups[id]) === 'funded')
    expect(funded).toHaveLength(count)
  })

  test('a merged trust leads to the one that stood in its place', () => {
    const inPlaceOf = (code: string): string[] => successorsOn(organisations, odsCode(code), '2020-12-31').map((found) => found.odsCode)
    expect(inPlaceOf('RD3')).toEqual(['R0D'])
    expect(inPlaceOf('R0A')).toEqual(['R0A'])
    expect(inPlaceOf('ZZZ')).toEqual([])
  })
})

describe('a file of the Organisation Data Service', () => {
  const csv = [
    odsRow('R0A', 'MANCHESTER', 'Y62', '20171001'),
    odsRow('RA3', 'WESTON', 'Y58', '19910401', '20200331'),
    odsRow('RQF', 'VELINDRE', 'W00', '19940401'),
  ].join('\r\n')

  test('is known by its 27 columns and read without headers', () => {
    const { organisations, issues, summary } = readRegister(`${csv}\r\n`)
    expect(issues).toEqual([])
    expect(summary).toMatchObject({ layout: 'ods', organisations: 3 })
    expect(organisations[1]).toEqual({
      odsCode: 'RA3',
      name: 'WESTON',
      region: 'South West',
      regionCode: 'Y58',
      opened: '1991-04-01',
      closed: '2020-03-31',
      successors: [],
    })
    expect(organisations.filter(({ regionCode }) => regionCode?.startsWith('Y'))).toHaveLength(2)
  })
})

describe('issues', () => {
  const codes = (csv: string): string[] => readRegister(csv).issues.map(({ code, cell }) => `${code} ${cell ?? '-'}`)

  test('names the cell of each fault', () => {
    const csv = [
      'ods code,name,opened,closed',
      'RAA,One,2019-01-01,2018-01-01',
      'no code!,Two,2019-01-01,',
      'RAB,Three,31/02/2019,',
      'RAC,Four,01/02/2019,',
      'RAD,Five,2019-01-01,',
      'RAD,Five again,2019-01-01,',
      'RAE,,,',
    ].join('\n')
    expect(codes(csv)).toEqual([
      'invalid-record A2',
      'invalid-organisation A3',
      'impossible-date C4',
      'ambiguous-date C5',
      'duplicate-organisation A7',
      'invalid-record B8',
      'invalid-record C8',
    ])
  })

  test('an empty file and one without the columns are said to be so', () => {
    expect(codes('')).toEqual(['empty-file -'])
    expect(codes('a,b\n1,2\n')).toEqual(['missing-column -'])
  })
})
