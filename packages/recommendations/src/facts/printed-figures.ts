import { type PrintedFigure, type PublicationVersion } from '@open-digital-capability/schema'
import { RecommendationsError } from '../errors.ts'
import { dayParts } from '../evidence/months-between.ts'
import { type Model } from '../model/model.ts'
import { type BaseCandidate, type BaseCheck, type BaseChoice, type BlockedFact, type Fact, type Facts, type Subject } from './fact.ts'
import { type IntervalOptions, shareFact } from './share.ts'
import { type Source } from './source.ts'

/** What an audit found out about one printed percentage. */
export interface FigureVerdict {
  /** Id of the figure. */
  readonly figureId: string
  /** Version of the publication that prints it. */
  readonly version: string
  /**
   * Whether the percentage follows from count and base.
   *
   * - `passed`: it does, by the printed base or, where none is printed, by the implied one
   * - `failed`: it does not follow from the base that the text prints
   * - `undetermined`: no count or no base is printed, so there is nothing that it has to follow from
   */
  readonly baseCheck: 'passed' | 'failed' | 'undetermined'
  /** The base that the text prints, where it prints one. */
  readonly printedBase: number | null
  /** The bases that fit, with the counts of each that the percentage allows. */
  readonly candidates: readonly BaseCandidate[]
  /** The finding in words. */
  readonly because: string
}

/** What is known of a publication as a whole. */
export interface PublicationFacts {
  /** Its versions. */
  readonly versions: readonly PublicationVersion[]
  /** Last day on which its answers were collected, `YYYY-MM-DD`, where it is known. */
  readonly collectedUntil?: string
}

/** Options of {@link factsFromPrintedFigures}. */
export interface PrintedFiguresOptions extends IntervalOptions {
  /**
   * Versions in the order in which they are preferred; a figure is taken from the first that prints a percentage of it.
   *
   * @defaultValue the last version of the publication first
   */
  readonly preferredVersions?: readonly string[]
  /**
   * Versions that merely state things, such as posts: their figures are assertions, and are used only where no other version has the figure.
   *
   * @defaultValue none
   */
  readonly assertions?: readonly string[]
  /**
   * What people decided about bases that do not fit or are not printed.
   *
   * @defaultValue none
   */
  readonly baseChoices?: readonly BaseChoice[]
  /**
   * Counts that stand beside the figures, such as the size of the frame in a register, for indicators that no figure gives.
   *
   * @defaultValue none
   */
  readonly other?: Facts
}

/**
 * The facts of a cohort that printed figures support. A figure whose base check failed, or that has no base, is blocked until a person
 * picks the base; the choice is kept in the fact and so in every trace that rests on it.
 *
 * Two facts are derived: `baseCheck` is `failed` where a figure in use is blocked because its base does not fit, and
 * `groupGap` says that no cells of a comparison are printed.
 *
 * @param model - the model whose indicators are filled
 * @param figures - the printed figures
 * @param verdicts - what an audit found out about them
 * @param publication - versions, and when the answers were collected
 * @param options - which versions are preferred, what people decided
 * @returns the cohort as a subject, with the id `cohort`
 * @throws A {@link RecommendationsError} with code `invalid-base-choice` where a choice is not among the candidates or is incomplete
 */
export function factsFromPrintedFigures(
  model: Model,
  figures: readonly PrintedFigure[],
  verdicts: readonly FigureVerdict[],
  publication: PublicationFacts,
  options: PrintedFiguresOptions = {},
): Subject {
  for (const choice of options.baseChoices ?? []) checkChoice(choice, verdicts)
  const facts: Record<string, Fact> = {}
  const failed: string[] = []
  for (const indicator of model.indicators) {
    if (indicator.kind === 'share' && indicator.figure !== undefined) {
      const figure = figures.find(({ id }) => id === indicator.figure)
      if (!figure) continue
      const fact = factOf(figure, verdicts, publication, options)
      facts[indicator.id] = fact
      if (fact.kind === 'blocked' && fact.check === 'failed') failed.push(figure.label)
    }
    if (indicator.kind === 'comparison') {
      facts[indicator.id] = {
        kind: 'comparison',
        cohort: 'not declared in print',
        groups: ['first', 'second'],
        test: 'fisher-exact',
        adjustment: 'holm',
        family: indicator.over.map((id) => ({
          indicator: id,
          counts: null,
          unanswered: [0, 0],
          difference: null,
          interval: null,
          pValue: null,
          adjustedPValue: null,
          because: 'no version prints the counts of the two groups',
        })),
        corroboratedBy: [],
        source: { provenance: 'computed-from-printed', label: 'the printed figures' },
      }
    }
  }
  const check = model.indicators.find(({ id, kind }) => id === 'baseCheck' && kind === 'answer')
  if (check) {
    const label =
      failed.length === 0
        ? 'audit of the printed figures: each base in use fits'
        : `audit of the printed figures: the printed base does not fit for ${failed.map((text) => `“${text}”`).join(', ')}`
    facts[check.id] = {
      kind: 'answer',
      value: failed.length === 0 ? 'passed' : 'failed',
      source: { provenance: 'computed-from-printed', label, ...collected(publication) },
    }
  }
  return { id: 'cohort', kind: 'cohort', facts: { ...facts, ...options.other } }
}

