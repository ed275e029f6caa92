import { SchemaError } from '../errors.ts'
import { isIsoDate } from '../iso-date.ts'
import { type OdsCode } from './ods-code.ts'
import { type Organisation } from './organisation.ts'

/**
 * The organisations that were open on a day: the frame of a survey of that day. The first and the last day count as open.
 *
 * @param organisations - a register
 * @param date - the day, `YYYY-MM-DD`
 * @throws A {@link SchemaError} with code `invalid-date`
 *
 * @example
 * ```ts @import.meta.vitest
 * const { odsCode } = await import('./ods-code.ts')
 * const register = [
 *   { odsCode: odsCode('RA3'), name: 'Weston', opened: '1991-04-01', closed: '2020-03-31', successors: [odsCode('RA7')] },
 *   { odsCode: odsCode('RA7'), name: 'Bristol', opened: '1991-04-01', successors: [] },
 * ]
 *
 * expect(frameOn(register, '2020-03-31')).toHaveLength(2)
 * expect(frameOn(register, '2020-04-01')).toHaveLength(1)
 * ```
 */
export function frameOn<Item extends Organisation>(organisations: readonly Item[], date: string): readonly Item[] {
  if (!isIsoDate(date)) throw new SchemaError('invalid-date', `"${date}" is not a day as YYYY-MM-DD`)
  return organisations.filter((organisation) => isOpenOn(organisation, date))
}

function isOpenOn({ opened, closed }: Organisation, date: string): boolean {
  return opened <= date && (closed === undefined || date <= closed)
}

/**
 * The organisations that stood in an organisation's place on a day: itself while it was open, else those that took it over, and
 * those that took these over, as far as the register knows.
 *
 * @param organisations - a register
 * @param code - ODS code of the organisation
 * @param date - the day, `YYYY-MM-DD`
 * @returns the organisations open on the day; empty where the register does not lead to one
 * @throws A {@link SchemaError} with code `invalid-date`
 *
 * @example
 * ```ts @import.meta.vitest
 * const { odsCode } = await import('./ods-code.ts')
 * const register = [
 *   { odsCode: odsCode('RA3'), name: 'Weston', opened: '1991-04-01', closed: '2020-03-31', successors: [odsCode('RA7')] },
 *   { odsCode: odsCode('RA7'), name: 'Bristol', opened: '1991-04-01', successors: [] },
 * ]
 *
 * expect(successorsOn(register, odsCode('RA3'), '2020-10-01').map(({ name }) => name)).toEqual(['Bristol'])
 * ```
 */
export function successorsOn<Item extends Organisation>(organisations: readonly Item[], code: OdsCode, date: string): readonly Item[] {
  if (!isIsoDate(date)) throw new SchemaError('invalid-date', `"${date}" is not a day as YYYY-MM-DD`)
  const byCode = new Map<string, Item>(organisations.map((organisation) => [organisation.odsCode, organisation]))
  const seen = new Set<string>()
  const found: Item[] = []
  const waiting: OdsCode[] = [code]
  for (let next = waiting.shift(); next !== undefined; next = waiting.shift()) {
    const organisation = byCode.get(next)
    if (organisation === undefined || seen.has(next)) continue
    seen.add(next)
    if (isOpenOn(organisation, date)) found.push(organisation)
    else if (organisation.closed !== undefined && organisation.closed < date) waiting.push(...organisation.successors)
  }
  return found
}
