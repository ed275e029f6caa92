export { SchemaError, type SchemaErrorCode } from './errors.ts'
export { isIsoDate, isoDateSchema } from './iso-date.ts'
export {
  type OdsCode,
  odsCode,
  type OdsCodeFormat,
  odsCodeFormats,
  type OdsCodeKind,
  odsCodeKinds,
  odsCodeSchema,
} from './organisations/ods-code.ts'
export { type Organisation, organisationSchema, type Trust, trustSchema, type TrustType, trustTypes } from './organisations/organisation.ts'
export {
  type PrintedFigure,
  printedFigureSchema,
  printedPercentageSchema,
  printedPValueSchema,
  type PrintedStatistic,
  printedStatisticSchema,
  type Printing,
  type PublicationVersion,
  publicationVersionSchema,
} from './printed-figures/printed-figure.ts'
export { type AllOf, type AnswerIn, type AnswerIs, type AnyOf, type AskedIf, askedIfSchema, isAsked } from './questionnaire/asked-if.ts'
export { defineQuestionnaire } from './questionnaire/define-questionnaire.ts'
export {
  type DateQuestion,
  type FreeTextQuestion,
  type FrequencyQuestion,
  type MultipleChoiceQuestion,
  type NumberQuestion,
  type Question,
  type QuestionBase,
  type QuestionKind,
  questionSchema,
  type SingleChoiceQuestion,
  type TechnologiesQuestion,
  type YesNoQuestion,
} from './questionnaire/question.ts'
export {
  type GroupField,
  type Questionnaire,
  type QuestionnaireDefinition,
  type QuestionnaireHeader,
  questionnaireSchema,
  type Respondents,
} from './questionnaire/questionnaire.ts'
export { type AnswersOf, type ResponseOf, type ValueOf } from './questionnaire/response-of.ts'
export { type StudyQuestionnaire, studyQuestionnaire } from './questionnaire/study-questionnaire.ts'
export { answerSpellings, type SpelledMeaning } from './read/answer-spellings.ts'
export { type Issue, type IssueCode } from './read/issue.ts'
export { type DateOrder } from './read/parse-date.ts'
export { type ReadColumn, type ReadOptions, type ReadSummary } from './read/read-options.ts'
export { readResponsesCsv } from './read/read-responses-csv.ts'
export { type ReadResult } from './read/read-result.ts'
export { type Answer, type Answered, answerSchema, type AnswerValue, type Missing, missingSchema } from './responses/answer.ts'
export { baseOf, type BaseOfQuestion } from './responses/base-of.ts'
export { type FoiaSection, type FoiaSectionNumber, foiaSections, foiaSectionSchema } from './responses/foia-sections.ts'
export { type FoiResponse, type ResponseStatus, responseStatuses } from './responses/foi-response.ts'
export { type MissingReason, missingReasons, missingReasonSchema } from './responses/missing-reason.ts'
export { responseSchema, valueSchema } from './responses/response-schema.ts'
export { schemaVersion } from './schema-version.ts'
export { type WebsiteSearchRecord, websiteSearchRecordSchema } from './website-searches/website-search-record.ts'
export { frameOn, successorsOn } from './organisations/frame.ts'
export {
  type FundingGroupDefinition,
  type FundingGroupId,
  fundingGroupOf,
  fundingGroups,
  type FundingRole,
  fundingRoles,
  fundingRoleSchema,
} from './organisations/funding-group.ts'
export { readRegister, type ReadRegisterOptions, type ReadRegisterResult } from './organisations/read-register.ts'
export { type TableOptions } from './read/read-table.ts'
export { type BankHolidayRegion, type BankHolidays, bankHolidays } from './requests/bank-holidays.ts'
export { type FoiProgress, foiProgress } from './requests/foi-progress.ts'
export {
  type FoiEvent,
  type FoiEventKind,
  foiEventKinds,
  foiEventSchema,
  type FoiRequest,
  foiRequestSchema,
} from './requests/foi-request.ts'
export { addWorkingDays, type WorkingDayOptions, workingDaysBetween } from './requests/working-days.ts'
export {
  type Document,
  type DocumentKind,
  documentSchemas,
  type FoiRequests,
  foiRequestsSchema,
  type PrintedFigures,
  printedFiguresSchema,
  type Register,
  registerSchema,
  type WebsiteSearches,
  websiteSearchesSchema,
} from './documents/document.ts'
export { type Migration, migrations, type RawDocument } from './documents/migrations.ts'
export { readDocument, type ReadDocumentResult } from './documents/read-document.ts'
export { foiResponseSchema, type Round, type RoundHeader, roundHeaderSchema, roundSchema } from './responses/round.ts'
export { type RatingsByTechnology, ratingsByTechnology } from './website-searches/ratings-by-technology.ts'
