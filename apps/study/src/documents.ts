import { type Finding, type Model, type ModelDiff, type ModelIssue, type TextPosition } from '@open-digital-capability/recommendations'
import { type FoiResponse } from '@open-digital-capability/schema'
import { type Issue, type ReadSummary } from '@open-digital-capability/schema/read'
import { type Advice } from './advice.ts'
import { type PapersAudit } from './audit/audit-papers.ts'
import { type Classification } from './classify/classify-texts.ts'
import { type TemplateDocument } from './commands/template.ts'
import { type StudyConfig } from './config.ts'
import { type StudyResult } from './pipeline.ts'
import { type Reproduction } from './reproduction.ts'
import { type TableInspection } from './table/inspect-table.ts'

/** A file of printed figures, audited, with which file it was. */
export interface AuditDocument extends PapersAudit {
  /** Name of the file, without its folder. */
  readonly file: string
  /** SHA-256 of its bytes. */
  readonly sha256: string
}

/** What a check of a file of responses found. */
export interface ValidationDocument {
  readonly summary: ReadSummary
  readonly issues: readonly Issue[]
}

/** A round of answers as a document, with what it is a round of. */
interface RoundDocument {
  readonly kind: 'round'
  readonly schemaVersion: number
  /** Id of the questionnaire. */
  readonly questionnaire: string
  readonly origin: 'supplied' | 'synthetic'
  readonly title?: string
  readonly records: readonly FoiResponse[]
}

/** What a check of rules found. */
export interface RulesDocument {
  /** Name of the file, without its folder. */
  readonly file: string
  /** Which model it is; `null` where its form has faults. */
  readonly model: Pick<Model, 'id' | 'version'> | null
  /** How many rules it has. */
  readonly rules: number
  /** Faults of form: what they leave unread is not checked further. */
  readonly issues: readonly ModelIssue[]
  /** What the linter found, each with its place in the file. */
  readonly findings: readonly (Finding & TextPosition)[]
  /** What changed since the model of `--against`; `null` without one, or where errors keep the rules from being tried out. */
  readonly changes: ModelDiff | null
}

/** What each command prints with `--json`; `npm run schemas` makes a JSON Schema of each. */
export interface Documents {
  readonly reproduce: Reproduction
  readonly analyse: StudyResult
  readonly validate: ValidationDocument
  readonly template: TemplateDocument
  readonly classify: Classification
  readonly audit: AuditDocument
  readonly table: TableInspection
  readonly recommend: Advice
  /** Without a file the shipped model, which `study rules` and `parseModel` take. */
  readonly rules: Model | RulesDocument
  readonly synthesise: RoundDocument
  readonly report: Reproduction | StudyResult
  /** A config as written: keys that have a default may be missing. */
  readonly init: Pick<StudyConfig, 'title' | 'source'> &
    Partial<Omit<StudyConfig, 'questions' | 'title' | 'source' | 'comparison'>> & {
      readonly comparison?: Omit<NonNullable<StudyConfig['comparison']>, 'byRole'>
    }
}
