import {
  breslowDayTest,
  cochranMantelHaenszelTest,
  codedCrosstab,
  mantelHaenszel,
  type MantelHaenszel,
} from '@open-digital-capability/stats'
import { type CodedVariable } from './coded-round.ts'
import { type Grouping } from './grouping.ts'
import { type SmallNumberGuard } from './small-numbers.ts'

/** A comparison of two groups within strata, such as types of trust. */
export interface StratifiedComparison {
  readonly id: string
  readonly label: string
  /** How an organisation comes to be in its group. */
  readonly definition: string
  readonly strata: readonly string[]
  /** Counts by stratum, group and level; `null` for a hidden one. */
  readonly tables: readonly (readonly (readonly (number | null)[])[])[]
  readonly oddsRatio: Pick<MantelHaenszel, 'estimate' | 'confidenceInterval' | 'informativeStrata'> | null
  readonly pValue: number | null
  /** P of the test that the odds ratio is the same in every stratum. */
  readonly homogeneityPValue: number | null
  readonly notTestable: string | null
}

/** Mantel–Haenszel comparison of two groups on every variable of two levels. */
export function compareWithinStrata(
  variables: readonly CodedVariable[],
  grouping: Grouping,
  stratifying: Grouping,
  confidenceLevel: number,
  guard: SmallNumberGuard,
): StratifiedComparison[] {
  const groups = grouping.labels.length
  const strata = stratifying.labels
  // Stratum and group together are the rows of one table, which is cut into strata again.
  const rowLabels = strata.flatMap((stratum) => grouping.labels.map((group) => `${stratum}, ${group}`))
  const rows = stratifying.codes.map((stratum, i) => {
    const group = grouping.codes[i] as number
    return stratum < 0 || group < 0 ? -1 : stratum * groups + group
  })
  return variables
    .filter(({ levels }) => levels.length === 2)
    .map(({ id, label, levels, codes }) => {
      const { counts } = codedCrosstab(rows, codes, { rowLabels, columnLabels: [...levels, '(missing)', '(not asked)'] })
      const tables = strata.map((_, k) => guard.table(counts.slice(k * groups, (k + 1) * groups).map((row) => row.slice(0, 2))).counts)
      const base = { id, label, definition: grouping.definition, strata, tables }
      if (tables.flat(2).includes(null)) {
        return { ...base, oddsRatio: null, pValue: null, homogeneityPValue: null, notTestable: 'small numbers are hidden' }
      }
      const shown = tables as number[][][]
      const test = cochranMantelHaenszelTest(shown)
      const { estimate, confidenceInterval, informativeStrata } = mantelHaenszel(shown, { confidenceLevel })
      return {
        ...base,
        oddsRatio: { estimate, confidenceInterval, informativeStrata },
        pValue: test.pValue,
        homogeneityPValue: breslowDayTest(shown).pValue,
        notTestable: test.method === 'not-testable' ? test.message : null,
      }
    })
}
