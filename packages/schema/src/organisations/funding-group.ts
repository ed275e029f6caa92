import * as z from 'zod'

/**
 * Part that an organisation had in the Global Digital Exemplar programme, as far as a source says.
 *
 * - `exemplar`: announced as an exemplar
 * - `fast-follower`: announced as a fast follower of one
 * - `member`: in the programme by a source that does not say as what
 * - `proposed`: on a list of proposed followers, never confirmed
 * - `disputed`: on a list, and said by another source not to be in the programme
 * - `dropped`: announced and taken out
 * - `none`: no source found that names it
 */
export type FundingRole = 'exemplar' | 'fast-follower' | 'member' | 'proposed' | 'disputed' | 'dropped' | 'none'

/** Every {@link FundingRole}. */
export const fundingRoles = [
  'exemplar',
  'fast-follower',
  'member',
  'proposed',
  'disputed',
  'dropped',
  'none',
] as const satisfies readonly FundingRole[]

/** Checks a {@link FundingRole}. */
export const fundingRoleSchema: z.ZodType<FundingRole, FundingRole> = z.enum(fundingRoles)

/** Which organisations count as funded, when they are compared with the others. */
export interface FundingGroupDefinition {
  /** Name in data. */
  readonly id: string
  /** Name for people. */
  readonly label: string
  /** Who is in it, who is not, and what is not known. */
  readonly about: string
  /** The roles that count as funded. */
  readonly roles: readonly FundingRole[]
}

/**
 * Three definitions of the funded group. They are different studies: a comparison names the one that it uses, and nothing here is a
 * default. A definition of one's own is an object of the same form.
 */
export const fundingGroups: Readonly<Record<FundingGroupId, FundingGroupDefinition>> = {
  'core-26': {
    id: 'core-26',
    label: 'The 26 exemplars',
    about: '16 acute, 7 mental health and 3 ambulance trusts that were announced as Global Digital Exemplars; followers count as others.',
    roles: ['exemplar'],
  },
  programme: {
    id: 'programme',
    label: 'The programme',
    about:
      'Exemplars, announced fast followers and members of no stated role. The programme had 51 providers; lists of its followers are not complete, so this counts only those that a source names.',
    roles: ['exemplar', 'fast-follower', 'member'],
  },
  listed: {
    id: 'listed',
    label: 'Everyone listed',
    about: 'Everyone whom a source lists at all, also followers that were proposed only, disputed, or dropped.',
    roles: ['exemplar', 'fast-follower', 'member', 'proposed', 'disputed', 'dropped'],
  },
}

/** Name of a definition in {@link fundingGroups}. */
export type FundingGroupId = 'core-26' | 'programme' | 'listed'

/**
 * The group of an organisation under a definition.
 *
 * @param role - its part in the programme
 * @param definition - which roles count as funded
 *
 * @example
 * ```ts @import.meta.vitest
 * expect(fundingGroupOf('fast-follower', fundingGroups['core-26'])).toBe('other')
 * expect(fundingGroupOf('fast-follower', fundingGroups.programme)).toBe('funded')
 * ```
 */
export function fundingGroupOf(role: FundingRole, definition: FundingGroupDefinition): 'funded' | 'other' {
  return definition.roles.includes(role) ? 'funded' : 'other'
}

/** The role that words of a register mean, such as `GDE` or `FF announced`; `undefined` where they are not known. */
export function parseFundingRole(text: string): FundingRole | undefined {
  const plain = text.trim().toLowerCase()
  if (plain === '' || plain.startsWith('none')) return 'none'
  if (/disputed/.test(plain)) return 'disputed'
  if (/dropped|lost/.test(plain)) return 'dropped'
  if (/proposed/.test(plain)) return 'proposed'
  if (/^(?:gde|exemplar|global digital exemplar)$/.test(plain)) return 'exemplar'
  if (/^(?:ff|fast[ -]follower)\b/.test(plain)) return 'fast-follower'
  if (/member/.test(plain)) return 'member'
  return undefined
}