function collected({ collectedUntil }: PublicationFacts): { readonly collectedUntil?: string } {
  return collectedUntil === undefined ? {} : { collectedUntil }
}

function factOf(
  figure: PrintedFigure,
  verdicts: readonly FigureVerdict[],
  publication: PublicationFacts,
  options: PrintedFiguresOptions,
): Fact {
  const assertions = new Set(options.assertions ?? [])
  const preferred = options.preferredVersions ?? publication.versions.map(({ id }) => id).reverse()
  const order = [...preferred.filter((id) => !assertions.has(id)), ...preferred.filter((id) => assertions.has(id))]
  const printing = order
    .map((version) => figure.printings.find((candidate) => candidate.version === version && candidate.percentage !== undefined))
    .find((candidate) => candidate !== undefined)
  if (!printing) return { kind: 'missing', reason: 'not-supplied', note: `no version in use prints a percentage of ${figure.label}` }

  const version = publication.versions.find(({ id }) => id === printing.version)
  const isAssertion = assertions.has(printing.version)
  const source: Source = {
    provenance: isAssertion ? 'stated' : 'printed',
    label: version?.title ?? printing.version,
    ...(version ? { url: version.sourceUrl } : {}),
    version: printing.version,
    ...(printing.location === undefined ? {} : { location: printing.location }),
    ...collected(publication),
  }
  const verdict = verdicts.find(({ figureId, version: of }) => figureId === figure.id && of === printing.version)
  const share = (count: number, base: number, baseCheck: BaseCheck, countAtMost = count): Fact =>
    shareFact(count, base, {
      source,
      baseCheck,
      countAtMost,
      strength: isAssertion || figure.count === undefined ? 'assertion' : 'descriptive',
      ...(options.confidenceLevel === undefined ? {} : { confidenceLevel: options.confidenceLevel }),
      ...(options.method === undefined ? {} : { method: options.method }),
    })

  if (verdict?.baseCheck === 'passed' && figure.count !== undefined && figure.base !== undefined) {
    return share(figure.count, figure.base, { verdict: 'passed' })
  }
  const choice = options.baseChoices?.find(({ figureId, version: of }) => figureId === figure.id && of === printing.version)
  if (choice && verdict) {
    const candidate = verdict.candidates.find(({ base }) => base === choice.base) as BaseCandidate
    return share(Math.min(...candidate.counts), choice.base, { verdict: 'resolved', choice }, Math.max(...candidate.counts))
  }
  const blocked: BlockedFact = {
    kind: 'blocked',
    figureId: figure.id,
    check: verdict?.baseCheck === 'failed' ? 'failed' : 'undetermined',
    because: verdict?.because ?? 'its base was not checked',
    percentage: printing.percentage ?? '',
    printedBase: verdict?.printedBase ?? null,
    candidates: verdict?.candidates ?? [],
    source,
  }
  return blocked
}

function checkChoice(choice: BaseChoice, verdicts: readonly FigureVerdict[]): void {
  const { figureId, version, base, chosenBy, chosenOn, reason } = choice
  const verdict = verdicts.find((candidate) => candidate.figureId === figureId && candidate.version === version)
  if (!verdict) throw new RecommendationsError('invalid-base-choice', `there is no audited figure "${figureId}" in version ${version}`)
  const candidate = verdict.candidates.find((fitting) => fitting.base === base)
  if (!candidate || candidate.counts.length === 0) {
    const fitting = verdict.candidates.map((other) => other.base).join(', ')
    throw new RecommendationsError(
      'invalid-base-choice',
      `${figureId} of ${version} does not fit a base of ${base}; it fits ${fitting || 'none'}`,
    )
  }
  if (chosenBy.trim() === '' || reason.trim() === '') {
    throw new RecommendationsError('invalid-base-choice', `the choice of a base for ${figureId} needs to say who chose it and why`)
  }
  dayParts(chosenOn)
}
