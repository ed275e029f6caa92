import { type PrintedItem } from './printed-figure-item.ts'

/** What was found of a printed figure; a neutral description of the print, not of anybody's intent. */
export type FigureVerdict =
  /** It follows from what is printed with it. */
  | 'consistent'
  /** It does not, under any assumption that is usual. */
  | 'inconsistent'
  /** It does not, and a comparison of P with the threshold comes out the other way. */
  | 'decision-inconsistent'
  /** Its base is not printed, and several would do. */
  | 'base-not-determined'
  /** Too little is printed, or what is printed is weighted or not readable. */
  | 'cannot-be-checked'

/** One way in which a figure was recomputed. */
export interface TriedAssumption {
  /** What was assumed: a test, a rounding, a method. */
  readonly assumption: string
  /** What was recomputed: a statistic, a P value, a percentage. */
  readonly of: string
  /** The recomputed value; a percentage runs from 0 to 100, as it is printed. */
  readonly value: number
  /** Upper end where the assumption leaves a range. */
  readonly to?: number
  /** Whether the printed number is the recomputed one, and how: plainly rounded, cut off, rounded twice; `null` where none is printed. */
  readonly fit: 'rounded' | 'cut-off' | 'rounded-twice' | 'none' | null
}

/** What would make a figure consistent: a possibility, not a finding. */
export interface Suggestion {
  readonly kind: string
  readonly text: string
}

/** One audited figure. */
export interface AuditedFigure {
  readonly id: string
  /** Where it stands in the file. */
  readonly path: string
  readonly kind: PrintedItem['kind']
  readonly label: string | null
  /** What is printed, in short. */
  readonly printed: string
  readonly verdict: FigureVerdict
  /** What was found, as a sentence. */
  readonly finding: string
  /** Everything that was tried. */
  readonly tried: readonly TriedAssumption[]
  /** What would make it consistent; empty where it is. */
  readonly suggestions: readonly Suggestion[]
}

/** A figure that cannot be checked, and why. */
export function notChecked(item: PrintedItem, printed: string, reason: string): AuditedFigure {
  return { ...headOf(item), printed, verdict: 'cannot-be-checked', finding: reason, tried: [], suggestions: [] }
}

/** The part of an audited figure that is copied from the file. */
export const headOf = ({ id, path, kind, label }: PrintedItem): Pick<AuditedFigure, 'id' | 'path' | 'kind' | 'label'> => ({
  id,
  path,
  kind,
  label,
})
