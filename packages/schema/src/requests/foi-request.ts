import * as z from 'zod'
import { isoDateSchema } from '../iso-date.ts'
import { type FoiaSectionNumber, foiaSectionSchema } from '../responses/foia-sections.ts'
import { textValueSchema } from '../responses/text-value.ts'

/**
 * What happened to a request under the Freedom of Information Act.
 *
 * - `sent`: it reached the authority
 * - `acknowledged`: the authority said that it had it
 * - `clarification-asked`, `clarification-given`: the time for an answer runs anew from the clarification (section 1(3) and 10(6))
 * - `extended`: the authority takes longer to weigh the public interest (section 10(3))
 * - `answered`, `answered-in-part`, `refused`: it answered
 * - `withdrawn`: the request was taken back
 * - `review-asked`, `review-answered`: an internal review of the answer, or of there being none
 */
export type FoiEventKind =
  | 'sent'
  | 'acknowledged'
  | 'clarification-asked'
  | 'clarification-given'
  | 'extended'
  | 'answered'
  | 'answered-in-part'
  | 'refused'
  | 'withdrawn'
  | 'review-asked'
  | 'review-answered'

/** One thing that happened to a request. */
export interface FoiEvent {
  /** What happened. */
  readonly kind: FoiEventKind
  /** Day on which it happened, `YYYY-MM-DD`. */
  readonly date: string
  /** Day until which the authority extended its time; only with `extended`. */
  readonly until?: string
  /** Sections relied on; only with `answered-in-part`, `refused` and `review-answered`. */
  readonly sections?: readonly FoiaSectionNumber[]
  /** Remark. */
  readonly note?: string
}

/** A request to one organisation, with what happened to it in order. */
export interface FoiRequest {
  /** Identifier of the request. */
  readonly id: string
  /** Identifier of the organisation, as in the records of the round. */
  readonly organisation: string
  /** What happened, in order of date; the first is `sent`. */
  readonly events: readonly FoiEvent[]
}

/** Every {@link FoiEventKind}. */
export const foiEventKinds = [
  'sent',
  'acknowledged',
  'clarification-asked',
  'clarification-given',
  'extended',
  'answered',
  'answered-in-part',
  'refused',
  'withdrawn',
  'review-asked',
  'review-answered',
] as const satisfies readonly FoiEventKind[]

/** Which events may come next, by the state that an event leaves the request in. */
const followedBy: Readonly<Record<FoiEventKind, readonly FoiEventKind[]>> = {
  sent: ['acknowledged', 'clarification-asked', 'extended', 'answered', 'answered-in-part', 'refused', 'withdrawn', 'review-asked'],
  acknowledged: ['clarification-asked', 'extended', 'answered', 'answered-in-part', 'refused', 'withdrawn', 'review-asked'],
  'clarification-asked': ['clarification-given', 'answered', 'answered-in-part', 'refused', 'withdrawn'],
  'clarification-given': [
    'acknowledged',
    'clarification-asked',
    'extended',
    'answered',
    'answered-in-part',
    'refused',
    'withdrawn',
    'review-asked',
  ],
  extended: ['extended', 'clarification-asked', 'answered', 'answered-in-part', 'refused', 'withdrawn', 'review-asked'],
  answered: ['review-asked'],
  'answered-in-part': ['answered', 'review-asked'],
  refused: ['review-asked'],
  withdrawn: [],
  'review-asked': ['review-answered', 'answered', 'answered-in-part', 'refused', 'withdrawn'],
  'review-answered': ['answered', 'answered-in-part', 'refused'],
}

/** Checks a {@link FoiEvent}. */
export const foiEventSchema: z.ZodType<FoiEvent, FoiEvent> = z
  .strictObject({
    kind: z.enum(foiEventKinds),
    date: isoDateSchema,
    until: isoDateSchema.exactOptional(),
    sections: z.array(foiaSectionSchema).min(1).exactOptional(),
    note: textValueSchema.exactOptional(),
  })
  .refine(({ kind, until, date }) => until === undefined || (kind === 'extended' && until >= date), {
    path: ['until'],
    message: 'a day until which goes only with "extended", and is not before it',
  })
  .refine(({ kind, sections }) => sections === undefined || ['answered-in-part', 'refused', 'review-answered'].includes(kind), {
    path: ['sections'],
    message: 'sections go only with a refusal, in part or in full',
  })

/** Checks a {@link FoiRequest}: it starts with `sent`, days do not go back, and each event can follow the one before. */
export const foiRequestSchema: z.ZodType<FoiRequest, FoiRequest> = z
  .strictObject({ id: textValueSchema, organisation: textValueSchema, events: z.array(foiEventSchema).min(1) })
  .superRefine(({ events }, context) => {
    for (const [index, event] of events.entries()) {
      const before = events[index - 1]
      const complain = (message: string): void => context.addIssue({ code: 'custom', path: ['events', index], message })
      if (before === undefined) {
        if (event.kind !== 'sent') complain('the first event is "sent"')
      } else {
        if (event.date < before.date) complain(`${event.date} is before ${before.date}, the day of the event before`)
        if (!followedBy[before.kind].includes(event.kind)) complain(`"${event.kind}" cannot follow "${before.kind}"`)
      }
    }
  })
