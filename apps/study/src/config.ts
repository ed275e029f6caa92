import { readFile } from 'node:fs/promises'
import path from 'node:path'
import { fundingGroups, fundingRoles, type Questionnaire, questionnaireSchema, studyQuestionnaire } from '@open-digital-capability/schema'
import { parse as parseYaml } from 'yaml'
import * as z from 'zod'
import { unknownNames } from './check-config.ts'
import { exitCode, UserError } from './exit-code.ts'
import { reasonOf } from './file-fault.ts'
import { loadRegister, type Register } from './register.ts'

const level = z.number().gt(0).lt(1)

const labels = z.tuple([z.string(), z.string()])

/** A comparison whose first group is a list of values of a column. */
const ownDefinition = z
  .strictObject({
    group: z.string().min(1),
    first: z.array(z.string()).min(1),
    labels,
    definition: z.string().min(1),
  })
  .transform((own) => ({ ...own, byRole: false as boolean }))

/** Stands for the part that the register gives an organisation, where a comparison names no column. */
export const roleInRegister = 'role in the register'

/** A comparison by roles in the Global Digital Exemplar programme, of which a named definition says who counts. */
const namedDefinition = z
  .strictObject({
    group: z.string().min(1).default(roleInRegister),
    definition: z.enum(['core-26', 'programme', 'listed']),
    labels: labels.optional(),
  })
  .transform(({ group, definition, labels: given }) => {
    const { label, about, roles } = fundingGroups[definition]
    return {
      group,
      first: [...roles] as string[],
      labels: given ?? ([label, 'Other trusts'] as [string, string]),
      definition: `${definition}: ${about}`,
      // Whether the groups are told by roles in the programme, so that the file may have a column of them.
      byRole: true as boolean,
    }
  })

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
  comparison: z.union([namedDefinition, ownDefinition]).optional(),
  groups: z.array(z.string()).default([]),
  stratifyBy: z.string().optional(),
  family: z.array(z.string()).optional(),
  adjustment: z.enum(['holm', 'hochberg', 'hommel', 'bonferroni', 'BH', 'BY', 'none']).default('holm'),
  confidenceLevel: level.default(0.95),
  thresholds: z.record(z.string(), z.number()).default({}),
  joinLevels: z.record(z.string(), z.record(z.string(), z.array(z.string()).min(1))).default({}),
  smallNumbers: z
    .union([
      z.literal('off'),
      z.strictObject({
        threshold: z.int().min(2),
        protection: z.int().min(1).optional(),
        // Below 3 a difference of two counts is as good as exact.
        roundedTo: z.int().min(3).default(5),
      }),
    ])
    .default('off'),
  websiteSearches: z.string().min(1).optional(),
  register: z.strictObject({ file: z.string().min(1), askedFrom: z.iso.date() }).optional(),
  asOf: z.iso.date().optional(),
})

/** A study as its config file declares it, before any answer is looked at. */
export type StudyConfig = Omit<z.infer<typeof configSchema>, 'register'> & {
  /** The questionnaire itself. */
  readonly questions: Questionnaire
  /** The register itself, where one is named. */
  readonly register: Register | null
}

/** Reads a config (YAML or JSON) and the questionnaire it names; without a file, the study's own. */
export async function loadConfig(file: string | undefined): Promise<StudyConfig> {
  if (file === undefined) return { ...configSchema.parse(studyDefaults), questions: studyQuestionnaire, register: null }
  const parsed = configSchema.safeParse(await readYaml(file))
  if (!parsed.success)
    throw new UserError(exitCode.unreadable, `${file} is not a study config:\n${indented(z.prettifyError(parsed.error))}`)
  const folder = path.dirname(file)
  const { websiteSearches, register, comparison } = parsed.data
  if (comparison?.group === roleInRegister && register === undefined)
    throw new UserError(exitCode.unreadable, `${file}: the comparison needs a column (group), or a register that says who was an exemplar`)
  const questions = withRoles(await questionnaireOf(parsed.data.questionnaire, folder), comparison)
  const unknown = unknownNames(parsed.data, questions, register === undefined ? [] : [roleInRegister])
  if (unknown.length > 0)
    throw new UserError(exitCode.unreadable, `${file} is not a study config:\n${unknown.map((line) => `  ✖ ${line}`).join('\n')}`)
  return {
    ...parsed.data,
    ...(websiteSearches === undefined ? {} : { websiteSearches: path.resolve(folder, websiteSearches) }),
    questions,
    register: register === undefined ? null : await loadRegister(path.resolve(folder, register.file), register.askedFrom),
  }
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

/** The questionnaire with a column for roles in the programme, where the comparison is by one that the questionnaire lacks. */
function withRoles(questions: Questionnaire, comparison: z.infer<typeof configSchema>['comparison']): Questionnaire {
  const groups = questions.groups ?? []
  if (comparison?.byRole !== true || comparison.group === roleInRegister || groups.some(({ id }) => id === comparison.group))
    return questions
  const roles = { id: comparison.group, label: 'Role in the Global Digital Exemplar programme', values: [...fundingRoles] }
  return { ...questions, groups: [...groups, roles] }
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
    throw new UserError(exitCode.unreadable, `cannot read ${file}: ${reasonOf(error)}`)
  })
  if (text.trim() === '') throw new UserError(exitCode.unreadable, `${file} is empty`)
  try {
    return parseYaml(text)
  } catch (error) {
    throw new UserError(exitCode.unreadable, `${file} is neither YAML nor JSON: ${(error as Error).message.split('\n')[0]}`)
  }
}

const indented = (text: string): string => text.replace(/^/gm, '  ')
