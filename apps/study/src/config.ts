import { readFile } from 'node:fs/promises'
import path from 'node:path'
import { type Questionnaire, questionnaireSchema, studyQuestionnaire } from '@open-digital-capability/schema'
import { parse as parseYaml } from 'yaml'
import * as z from 'zod'
import { exitCode, UserError } from './exit-code.ts'

const level = z.number().gt(0).lt(1)

/** What a study config may say; each key is explained in the file that `study init` writes. */
const configSchema = z.strictObject({
  title: z.string().min(1),
  questionnaire: z.string().min(1).default('digital-capability'),
  source: z.strictObject({
    label: z.string().min(1),
    provenance: z.enum(['supplied', 'synthetic']),
    collectedUntil: z.iso.date().optional(),
  }),
  approached: z.int().min(1).optional(),
  columns: z.record(z.string(), z.string()).default({}),
  comparison: z
    .strictObject({
      group: z.string().min(1),
      first: z.array(z.string()).min(1),
      labels: z.tuple([z.string(), z.string()]),
      definition: z.string().min(1),
    })
    .optional(),
  groups: z.array(z.string()).default([]),
  stratifyBy: z.string().optional(),
  family: z.array(z.string()).optional(),
  adjustment: z.enum(['holm', 'hochberg', 'hommel', 'bonferroni', 'BH', 'BY', 'none']).default('holm'),
  confidenceLevel: level.default(0.95),
  thresholds: z.record(z.string(), z.number()).default({}),
  joinLevels: z.record(z.string(), z.record(z.string(), z.array(z.string()).min(1))).default({}),
  smallNumbers: z
    .union([z.literal('off'), z.strictObject({ threshold: z.int().min(2), protection: z.int().min(1).optional() })])
    .default('off'),
  asOf: z.iso.date().optional(),
})

/** A study as its config file declares it, before any answer is looked at. */
export type StudyConfig = z.infer<typeof configSchema> & {
  /** The questionnaire itself. */
  readonly questions: Questionnaire
}

/** Reads a config (YAML or JSON) and the questionnaire it names; without a file, the study's own. */
export async function loadConfig(file: string | undefined): Promise<StudyConfig> {
  if (file === undefined) return { ...configSchema.parse(studyDefaults), questions: studyQuestionnaire }
  const parsed = configSchema.safeParse(await readYaml(file))
  if (!parsed.success)
    throw new UserError(exitCode.unreadable, `${file} is not a study config:\n${indented(z.prettifyError(parsed.error))}`)
  return { ...parsed.data, questions: await questionnaireOf(parsed.data.questionnaire, path.dirname(file)) }
}

/** The config under which the built-in questionnaire is analysed where none is given. */
const studyDefaults = {
  title: 'Digital capability, open-source use and interoperability standards',
  source: { label: 'the responses supplied', provenance: 'supplied' },
  comparison: {
    group: 'fundingGroup',
    first: ['funded'],
    labels: ['Exemplars', 'Other trusts'],
    definition: 'the column fundingGroup of the file',
  },
  groups: ['trustType', 'region'],
  stratifyBy: 'trustType',
}

async function questionnaireOf(name: string, folder: string): Promise<Questionnaire> {
  if (name === 'digital-capability') return studyQuestionnaire
  const file = path.resolve(folder, name)
  const parsed = questionnaireSchema.safeParse(await readYaml(file))
  if (!parsed.success)
    throw new UserError(exitCode.unreadable, `${file} is not a questionnaire:\n${indented(z.prettifyError(parsed.error))}`)
  return parsed.data
}

async function readYaml(file: string): Promise<unknown> {
  const text = await readFile(file, 'utf8').catch((error: Error) => {
    throw new UserError(exitCode.unreadable, `cannot read ${file}: ${error.message}`)
  })
  try {
    return parseYaml(text)
  } catch (error) {
    throw new UserError(exitCode.unreadable, `${file} is neither YAML nor JSON: ${(error as Error).message.split('\n')[0]}`)
  }
}

const indented = (text: string): string => text.replace(/^/gm, '  ')
