import * as z from 'zod'

/** Who said it: the authors of the study, or the writers of the model. */
export type Whose = 'authors' | 'ours'

/** Checks a {@link Whose}. */
export const whoseSchema = z.enum(['authors', 'ours'])

/** Words that the package can print, with whose words they are. */
export interface Sentence {
  /** The words. */
  readonly text: string
  /** Whose words. */
  readonly whose: Whose
  /** Where the authors say it; required of their words, and absent of ours. */
  readonly source?: string
}

/** What a person may write for a {@link Sentence}: bare text is ours. */
export type SentenceInput = string | Sentence

/** Checks a {@link Sentence}; bare text becomes a sentence of ours. */
export const sentenceSchema: z.ZodType<Sentence, SentenceInput> = z.union([
  z
    .string()
    .trim()
    .min(1)
    .transform((text): Sentence => ({ text, whose: 'ours' })),
  z
    .strictObject({ text: z.string().trim().min(1), whose: whoseSchema, source: z.string().trim().min(1).exactOptional() })
    .refine(({ whose, source }) => (whose === 'authors') === (source !== undefined), {
      path: ['source'],
      message: 'the authors’ words need a source, ours have none',
    }),
])

/** Names in data: letters, digits and hyphens after a letter, and nothing that every object has already. */
export const identifierSchema = z
  .string()
  .regex(/^[A-Za-z][A-Za-z0-9]*(?:-[A-Za-z0-9]+)*$/, 'an id is a letter, then letters, digits and single hyphens')
  .refine((id) => !(id in Object.prototype), 'a name that every object has already')
