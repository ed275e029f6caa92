import * as z from 'zod'

/**
 * Why an organisation gave no usable answer. None of these is ever a "no".
 *
 * - `not-asked`: the skip logic leaves the question out, so the organisation is not in its base
 * - `not-answered`: asked, and nothing came back
 * - `refused`: asked, and the organisation declined without naming an exemption
 * - `not-held`: asked, and the organisation says that it does not hold the information
 * - `exempt`: asked, and the organisation relies on a section of the Freedom of Information Act
 * - `unreadable`: something came back that this package will not guess the meaning of; `text` keeps it
 */
export type MissingReason = 'not-asked' | 'not-answered' | 'refused' | 'not-held' | 'exempt' | 'unreadable'

/** Every {@link MissingReason}, in the order in which tables show them. */
export const missingReasons = [
  'not-asked',
  'not-answered',
  'refused',
  'not-held',
  'exempt',
  'unreadable',
] as const satisfies readonly MissingReason[]

/** Checks a {@link MissingReason}. */
export const missingReasonSchema: z.ZodType<MissingReason, MissingReason> = z.enum(missingReasons)
