import * as z from 'zod'
import { SchemaError } from '../errors.ts'

/** A code of the NHS Organisation Data Service, in capitals, such as `R0A`. Made by {@link odsCodeSchema} or {@link odsCode}. */
export type OdsCode = string & z.$brand<'OdsCode'>

/** Kind of organisation whose ODS codes have a form of their own. */
export type OdsCodeKind = 'nhs-trust' | 'care-trust' | 'trust-site' | 'integrated-care-board' | 'region' | 'gp-practice'

/** One form of ODS codes. */
export interface OdsCodeFormat {
  /** What has codes of this form. */
  readonly kind: OdsCodeKind
  /** What the form looks like, in words. */
  readonly form: string
  /** The form as a regular expression on capitals. */
  readonly pattern: RegExp
  /** Codes of this form. */
  readonly examples: readonly string[]
}

/**
 * The forms that ODS codes take, by kind of organisation. A form is necessary, not sufficient: whether a code was ever given out is
 * a question for a register.
 *
 * @remarks
 * Codes given out since 2020 to organisations of any kind are a letter, a digit, a letter, a digit and a letter (`G6V2S` is an NHS
 * trust), so they appear under each kind.
 */
export const odsCodeFormats: readonly OdsCodeFormat[] = [
  {
    kind: 'nhs-trust',
    form: 'R and two characters, or the form of 2020',
    pattern: /^(?:R[0-9A-Z]{2}|[A-Z]\d[A-Z]\d[A-Z])$/,
    examples: ['R0A', 'RX4', 'G6V2S'],
  },
  {
    kind: 'care-trust',
    form: 'T and two characters, or the form of 2020',
    pattern: /^(?:T[0-9A-Z]{2}|[A-Z]\d[A-Z]\d[A-Z])$/,
    examples: ['TAD'],
  },
  { kind: 'trust-site', form: 'the code of its trust and two characters', pattern: /^[RT][0-9A-Z]{4}$/, examples: ['R0A02'] },
  { kind: 'integrated-care-board', form: 'Q and two characters', pattern: /^Q[0-9A-Z]{2}$/, examples: ['QOP'] },
  { kind: 'region', form: 'Y and two digits', pattern: /^Y\d{2}$/, examples: ['Y62'] },
  { kind: 'gp-practice', form: 'a letter and five digits', pattern: /^[A-Z]\d{5}$/, examples: ['A81001'] },
]

/** Checks the general form of an ODS code (3 to 12 capitals and digits) and brands it. It does not trim or capitalise. */
export const odsCodeSchema = z
  .string()
  .regex(/^[0-9A-Z]{3,12}$/, 'an ODS code is 3 to 12 capitals and digits')
  .brand<'OdsCode'>()

/**
 * An ODS code from text as people write it: blanks around it are cut, small letters made capitals.
 *
 * @param text - the code
 * @throws A {@link SchemaError} with code `invalid-ods-code`
 *
 * @example
 * ```ts @import.meta.vitest
 * expect(odsCode(' r0a ')).toBe('R0A')
 * expect(() => odsCode('Manchester University')).toThrow('ODS code')
 * ```
 */
export function odsCode(text: string): OdsCode {
  const result = odsCodeSchema.safeParse(text.trim().toUpperCase())
  if (!result.success) throw new SchemaError('invalid-ods-code', `"${text}" is not an ODS code: 3 to 12 capitals and digits`)
  return result.data
}

/**
 * The kinds of organisation whose form a code has; none for a code of another kind.
 *
 * @param code - an ODS code
 *
 * @example
 * ```ts @import.meta.vitest
 * expect(odsCodeKinds(odsCode('RA7'))).toEqual(['nhs-trust'])
 * expect(odsCodeKinds(odsCode('RA701'))).toEqual(['trust-site'])
 * ```
 */
export function odsCodeKinds(code: OdsCode): readonly OdsCodeKind[] {
  return odsCodeFormats.filter(({ pattern }) => pattern.test(code)).map(({ kind }) => kind)
}
