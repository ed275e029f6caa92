export { categories, findTechnology, technologies, technologiesIn } from './technologies.ts'
export { checkTaxonomy, extendTaxonomy, type NewAmbiguousAlias, type NewTechnology, type TaxonomyAdditions } from './extend-taxonomy.ts'
export { type Classifier, type ClassifyOptions, classifyText, createClassifier } from './classifier.ts'
export {
  type CoderTable,
  coderTable,
  type Disagreement,
  evaluate,
  type EvaluateOptions,
  type Evaluation,
  type GroupScores,
  type LabelledText,
  type Scores,
} from './evaluation.ts'
export { defaultTaxonomy } from './default-taxonomy.ts'
export {
  type CategoryCount,
  type DescribeOptions,
  describeText,
  type InteroperabilityDisclosure,
  isDisclosed,
  type TextDescription,
} from './describe-text.ts'
export { type FoundName, type Match, type MatchReason, type MatchRule, type MatchStatus } from './match.ts'
export { type OpenSourceFrequency, type OpenSourceOptions, type OpenSourceStatement, openSourceStatement } from './open-source-statement.ts'
export { type SearchOptions, searchTechnologies, type TechnologySuggestion } from './search-technologies.ts'
export { type SkosDocument, type SkosNode, type SkosOptions, toSkosJsonLd, toSkosTurtle } from './skos.ts'
export { type Bundle, type Category, type Field, type FieldWords, type StatusPhrases, type StatusRole, type Taxonomy } from './taxonomy.ts'
export { TaxonomyError, type TaxonomyErrorCode, type TaxonomyIssue } from './errors.ts'
export { taxonomyCsv, taxonomyJson } from './taxonomy-files.ts'
export { type CategoryId, type TechnologyId } from './generated/technology-id.ts'
export {
  type AmbiguousAlias,
  type ClassifiableTechnology,
  type Crosswalk,
  type EvidenceDistance,
  type InteroperabilityRole,
  type LetterForm,
  type Technology,
  type TermSource,
} from './technology.ts'
