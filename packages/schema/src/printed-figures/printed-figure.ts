import * as z from 'zod'
import { identifierSchema } from '../questionnaire/question.ts'

/** One version of a publication in which figures are printed. */
export interface PublicationVersion {
  /** Short name, such as `V2`. */
  readonly id: string
  /** What it is, such as `published abstract, 12 Aug 2025`. */
  readonly title: string
  /** Where it is. */
  readonly sourceUrl: string
  /** Remark on the source, such as where it was seen. */
  readonly sourceNote?: string
}

/** A test statistic as printed. The texts are kept as they stand, so that `.14`, `<.001` and `0.130` stay apart. */
export interface PrintedStatistic {
  /** Name of the statistic, such as `chi-squared`, `G`, `z`, `odds ratio`. */
  readonly name: string
  /** Its value as printed; absent where only P was printed. */
  readonly value?: string
  /** Degrees of freedom as printed. */
  readonly degreesOfFreedom?: string
  /** P as printed, such as `.14`, `<.001` or `0.13`. */
  readonly pValue?: string
}

/** What one version prints of a figure. */
export interface Printing {
  /** Version of the publication, an id of {@link PublicationVersion}. */
  readonly version: string
  /** Percentage as printed, without the sign: `84.5`, `84`, `<1`. */
  readonly percentage?: string
  /** Id of the figure that is the base in this version, where that is another than the figure's `baseId`. */
  readonly baseId?: string
  /** Whether the base in this version stands in its text or follows from it only; as for the figure where absent. */
  readonly baseIs?: 'printed' | 'implied'
  /** Id of the figure that the text prints as the base, where it names one; it may be the wrong one. */
  readonly printedBaseId?: string
  /** Test statistic as printed. */
  readonly statistic?: PrintedStatistic
  /** The sentence or cell in which it stands, quoted. */
  readonly quote?: string
  /** Where in the version it stands, such as `Results, sentence 2` or `Table 3, row 4`. */
  readonly location?: string
}

/** A figure of a publication, with what each version prints of it. */
export interface PrintedFigure {
  /** Name in data: a small letter, then letters and digits, such as `clinicalStaff`. */
  readonly id: string
  /** What it counts. */
  readonly label: string
  /** The count; absent where only a percentage is printed, `value` where it is not a count. */
  readonly count?: number
  /** The value of a figure that is not a count, such as a range of dates or a list of words. */
  readonly value?: string | readonly string[]
  /** The number that the count is a part of; absent where none is printed and none is implied. */
  readonly base?: number
  /** Id of the figure that is the base. */
  readonly baseId?: string
  /** Whether the base stands in the text, or follows from it only. */
  readonly baseIs?: 'printed' | 'implied'
  /** Parts that the count is the sum of, by name. */
  readonly parts?: Readonly<Record<string, number>>
  /** What each version prints, in the order of the versions. */
  readonly printings: readonly Printing[]
  /** Question of a questionnaire that the figure answers. */
  readonly questionId?: string
  /** Value of that question which the figure counts. */
  readonly answerValue?: string
  /** Remark by whoever took the figure down. */
  readonly note?: string
}

/** Checks a {@link PublicationVersion}. */
export const publicationVersionSchema: z.ZodType<PublicationVersion, PublicationVersion> = z.strictObject({
  id: z.string().trim().min(1),
  title: z.string().trim().min(1),
  sourceUrl: z.url(),
  sourceNote: z.string().min(1).exactOptional(),
})

const count = z.int().min(0)

/** A percentage as printed: digits with or without a decimal point, perhaps after `<`, `>`, `≤`, `≥`, `~` or `≈`, or a range such as `10–12`. */
export const printedPercentageSchema: z.ZodType<string, string> = z
  .string()
  .regex(/^(?:[<>≤≥~≈]?\s?)?(?:\d*[.·]\d+|\d+)(?:\s?(?:[-–]|to)\s?(?:\d*[.·]\d+|\d+))?$/, 'a percentage as printed, without the sign')

/** P as printed, such as `.14`, `<.001`, `= .05`, `0.13`, `< 2.2e-16`, `1.2 × 10−5`, `NS`. */
export const printedPValueSchema: z.ZodType<string, string> = z
  .string()
  .regex(/^(?:[<>≤≥=]?\s?(?:[01]?[.·]\d+|[01]|\d(?:[.·]\d+)?(?:[eE]|\s?[×x]\s?10\^?)[-−–]\d+)|NS|ns|n\.s\.)$/, 'a P value as printed')

/** Checks a {@link PrintedStatistic}. */
export const printedStatisticSchema: z.ZodType<PrintedStatistic, PrintedStatistic> = z.strictObject({
  name: z.string().trim().min(1),
  value: z.string().min(1).exactOptional(),
  degreesOfFreedom: z.string().min(1).exactOptional(),
  pValue: printedPValueSchema.exactOptional(),
})

const printingSchema: z.ZodType<Printing, Printing> = z.strictObject({
  version: z.string().min(1),
  percentage: printedPercentageSchema.exactOptional(),
  baseId: identifierSchema.exactOptional(),
  baseIs: z.enum(['printed', 'implied']).exactOptional(),
  printedBaseId: identifierSchema.exactOptional(),
  statistic: printedStatisticSchema.exactOptional(),
  quote: z.string().min(1).exactOptional(),
  location: z.string().min(1).exactOptional(),
})

/** Checks a {@link PrintedFigure}; parts sum to the count, the count is within the base. */
export const printedFigureSchema: z.ZodType<PrintedFigure, PrintedFigure> = z
  .strictObject({
    id: identifierSchema,
    label: z.string().trim().min(1),
    count: count.exactOptional(),
    value: z.union([z.string().min(1), z.array(z.string().min(1))]).exactOptional(),
    base: count.exactOptional(),
    baseId: identifierSchema.exactOptional(),
    baseIs: z.enum(['printed', 'implied']).exactOptional(),
    parts: z.record(z.string(), count).exactOptional(),
    printings: z.array(printingSchema),
    questionId: identifierSchema.exactOptional(),
    answerValue: z.string().min(1).exactOptional(),
    note: z.string().min(1).exactOptional(),
  })
  .superRefine((figure, context) => {
    const { count: total, base, parts, printings } = figure
    if (total !== undefined && base !== undefined && total > base) {
      context.addIssue({ code: 'custom', path: ['count'], message: `the count ${total} is above its base ${base}` })
    }
    const sum = Object.values(parts ?? {}).reduce((all, part) => all + part, 0)
    if (parts !== undefined && sum !== total) {
      context.addIssue({
        code: 'custom',
        path: ['parts'],
        message: `the parts sum to ${sum}, not to the count ${total ?? 'that is absent'}`,
      })
    }
    if (new Set(printings.map(({ version }) => version)).size !== printings.length) {
      context.addIssue({ code: 'custom', path: ['printings'], message: 'two printings of one version' })
    }
  })
