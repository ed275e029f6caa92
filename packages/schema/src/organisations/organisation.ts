import * as z from 'zod'
import { isoDateSchema } from '../iso-date.ts'
import { type FundingRole, fundingRoleSchema } from './funding-group.ts'
import { type OdsCode, odsCodeFormats, odsCodeSchema } from './ods-code.ts'

/** Kind of trust, after the trust types of the Estates Returns Information Collection (ERIC) with the sizes of acute trusts left out. */
export type TrustType = 'acute' | 'acute-specialist' | 'mental-health' | 'community' | 'ambulance' | 'care-trust'

/** Every {@link TrustType}. */
export const trustTypes = [
  'acute',
  'acute-specialist',
  'mental-health',
  'community',
  'ambulance',
  'care-trust',
] as const satisfies readonly TrustType[]

/** An organisation of a register. Days are `YYYY-MM-DD`. */
export interface Organisation {
  /** ODS code. */
  readonly odsCode: OdsCode
  /** Name, as the register writes it. */
  readonly name: string
  /** Kind of trust; absent where the register does not say. */
  readonly trustType?: TrustType
  /** Name of the region. */
  readonly region?: string
  /** ODS code of the region, such as `Y62`. */
  readonly regionCode?: OdsCode
  /** First day on which it was open. */
  readonly opened: string
  /** Last day on which it was open; absent while it is open. */
  readonly closed?: string
  /** Organisations that took it over, where it merged or was divided; empty where there is none or none is known. */
  readonly successors: readonly OdsCode[]
  /** Part in the Global Digital Exemplar programme, where the register says it. */
  readonly fundingRole?: FundingRole
}

/** An {@link Organisation} whose code has the form of an NHS trust's or a care trust's. */
export type Trust = Organisation

/** Checks an {@link Organisation}; the last day is not before the first, and nothing succeeds itself. */
export const organisationSchema: z.ZodType<Organisation> = z
  .strictObject({
    odsCode: odsCodeSchema,
    name: z.string().trim().min(1),
    trustType: z.enum(trustTypes).exactOptional(),
    region: z.string().min(1).exactOptional(),
    regionCode: odsCodeSchema.exactOptional(),
    opened: isoDateSchema,
    closed: isoDateSchema.exactOptional(),
    successors: z.array(odsCodeSchema),
    fundingRole: fundingRoleSchema.exactOptional(),
  })
  .refine(({ opened, closed }) => closed === undefined || closed >= opened, { path: ['closed'], message: 'closed before it opened' })
  .refine(({ odsCode, successors }) => !successors.includes(odsCode), {
    path: ['successors'],
    message: 'an organisation cannot succeed itself',
  })

const trustFormats = odsCodeFormats.filter(({ kind }) => kind === 'nhs-trust' || kind === 'care-trust')

/** Checks a {@link Trust}. */
export const trustSchema: z.ZodType<Trust> = organisationSchema.refine(
  ({ odsCode }) => trustFormats.some(({ pattern }) => pattern.test(odsCode)),
  {
    path: ['odsCode'],
    message: 'the code has not the form of a trust’s',
  },
)
