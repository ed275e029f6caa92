import * as z from 'zod'

/** Version of the documents that this release writes; a whole number that rises when a document of the former version would not be read as it is. */
export const schemaVersion = 1

/** Checks that a document is of the present {@link schemaVersion}. */
export const schemaVersionSchema: z.ZodLiteral<typeof schemaVersion> = z.literal(schemaVersion)
