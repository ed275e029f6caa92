import * as z from 'zod'
import { isoDateSchema } from '../iso-date.ts'

/** What one person found out about one technology, or about one organisation's use of it, in one search. */
export interface WebsiteSearchRecord {
  /** Name of the technology that was looked up, as it was given. */
  readonly technology: string
  /** Organisation on whose site it was looked for; absent where the search was for what the technology is. */
  readonly organisation?: string
  /** Where was looked: an address, or the name of a search engine. */
  readonly lookedAt: string
  /** What was typed. */
  readonly query: string
  /** Day of the search, `YYYY-MM-DD`. */
  readonly date: string
  /** What was found, in words or quoted; absent where nothing was. */
  readonly found?: string
  /** Address of what was found. */
  readonly foundAt?: string
  /** Class that the person gave, such as `language`; `null` where the person could not say. */
  readonly classification: string | null
  /** Who searched; initials or another name by which two people can be told apart. */
  readonly searchedBy: string
}

/**
 * Checks a {@link WebsiteSearchRecord}. Several people may classify one technology differently: each keeps a record, and agreement
 * between them is for `@open-digital-capability/stats` to measure.
 */
export const websiteSearchRecordSchema: z.ZodType<WebsiteSearchRecord, WebsiteSearchRecord> = z.strictObject({
  technology: z.string().trim().min(1),
  organisation: z.string().trim().min(1).exactOptional(),
  lookedAt: z.string().trim().min(1),
  query: z.string().min(1),
  date: isoDateSchema,
  found: z.string().min(1).exactOptional(),
  foundAt: z.url().exactOptional(),
  classification: z.string().trim().min(1).nullable(),
  searchedBy: z.string().trim().min(1),
})
