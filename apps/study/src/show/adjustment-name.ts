import { type StudyConfig } from '../config.ts'

/** The adjustments as they are called in a sentence; their ids are those of R. */
export const adjustmentNames: Readonly<Record<StudyConfig['adjustment'], string>> = {
  holm: 'Holm',
  hochberg: 'Hochberg',
  hommel: 'Hommel',
  bonferroni: 'Bonferroni',
  BH: 'Benjamini–Hochberg',
  BY: 'Benjamini–Yekutieli',
  none: 'none',
}
