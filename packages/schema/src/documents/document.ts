import * as z from 'zod'
import { isoDateSchema } from '../iso-date.ts'
import { type Organisation, organisationSchema } from '../organisations/organisation.ts'
import {
  type PrintedFigure,
  printedFigureSchema,
  type PublicationVersion,
  publicationVersionSchema,
} from '../printed-figures/printed-figure.ts'
import { type Questionnaire, questionnaireSchema } from '../questionnaire/questionnaire.ts'
import { type FoiRequest, foiRequestSchema } from '../requests/foi-request.ts'
import { type Round, roundSchema } from '../responses/round.ts'
import { type schemaVersion, schemaVersionSchema } from '../schema-version.ts'
import { type WebsiteSearchRecord, websiteSearchRecordSchema } from '../website-searches/website-search-record.ts'

/** A register of organisations as a document. */
export interface Register {
  /** Tells the kinds of document apart. */
  readonly kind: 'register'
  /** Version of the document, see {@link schemaVersion}. */
  readonly schemaVersion: typeof schemaVersion
  /** Where the register is from, and of which day it is. */
  readonly source: string
  /** The organisations. */
  readonly organisations: readonly Organisation[]
}

/** The requests of a round as a document. */
export interface FoiRequests {
  /** Tells the kinds of document apart. */
  readonly kind: 'foi-requests'
  /** Version of the document, see {@link schemaVersion}. */
  readonly schemaVersion: typeof schemaVersion
  /** The requests. */
  readonly requests: readonly FoiRequest[]
}

/** Website searches as a document. */
export interface WebsiteSearches {
  /** Tells the kinds of document apart. */
  readonly kind: 'website-searches'
  /** Version of the document, see {@link schemaVersion}. */
  readonly schemaVersion: typeof schemaVersion
  /** The searches, one record a person and technology. */
  readonly records: readonly WebsiteSearchRecord[]
}

/** The figures that a publication prints, as a document. */
export interface PrintedFigures {
  /** Tells the kinds of document apart. */
  readonly kind: 'printed-figures'
  /** Version of the document, see {@link schemaVersion}. */
  readonly schemaVersion: typeof schemaVersion
  /** The publication. */
  readonly publication: {
    /** How it is cited. */
    readonly citation?: string
    /** Its DOI, without the address. */
    readonly doi?: string
    /** Day of publication, `YYYY-MM-DD`. */
    readonly published?: string
    /** Its versions, in order. */
    readonly versions: readonly PublicationVersion[]
  }
  /** The figures. */
  readonly figures: readonly PrintedFigure[]
  /** What no version prints, so that nobody looks for it here. */
  readonly notPrinted?: readonly string[]
}

/** Any document of this package. */
export type Document = Questionnaire | Round | Register | FoiRequests | WebsiteSearches | PrintedFigures

/** Kind of a {@link Document}. */
export type DocumentKind = Document['kind']

/** Checks a {@link Register}; no code comes twice. */
export const registerSchema: z.ZodType<Register> = z
  .strictObject({
    kind: z.literal('register'),
    schemaVersion: schemaVersionSchema,
    source: z.string().min(1),
    organisations: z.array(organisationSchema),
  })
  .refine(({ organisations }) => isUnique(organisations.map(({ odsCode }) => odsCode)), {
    path: ['organisations'],
    message: 'an ODS code comes twice',
  })

/** Checks {@link FoiRequests}; no identifier comes twice. */
export const foiRequestsSchema: z.ZodType<FoiRequests, FoiRequests> = z
  .strictObject({ kind: z.literal('foi-requests'), schemaVersion: schemaVersionSchema, requests: z.array(foiRequestSchema) })
  .refine(({ requests }) => isUnique(requests.map(({ id }) => id)), { path: ['requests'], message: 'an identifier comes twice' })

/** Checks {@link WebsiteSearches}. */
export const websiteSearchesSchema: z.ZodType<WebsiteSearches, WebsiteSearches> = z.strictObject({
  kind: z.literal('website-searches'),
  schemaVersion: schemaVersionSchema,
  records: z.array(websiteSearchRecordSchema),
})

/** Checks {@link PrintedFigures}: ids once only, bases and versions that are there, bases with the number that their figure has. */
export const printedFiguresSchema: z.ZodType<PrintedFigures, PrintedFigures> = z
  .strictObject({
    kind: z.literal('printed-figures'),
    schemaVersion: schemaVersionSchema,
    publication: z.strictObject({
      citation: z.string().min(1).exactOptional(),
      doi: z
        .string()
        .regex(/^10\.\d{4,9}\/\S+$/, 'a DOI starts with 10.')
        .exactOptional(),
      published: isoDateSchema.exactOptional(),
      versions: z.array(publicationVersionSchema).min(1),
    }),
    figures: z.array(printedFigureSchema),
    notPrinted: z.array(z.string().min(1)).exactOptional(),
  })
  .superRefine(({ publication, figures }, context) => {
    const byId = new Map(figures.map((figure) => [figure.id, figure]))
    const versions = new Set(publication.versions.map(({ id }) => id))
    if (byId.size !== figures.length) context.addIssue({ code: 'custom', path: ['figures'], message: 'an id comes twice' })
    for (const [index, figure] of figures.entries()) {
      const complain = (message: string): void => context.addIssue({ code: 'custom', path: ['figures', index], message })
      const bases = [figure.baseId, ...figure.printings.flatMap(({ baseId, printedBaseId }) => [baseId, printedBaseId])]
      for (const base of bases) {
        if (base !== undefined && !byId.has(base)) complain(`its base "${base}" is not among the figures`)
      }
      const base = figure.baseId === undefined ? undefined : byId.get(figure.baseId)?.count
      if (base !== undefined && figure.base !== undefined && base !== figure.base)
        complain(`its base is ${figure.base}, and "${figure.baseId}" is ${base}`)
      for (const { version } of figure.printings) {
        if (!versions.has(version)) complain(`its version "${version}" is not among the versions`)
      }
    }
  })

/** The schema of each kind of document. */
export const documentSchemas: Readonly<Record<DocumentKind, z.ZodType<Document>>> = {
  questionnaire: questionnaireSchema,
  round: roundSchema,
  register: registerSchema,
  'foi-requests': foiRequestsSchema,
  'website-searches': websiteSearchesSchema,
  'printed-figures': printedFiguresSchema,
}

function isUnique(ids: readonly string[]): boolean {
  return new Set(ids).size === ids.length
}
