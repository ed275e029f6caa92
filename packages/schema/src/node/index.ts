export { readResponsesFile } from './read-files.ts'
export { type ResponseStream, type StreamOptions, streamResponses } from './stream-responses.ts'
