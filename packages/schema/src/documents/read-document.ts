import { type Issue, type IssueCode } from '../read/issue.ts'
import { schemaVersion } from '../schema-version.ts'
import { type Document, type DocumentKind, documentSchemas } from './document.ts'
import { isUnversionedClaims, type Migration, migrations, type RawDocument } from './migrations.ts'

/** What came of reading a document. */
export type ReadDocumentResult =
  | {
      /** Whether the document was read. */
      readonly success: true
      /** The document, in the present version. */
      readonly document: Document
      /** Version in which it came. */
      readonly readVersion: number
      /** What each step changed that brought it to the present version; empty where it came in it. */
      readonly migrations: readonly string[]
    }
  | {
      /** Whether the document was read. */
      readonly success: false
      /** Why it was not read. */
      readonly issues: readonly Issue[]
    }

/**
 * A document of any kind and version: older ones are brought to the present version step by step, a newer one is refused.
 *
 * @param source - the document, or its JSON text
 *
 * @example
 * ```ts @import.meta.vitest
 * const result = readDocument({ kind: 'register', schemaVersion: 99, source: 'somewhere', organisations: [] })
 *
 * expect(result.success ? [] : result.issues.map(({ code }) => code)).toEqual(['newer-schema-version'])
 * ```
 */
export function readDocument(source: unknown): ReadDocumentResult {
  return readDocumentWith(source, migrations, schemaVersion)
}

/** {@link readDocument} with steps and a version of its own, so that steps can be tried before they are needed. */
export function readDocumentWith(source: unknown, steps: readonly Migration[], present: number): ReadDocumentResult {
  let value: unknown = source
  if (typeof source === 'string') {
    try {
      value = JSON.parse(source)
    } catch (error) {
      const why = error instanceof Error ? error.message : String(error)
      return refused('not-json', `the text is not JSON: ${why}`, 'Look there for a comma or a quote too many or too few.')
    }
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    return refused('invalid-document', 'this is not a document', 'A document is an object with "kind" and "schemaVersion".')
  }
  let document = value as RawDocument

  const claims = isUnversionedClaims(document)
  const kind = claims ? 'printed-figures' : document['kind']
  if (typeof kind !== 'string' || !Object.hasOwn(documentSchemas, kind)) {
    const kinds = Object.keys(documentSchemas).join(', ')
    return refused('invalid-document', 'the document does not say of which kind it is', `Kinds: ${kinds}.`)
  }
  const version = claims ? 0 : document['schemaVersion']
  if (typeof version !== 'number' || !Number.isSafeInteger(version) || version < 0) {
    return refused(
      'invalid-document',
      'the document does not say of which version it is',
      `The present version is "schemaVersion": ${present}.`,
    )
  }
  if (version > present) {
    return refused(
      'newer-schema-version',
      `the document has the schema version ${version}, and this release reads versions up to ${present}`,
      'Take a newer release of @open-digital-capability/schema.',
    )
  }

  const changes: string[] = []
  for (let at = version; at < present; at += 1) {
    const step = steps.find((candidate) => candidate.kind === kind && candidate.from === at)
    if (step === undefined) {
      return refused(
        'invalid-document',
        `there is no step from version ${at} of a ${kind} document`,
        'Write it again in the present version.',
      )
    }
    document = step.step(document)
    changes.push(step.about)
  }

  const result = documentSchemas[kind as DocumentKind].safeParse(document)
  if (result.success) return { success: true, document: result.data, readVersion: version, migrations: changes }
  const issues = result.error.issues.map(({ path, message }) => issueOf('invalid-document', message, path.join('.') || null))
  return { success: false, issues }
}

function refused(code: IssueCode, message: string, hint: string): ReadDocumentResult {
  return { success: false, issues: [{ ...issueOf(code, message), hint }] }
}

function issueOf(code: IssueCode, message: string, column: string | null = null): Issue {
  return { severity: 'error', row: null, column, cell: null, value: null, code, message, hint: null }
}
