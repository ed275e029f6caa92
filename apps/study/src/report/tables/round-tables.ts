import { type AnswerShare, type FrameShare } from '../../analysis/answer-shares.ts'
import { type FunnelStep } from '../../analysis/funnel.ts'
import { type SearchAgreement } from '../../analysis/search-agreement.ts'
import { type StratifiedComparison } from '../../analysis/stratified-comparison.ts'
import { answerLabel, countText, decimal, percent, percentRange, pValueText, ratioText } from '../../show/numbers.ts'
import { type DataTable } from '../data-table.ts'

/** Steps of the funnel. */
export function funnelTable(funnel: readonly FunnelStep[], caption: string): DataTable {
  return {
    caption,
    name: 'funnel',
    columns: [
      { head: 'Step' },
      { head: 'n', isNumber: true },
      { head: '% of the step before', isNumber: true },
      { head: 'Wilson interval', isNumber: true },
      { head: 'Left out at this step' },
    ],
    rows: funnel.map(({ label, count, of, leftOut }) => [
      label,
      countText(count),
      of === undefined ? '' : percent(of.proportion),
      of === undefined ? '' : percentRange(of.interval.lower, of.interval.upper ?? 1),
      leftOutText(leftOut),
    ]),
  }
}

/** `35: no reply 28, refused 7`: who is left out at a step, and why. */
export function leftOutText(leftOut: FunnelStep['leftOut']): string {
  if (leftOut === null) return 'small numbers are hidden'
  if (leftOut.length === 0) return ''
  const all = leftOut.reduce((sum, { count }) => sum + count, 0)
  return `${all}: ${leftOut.map(({ reason, count }) => (leftOut.length === 1 ? reason : `${reason} ${count}`)).join(', ')}`
}

/** Answers, each of its own base. */
export function answersTable(answers: readonly AnswerShare[], caption: string): DataTable {
  return {
    caption,
    name: 'answers',
    columns: [
      { head: 'Question' },
      { head: 'Answer' },
      { head: 'n', isNumber: true },
      { head: 'Base', isNumber: true },
      { head: '%', isNumber: true },
      { head: 'Wilson interval', isNumber: true },
      { head: 'No usable answer', isNumber: true },
      { head: 'Whatever they would have said', isNumber: true },
    ],
    rows: answers.map(({ label, level, count, base, missing, proportion, interval, range }) => [
      label,
      level,
      countText(count),
      countText(base),
      proportion === null ? '–' : percent(proportion),
      interval === null ? '–' : percentRange(interval.lower, interval.upper ?? 1),
      countText(missing),
      range === null || missing === 0 ? '–' : percentRange(range.range.lower, range.range.upper),
    ]),
  }
}

/** Something that can be seen as a count of everybody approached. */
interface OfFrame {
  readonly label: string
  readonly level?: string
  readonly count: number | null
  readonly ofFrame: FrameShare | null
}

/** Answers as counts of everybody approached: exact limits, and what those who are not known could change. */
export function frameTable(answers: readonly OfFrame[], caption: string): DataTable {
  return {
    caption,
    name: 'of-everybody-approached',
    columns: [
      { head: 'Question' },
      { head: 'n', isNumber: true },
      { head: 'Known, of all', isNumber: true },
      { head: 'Of all: exact limits', isNumber: true },
      { head: 'in %', isNumber: true },
      { head: 'Whatever the others are', isNumber: true },
      { head: 'For a half of all' },
    ],
    rows: answers.flatMap(({ label, level, count, ofFrame }) =>
      ofFrame === null
        ? []
        : [
            [
              answerLabel(label, level ?? 'yes'),
              countText(count),
              `${ofFrame.known} of ${ofFrame.population}`,
              `${ofFrame.counts.lower} to ${ofFrame.counts.upper}`,
              percentRange(ofFrame.interval.lower, ofFrame.interval.upper),
              percentRange(ofFrame.range.lower, ofFrame.range.upper),
              tippingText(ofFrame),
            ],
          ],
    ),
  }
}

/** What it would take of those not known for a half of everybody. */
export function tippingText({ tippingPoint, population, known }: FrameShare): string {
  const unknown = population - known
  if (tippingPoint.missingSuccesses === null) return `below a half whatever the other ${unknown} are`
  if (tippingPoint.missingSuccesses === 0) return `a half or more whatever the other ${unknown} are`
  return `if ${tippingPoint.missingSuccesses} of the other ${unknown} were`
}

/** Two groups within strata. */
export function strataTable(stratified: readonly StratifiedComparison[], caption: string): DataTable {
  return {
    caption,
    name: 'strata',
    columns: [
      { head: 'Question' },
      { head: 'Common odds ratio', isNumber: true },
      { head: 'P', isNumber: true },
      { head: 'P of homogeneity', isNumber: true },
      { head: 'Mind' },
    ],
    rows: stratified.map(({ label, oddsRatio, pValue, homogeneityPValue, notTestable }) => [
      label,
      oddsRatio === null ? '–' : ratioText(oddsRatio.estimate, oddsRatio.confidenceInterval),
      pValueText(pValue),
      pValueText(homogeneityPValue),
      notTestable === null ? '' : `Not testable: ${notTestable}`,
    ]),
  }
}

/** Agreement of the people who looked technologies up, two by two. */
export function agreementTable({ pairs }: SearchAgreement, caption: string): DataTable {
  return {
    caption,
    name: 'search-agreement',
    columns: [
      { head: 'People' },
      { head: 'Technologies both classified', isNumber: true },
      { head: 'Same class, %', isNumber: true },
      { head: 'Cohen’s kappa', isNumber: true },
      { head: 'Mind' },
    ],
    rows: pairs.map(({ people, both, observedAgreement, kappa, interval, prevalenceAndBiasAdjusted, paradox, notTestable }) => [
      people.join(' and '),
      `${both}`,
      observedAgreement === null ? '–' : percent(observedAgreement),
      kappa === null || interval === null ? '–' : ratioText(kappa, interval),
      notTestable !== null
        ? `Not defined: ${notTestable}`
        : paradox === 'none'
          ? ''
          : `Uneven ${paradox} pulls kappa: with even classes the same agreement would be ${decimal(prevalenceAndBiasAdjusted)}.`,
    ]),
  }
}
