export {
  type AdviceChange,
  type ChangedRule,
  diffModels,
  type DiffModelsOptions,
  type ModelChange,
  type ModelDiff,
} from './diff/diff-models.ts'
export { RecommendationsError, type RecommendationsErrorCode } from './errors.ts'
export { type AskNext, type Need, type Question } from './evaluate/ask-next.ts'
export { evaluate, evaluateEach, type EvaluateOptions } from './evaluate/evaluate.ts'
export { type Priority, priorityOrder } from './evaluate/priority.ts'
export { type Evaluation, type EvidenceItem, type Recommendation } from './evaluate/recommendation.ts'
export { type CertaintyWithReasons } from './evidence/certainty.ts'
export { type AskNextLine, report, type Report, type ReportedEvaluation, type ReportedRecommendation } from './export/report.ts'
export { toCsv } from './export/to-csv.ts'
export { toJson } from './export/to-json.ts'
export { toMarkdown } from './export/to-markdown.ts'
export { cohortFromSubjects, type CohortOptions, type Unanswered } from './facts/cohort-from-subjects.ts'
export { compareGroups, type CompareGroupsOptions } from './facts/compare-groups.ts'
export {
  type ComparisonFact,
  type ComparisonThresholds,
  type ComparisonVerdict,
  type GroupComparison,
  judgeComparison,
} from './facts/comparison.ts'
export {
  type AnswerFact,
  type BaseCandidate,
  type BaseCheck,
  type BaseChoice,
  type BlockedFact,
  type Fact,
  type Facts,
  type MissingFact,
  type NumberFact,
  type ShareFact,
  type Subject,
} from './facts/fact.ts'
export { factsFromPrintedFigures, type FigureVerdict, type PrintedFiguresOptions, type PublicationFacts } from './facts/printed-figures.ts'
export { type IntervalOptions, type ShareDetails, shareFact, type ShareMethod } from './facts/share.ts'
export { type Provenance, type Source } from './facts/source.ts'
export { type Derivation, type RecordsOptions, subjectsFromRecords } from './facts/subjects-from-records.ts'
export { type Finding, type FindingCode } from './lint/finding.ts'
export { lintModel } from './lint/lint-model.ts'
export { type TruthValue } from './logic/kleene.ts'
export { type ThresholdOverrides } from './logic/resolved-thresholds.ts'
export { type Status } from './logic/rule-program.ts'
export { type IndicatorTrace, type JoinedTrace, type TraceNode, type TraceTest } from './logic/trace.ts'
export {
  type Above,
  type AllOf,
  type AnswerIn,
  type AnswerIs,
  type AnyOf,
  type AtLeast,
  type AtMost,
  type Below,
  type Comparison,
  type Condition,
  type IndicatorCondition,
  type Limit,
  type Not,
  type Using,
} from './model/condition.ts'
export {
  type AnswerIndicator,
  type ComparisonIndicator,
  type Direction,
  type Indicator,
  type IndicatorBase,
  type IndicatorInput,
  type NumberIndicator,
  type PublishedValue,
  type ShareIndicator,
} from './model/indicator.ts'
export { modelJsonSchema } from './model/model-json-schema.ts'
export {
  type Barrier,
  type Cap,
  type CapInput,
  type Certainty,
  type ChangelogEntry,
  type FailedBaseCap,
  type Grade,
  type GradeDefinition,
  type Model,
  type ModelInput,
  type OldDataCap,
  type SingleSurveyCap,
  type Theme,
  type WideIntervalCap,
} from './model/model.ts'
export { type ModelIssue, modelPosition, type ParsedModel, parseModel, type TextPosition } from './model/parse-model.ts'
export {
  type Audience,
  type Band,
  type Practice,
  type Rating,
  type Reference,
  type Rule,
  type RuleInput,
  type RuleSubject,
} from './model/rule.ts'
export { type Sentence, type SentenceInput, type Whose } from './model/sentence.ts'
export { studyModel } from './model/study-model.ts'
export { type Threshold, type ThresholdInput, type ThresholdUnit } from './model/threshold.ts'
export { leagueTable, type LeagueTableOptions, type LeaguePlace } from './profile/league-table.ts'
export { type Profile, profile, type ProfileLine, type ProfileOptions } from './profile/profile.ts'
export {
  flippingRules,
  type Outcome,
  type RuleSensitivity,
  sensitivity,
  type SensitivityOptions,
  type Stretch,
  type Sweep,
  type ThresholdProfile,
} from './sensitivity/sensitivity.ts'
export { compareWaves, type CompareWavesOptions, type RuleChange, type WaveComparison } from './waves/compare-waves.ts'
export { explain, type Explanation } from './wording/explain.ts'
export { readingGrade } from './wording/reading-grade.ts'
