export {
  type WriteCsvOptions,
  writeResponsesCsv,
  writeResponsesJson,
  writeResponsesNdjson,
  type WriteRoundOptions,
} from './write-responses.ts'
