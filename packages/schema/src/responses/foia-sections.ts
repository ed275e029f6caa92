import * as z from 'zod'

/** Number of a section on which an answer may be withheld, as text: `'12'`, `'22A'`, `'43'` … */
export type FoiaSectionNumber =
  | '12'
  | '14'
  | '21'
  | '22'
  | '22A'
  | '23'
  | '24'
  | '26'
  | '27'
  | '28'
  | '29'
  | '30'
  | '31'
  | '32'
  | '33'
  | '34'
  | '35'
  | '36'
  | '37'
  | '38'
  | '39'
  | '40'
  | '41'
  | '42'
  | '43'
  | '44'

/** One section of the Freedom of Information Act 2000 on which an authority may withhold or refuse. */
export interface FoiaSection {
  /** Number of the section as it is cited, such as `'43'` or `'22A'`. */
  readonly section: FoiaSectionNumber
  /** Short title. */
  readonly title: string
  /**
   * `limit` (Part I: the request need not be complied with), `absolute` (Part II, no public interest test) or `qualified` (Part II,
   * subject to the public interest test). Sections 36, 40 and 41 are mixed in law; they stand where they usually fall.
   */
  readonly kind: 'limit' | 'absolute' | 'qualified'
}

/**
 * The sections of the Act that an answer may be exempt under.
 *
 * @see Freedom of Information Act 2000, sections 12, 14 and 21 to 44; absolute exemptions are listed in section 2(3)
 */
export const foiaSections: readonly FoiaSection[] = [
  { section: '12', title: 'Cost of compliance exceeds the appropriate limit', kind: 'limit' },
  { section: '14', title: 'Vexatious or repeated request', kind: 'limit' },
  { section: '21', title: 'Reasonably accessible by other means', kind: 'absolute' },
  { section: '22', title: 'Intended for future publication', kind: 'qualified' },
  { section: '22A', title: 'Research', kind: 'qualified' },
  { section: '23', title: 'Bodies dealing with security matters', kind: 'absolute' },
  { section: '24', title: 'National security', kind: 'qualified' },
  { section: '26', title: 'Defence', kind: 'qualified' },
  { section: '27', title: 'International relations', kind: 'qualified' },
  { section: '28', title: 'Relations within the United Kingdom', kind: 'qualified' },
  { section: '29', title: 'The economy', kind: 'qualified' },
  { section: '30', title: 'Investigations and proceedings', kind: 'qualified' },
  { section: '31', title: 'Law enforcement', kind: 'qualified' },
  { section: '32', title: 'Court records', kind: 'absolute' },
  { section: '33', title: 'Audit functions', kind: 'qualified' },
  { section: '34', title: 'Parliamentary privilege', kind: 'absolute' },
  { section: '35', title: 'Formulation of government policy', kind: 'qualified' },
  { section: '36', title: 'Prejudice to the effective conduct of public affairs', kind: 'qualified' },
  { section: '37', title: 'Communications with the Royal Family and honours', kind: 'qualified' },
  { section: '38', title: 'Health and safety', kind: 'qualified' },
  { section: '39', title: 'Environmental information', kind: 'qualified' },
  { section: '40', title: 'Personal information', kind: 'absolute' },
  { section: '41', title: 'Information provided in confidence', kind: 'absolute' },
  { section: '42', title: 'Legal professional privilege', kind: 'qualified' },
  { section: '43', title: 'Trade secrets and prejudice to commercial interests', kind: 'qualified' },
  { section: '44', title: 'Prohibitions on disclosure', kind: 'absolute' },
]

/** Checks a {@link FoiaSectionNumber}. */
export const foiaSectionSchema: z.ZodType<FoiaSectionNumber, FoiaSectionNumber> = z.enum(foiaSections.map(({ section }) => section))
