import { type GivingTest } from '@open-digital-capability/stats'
import { auditPrintedInterval } from './audit-printed-interval.ts'
import { auditPrintedPercentage, type PaperRounding, roundingOfPaper } from './audit-printed-percentage.ts'
import { auditPrintedSum } from './audit-printed-sum.ts'
import { auditPrintedTests } from './audit-printed-tests.ts'
import { type AuditedFigure, type FigureVerdict } from './audited-figure.ts'
import { type AuditFile, type AuditFileIssue, type PrintedItem, type PrintedPaper } from './printed-figure-item.ts'

/** Choices of an audit. */
export interface AuditOptions {
  /** The threshold that papers compare P with. */
  readonly threshold: number
  /** Largest base looked for where none is printed. */
  readonly maximumBase: number
}

/** One paper, audited. */
export interface AuditedPaper {
  readonly id: string
  readonly citation: string | null
  /** What the printed tests with counts have in common: how many each test gives, and the one by which they are read. */
  readonly tests: { readonly common: GivingTest | null; readonly giving: readonly GivingTest[] }
  /** How the paper shortens its percentages, as far as they tell. */
  readonly rounding: PaperRounding
  readonly figures: readonly AuditedFigure[]
}

/** A file of printed figures, audited. */
export interface PapersAudit {
  readonly options: AuditOptions
  readonly summary: Readonly<Record<FigureVerdict, number>>
  readonly papers: readonly AuditedPaper[]
  readonly issues: readonly AuditFileIssue[]
}

/** Audits every printed figure of a file, each paper on its own. */
export function auditPapers({ papers, issues }: AuditFile, options: AuditOptions): PapersAudit {
  const audited = papers.map((paper) => auditPaper(paper, options))
  const count = (verdict: FigureVerdict): number =>
    audited.reduce((all, { figures }) => all + figures.filter((figure) => figure.verdict === verdict).length, 0)
  return {
    options,
    summary: {
      consistent: count('consistent'),
      inconsistent: count('inconsistent'),
      'decision-inconsistent': count('decision-inconsistent'),
      'base-not-determined': count('base-not-determined'),
      'cannot-be-checked': count('cannot-be-checked'),
    },
    papers: audited,
    issues,
  }
}

function auditPaper({ id, citation, bases, items }: PrintedPaper, { threshold, maximumBase }: AuditOptions): AuditedPaper {
  const ofKind = <K extends PrintedItem['kind']>(kind: K): Extract<PrintedItem, { kind: K }>[] =>
    items.filter((item): item is Extract<PrintedItem, { kind: K }> => item.kind === kind)
  const rounding = roundingOfPaper(ofKind('percentage'))
  const { common, giving, figures } = auditPrintedTests(ofKind('test'), threshold)
  let nextTest = 0
  return {
    id,
    citation,
    tests: { common, giving },
    rounding,
    figures: items.map((item): AuditedFigure => {
      switch (item.kind) {
        case 'test':
          return figures[nextTest++] as AuditedFigure
        case 'percentage':
          return auditPrintedPercentage(item, { bases, rounding, maximumBase })
        case 'sum':
          return auditPrintedSum(item)
        case 'interval':
          return auditPrintedInterval(item, { maximumBase })
      }
    }),
  }
}
