import { type FoiResponse } from '@open-digital-capability/schema'
import { breslowDayTest, cochranMantelHaenszelTest, mantelHaenszel, type MantelHaenszel } from '@open-digital-capability/stats'
import { type Grouping } from './group-comparison.ts'
import { type Variable } from './variable.ts'

/** A comparison of two groups within strata, such as types of trust. */
export interface StratifiedComparison {
  readonly id: string
  readonly label: string
  readonly strata: readonly string[]
  readonly oddsRatio: Pick<MantelHaenszel, 'estimate' | 'confidenceInterval' | 'informativeStrata'>
  readonly pValue: number | null
  /** P of the test that the odds ratio is the same in every stratum. */
  readonly homogeneityPValue: number | null
  readonly notTestable: string | null
}

/** Mantel–Haenszel comparison of two groups on every variable of two levels. */
export function compareWithinStrata(
  records: readonly FoiResponse[],
  variables: readonly Variable[],
  grouping: Grouping,
  stratumOf: (record: FoiResponse) => string | null,
  confidenceLevel: number,
): StratifiedComparison[] {
  const strata = [...new Set(records.flatMap((record) => stratumOf(record) ?? []))].sort()
  return variables
    .filter(({ levels }) => levels.length === 2)
    .map((variable) => {
      const tables = strata.map(() => [
        [0, 0],
        [0, 0],
      ])
      for (const record of records) {
        const stratum = strata.indexOf(stratumOf(record) ?? '')
        const group = grouping.groupOf(record)
        const found = variable.levelOf(record)
        const row = tables[stratum]?.[group]
        if (row === undefined || found.kind !== 'level') continue
        const j = variable.levels.indexOf(found.level)
        row[j] = (row[j] as number) + 1
      }
      const test = cochranMantelHaenszelTest(tables)
      const { estimate, confidenceInterval, informativeStrata } = mantelHaenszel(tables, { confidenceLevel })
      return {
        id: variable.id,
        label: variable.label,
        strata,
        oddsRatio: { estimate, confidenceInterval, informativeStrata },
        pValue: test.pValue,
        homogeneityPValue: breslowDayTest(tables).pValue,
        notTestable: test.method === 'not-testable' ? test.message : null,
      }
    })
}
