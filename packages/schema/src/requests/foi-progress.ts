import { SchemaError } from '../errors.ts'
import { type ResponseStatus } from '../responses/foi-response.ts'
import { dayNumber } from './day-number.ts'
import { type FoiEvent, type FoiRequest, foiRequestSchema } from './foi-request.ts'
import { addWorkingDays, type WorkingDayOptions, workingDaysBetween } from './working-days.ts'

/** Where a request stands as of a day. */
export interface FoiProgress {
  /** The last thing that happened by that day; `no-reply` where nothing but `sent` did. */
  readonly state: Exclude<FoiEvent['kind'], 'sent'> | 'no-reply'
  /** Status of the organisation's record in the round. */
  readonly status: ResponseStatus
  /** Day from which the time for an answer runs: of the request, or of the last clarification given. */
  readonly runsFrom: string
  /** Day by which an answer is or was due; `null` while a clarification is awaited. */
  readonly dueOn: string | null
  /** Whether the time for an answer runs, is stopped by a question back, or has ended with an answer or a withdrawal. */
  readonly clock: 'running' | 'stopped' | 'ended'
  /** Whether an answer is due and has not come. */
  readonly overdue: boolean
  /** Day of the first answer, in full, in part or in refusal; `null` where there is none. */
  readonly answeredOn: string | null
  /** Whether the first answer came after it was due; `null` where there is none. */
  readonly answeredLate: boolean | null
  /** Working days from `runsFrom` to the answer, or to the day as of which it stands; `null` while the clock is stopped. */
  readonly workingDays: number | null
  /** Day by which the internal review is due: the 20th working day, by the guidance of the Information Commissioner; `null` where none runs. */
  readonly reviewDueOn: string | null
}

/** Working days within which an authority answers. */
const statutoryDays = 20

/** Working days in all where the public interest is weighed and no day is named, by the guidance of the Information Commissioner. */
const extendedDays = 40

const answers = ['answered', 'answered-in-part', 'refused'] as const

/**
 * Where a request under the Freedom of Information Act stands as of a day: the 20th working day after it was received, whether an
 * answer is overdue, and how long it took.
 *
 * The day on which a request was sent is taken for the day on which it was received. A question back stops the clock, and the
 * clarification starts it anew. An extension lasts until the day that the authority names, or else until the 40th working day.
 *
 * @param request - the request and what happened to it
 * @param asOf - the day, `YYYY-MM-DD`; later events are left out
 * @param options - which bank holidays count, see {@link WorkingDayOptions}
 * @throws A {@link SchemaError} with code `invalid-record` (events out of order, or nothing sent by `asOf`), `invalid-date` or
 * `outside-bank-holidays`
 *
 * @see Freedom of Information Act 2000, sections 1(3) and 10
 *
 * @example
 * ```ts @import.meta.vitest
 * const request = { id: '1', organisation: 'R0A', events: [{ kind: 'sent', date: '2020-08-03' }] } as const
 *
 * const { dueOn, overdue } = foiProgress(request, '2020-09-02')
 *
 * // 31 August 2020 was a bank holiday.
 * expect({ dueOn, overdue }).toEqual({ dueOn: '2020-09-01', overdue: true })
 * ```
 */
export function foiProgress(request: FoiRequest, asOf: string, options: WorkingDayOptions = {}): FoiProgress {
  const checked = foiRequestSchema.safeParse(request)
  if (!checked.success) {
    const faults = checked.error.issues.map(({ path, message }) => `${path.join('.')}: ${message}`)
    throw new SchemaError('invalid-record', `the request ${request.id} is not valid: ${faults.join('; ')}`)
  }
  // Throws where it is no day.
  dayNumber(asOf)
  const events = request.events.filter(({ date }) => date <= asOf)
  const sent = events[0]
  const last = events.at(-1)
  if (sent === undefined || last === undefined) throw new SchemaError('invalid-record', `the request ${request.id} was not sent by ${asOf}`)

  const answer = events.find(({ kind }) => isAnswer(kind))
  const beforeAnswer = answer === undefined ? events : events.slice(0, events.indexOf(answer))
  const clarification = beforeAnswer.filter(({ kind }) => kind === 'clarification-asked' || kind === 'clarification-given').at(-1)
  const awaited = clarification?.kind === 'clarification-asked'
  const runsFrom = clarification?.kind === 'clarification-given' ? clarification.date : sent.date
  const withdrawn = last.kind === 'withdrawn'
  const clock = answer !== undefined || withdrawn ? 'ended' : awaited ? 'stopped' : 'running'

  const extension = beforeAnswer.filter(({ kind, date }) => kind === 'extended' && date >= runsFrom).at(-1)
  const dueOn = awaited
    ? null
    : (extension?.until ?? addWorkingDays(runsFrom, extension === undefined ? statutoryDays : extendedDays, options))
  const review = events.filter(({ kind }) => kind === 'review-asked' || kind === 'review-answered').at(-1)

  return {
    state: last.kind === 'sent' ? 'no-reply' : last.kind,
    status: statusOf(events),
    runsFrom,
    dueOn,
    clock,
    overdue: clock === 'running' && dueOn !== null && asOf > dueOn,
    answeredOn: answer?.date ?? null,
    answeredLate: answer === undefined ? null : dueOn !== null && answer.date > dueOn,
    workingDays: awaited ? null : workingDaysBetween(runsFrom, answer?.date ?? asOf, options),
    reviewDueOn: review?.kind === 'review-asked' ? addWorkingDays(review.date, statutoryDays, options) : null,
  }
}

function isAnswer(kind: FoiEvent['kind']): boolean {
  return (answers as readonly string[]).includes(kind)
}

/** The last answer counts: one that is complete after a review replaces a refusal. */
function statusOf(events: readonly FoiEvent[]): ResponseStatus {
  const kind = events.filter((event) => isAnswer(event.kind)).at(-1)?.kind
  return kind === 'answered' || kind === 'answered-in-part' || kind === 'refused' ? kind : 'no-reply'
}
