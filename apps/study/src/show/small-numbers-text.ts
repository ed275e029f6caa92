import { type SmallNumbers } from '../analysis/small-numbers.ts'

/** What was done about small numbers and how it was checked, in words. */
export function smallNumbersText(smallNumbers: SmallNumbers): string {
  if (smallNumbers.kind === 'off')
    return 'Small numbers are shown: the counts are of organisations, not of people. Where people are counted, the config should say smallNumbers: { threshold: 5 }.'
  const { threshold, protection, roundedTo, tables, primary, secondary, withheld, narrowestRange } = smallNumbers
  return [
    `Counts from 1 to ${threshold - 1} are hidden and shown as [c], and with them as many others as it takes that no small count can be found by subtraction from the totals of its table. All other counts are rounded to ${roundedTo}, so that the difference of two counts of different tables is no exact number.`,
    'Percentages, intervals, tests and advice are computed from the counts as they are shown, and so say nothing that these do not. Tables with a hidden count are not tested; faults of the file, advice by organisation and levels joined are left out.',
    `Checked: in each of ${tables} tables the range of values that fit what is shown was computed for every hidden count by largest flows, as if the shown counts were not rounded. ${primary} are hidden because they are small, ${secondary} to protect these.`,
    narrowestRange === null ? '' : `The narrowest range of a small one spans ${narrowestRange} (asked for: ${protection}).`,
    withheld === 0 ? '' : `${withheld} tables could not be protected so far and are withheld as a whole.`,
  ]
    .filter((sentence) => sentence !== '')
    .join(' ')
}
