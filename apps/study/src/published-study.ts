import { createHash } from 'node:crypto'
import { type PrintedFigure, printedFigureSchema, type PublicationVersion, publicationVersionSchema } from '@open-digital-capability/schema'
import * as z from 'zod'
import figuresFile from '../published/figures.json' with { type: 'json' }
import knownFile from '../published/known-discrepancies.json' with { type: 'json' }
import { exitCode, UserError } from './exit-code.ts'

const percentageVerdicts = [
  'consistent',
  'cut-off',
  'base-misprinted',
  'other-base',
  'inconsistent',
  'numerator-found',
  'numerator-not-determined',
] as const

/** A printed percentage that does not follow as it should, and why; the reproduction must find exactly these. */
interface KnownDiscrepancy {
  readonly figureId: string
  readonly version: string
  readonly verdict: (typeof percentageVerdicts)[number]
  readonly because: string
}

/** A publication with all of its figures that are available. */
export interface PublishedStudy {
  readonly publication: {
    readonly citation: string
    readonly doi: string
    /** Day of publication, `YYYY-MM-DD`. */
    readonly published: string
    /** Last day on which data were collected, `YYYY-MM-DD`. */
    readonly dataCollected: string
    /** Versions that state things without showing them, such as posts. */
    readonly assertionVersions: readonly string[]
    readonly versions: readonly PublicationVersion[]
  }
  readonly figures: readonly PrintedFigure[]
  /** How many organisations the register held, to check the list of those asked against. */
  readonly register: {
    readonly label: string
    /** First day on which organisations were asked, `YYYY-MM-DD`. */
    readonly askedFrom: string
    readonly counts: readonly { readonly from: string; readonly until: string; readonly count: number }[]
  }
  /** What is not printed in any version, so that nobody looks for it here. */
  readonly notPrinted: readonly string[]
  readonly knownDiscrepancies: readonly KnownDiscrepancy[]
}

const studySchema = z.strictObject({
  publication: z.strictObject({
    citation: z.string(),
    doi: z.string(),
    published: z.iso.date(),
    dataCollected: z.iso.date(),
    assertionVersions: z.array(z.string()),
    versions: z.array(publicationVersionSchema),
  }),
  figures: z.array(printedFigureSchema),
  register: z.strictObject({
    label: z.string(),
    askedFrom: z.iso.date(),
    counts: z.array(z.strictObject({ from: z.iso.date(), until: z.iso.date(), count: z.int().min(0) })),
  }),
  notPrinted: z.array(z.string()),
})

const knownSchema = z.array(
  z.strictObject({ figureId: z.string(), version: z.string(), verdict: z.enum(percentageVerdicts), because: z.string() }),
)

/** The study whose figures ship with the app, checked like any other input. */
export function publishedStudy(): PublishedStudy {
  return { ...studySchema.parse(figuresFile), knownDiscrepancies: knownSchema.parse(knownFile) }
}

/** The figure with an id; the pipeline names those it cannot do without. */
export function figureOf(study: PublishedStudy, id: string): PrintedFigure & { readonly count: number } {
  const figure = study.figures.find((candidate) => candidate.id === id)
  if (figure?.count === undefined) throw new UserError(exitCode.unreadable, `the printed figures hold no count under the id "${id}"`)
  return { ...figure, count: figure.count }
}

/** SHA-256 of the figures as JSON without blanks, so that a reader can tell which figures a report is of. */
export function figuresHash({ figures }: Pick<PublishedStudy, 'figures'>): string {
  return createHash('sha256').update(JSON.stringify(figures)).digest('hex')
}
