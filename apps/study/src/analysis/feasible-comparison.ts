import { type FeasibleCrossing, feasibleCrossing, feasibleTables } from '@open-digital-capability/stats'
import { type Capability } from './capability.ts'

/** What the printed margins allow to be said of a comparison whose cells were not printed. */
export interface FeasibleComparison {
  readonly id: string
  readonly label: string
  readonly count: number
  readonly base: number
  /** Size of the group within the base; assumed, since it was not printed. */
  readonly groupSize: number
  /** The feasible counts of the group. */
  readonly minimum: number
  readonly maximum: number
  /** Count that independence would lead one to expect. */
  readonly expected: number
  /** Smallest expected count of the four cells. */
  readonly minimumExpected: number
  readonly pearson: FeasibleCrossing
  readonly fisher: FeasibleCrossing
  /** Feasible tables on which the two tests fall on different sides of the threshold. */
  readonly disagreements: number
}

/** All tables that a question's printed margins allow for a group of an assumed size, and where P would fall below a threshold. */
export function feasibleComparison(question: Capability, groupSize: number, threshold: number): FeasibleComparison {
  const { id, label, count, base } = question
  const feasible = feasibleTables({ rows: [groupSize, base - groupSize], columns: [count, base - count] })
  return {
    id,
    label,
    count,
    base,
    groupSize,
    minimum: feasible.minimum,
    maximum: feasible.maximum,
    expected: feasible.expected ?? 0,
    minimumExpected: feasible.minimumExpected ?? 0,
    pearson: feasibleCrossing(feasible, 'pearson', threshold),
    fisher: feasibleCrossing(feasible, 'fisher', threshold),
    disagreements: feasible.tables.filter(
      ({ pearsonPValue, fisherPValue }) => (pearsonPValue ?? 1) < threshold !== fisherPValue < threshold,
    ).length,
  }
}
