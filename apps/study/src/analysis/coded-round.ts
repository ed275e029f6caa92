import { type FoiResponse } from '@open-digital-capability/schema'
import { technologies } from '@open-digital-capability/taxonomy'
import { roleInRegister, type StudyConfig } from '../config.ts'
import { classifiedText } from './disclosed-text.ts'
import { growingCodes } from './growing-codes.ts'
import { fieldOf } from './grouping.ts'
import { type FactPatterns, factPatterns } from './fact-patterns.ts'
import { variablesOf, type Variable } from './variable.ts'

/** A variable with what each organisation answered, as the position of its level; see {@link missingCode} and {@link notAskedCode}. */
export interface CodedVariable extends Pick<Variable, 'id' | 'label' | 'levels' | 'isOrdered' | 'isQuestion'> {
  readonly codes: Int32Array
}

/** A column that organisations are grouped by: its values in the order of the alphabet, and −1 where it is not known. */
export interface CodedField {
  readonly labels: readonly string[]
  readonly codes: Int32Array
}

/** The technologies that each organisation discloses: those of organisation i stand from `starts[i]` to `starts[i + 1]`. */
export interface Disclosures {
  readonly ids: readonly string[]
  readonly starts: Int32Array
  readonly technologies: Int32Array
  /** Whether the organisation gave a text about technologies: 1 or 0. */
  readonly hasText: Int32Array
}

/** A round of answers as numbers, so that a million organisations need the memory of numbers and not of records. */
export interface CodedRound {
  /** Organisations in the file. */
  readonly size: number
  /** Whether each responded, in full or in part: 1 or 0. */
  readonly responded: Int32Array
  /** Whether each refused: 1 or 0. */
  readonly refused: Int32Array
  readonly variables: readonly CodedVariable[]
  readonly fields: ReadonlyMap<string, CodedField>
  readonly disclosures: Disclosures
  /** What the rules of the recommendations read of each organisation. */
  readonly facts: FactPatterns
  /** Names or codes of the organisations, in their order; empty where there are too many to read. */
  readonly organisations: readonly string[]
}

/** Up to how many organisations are kept by name, for a list of advice that somebody could read. */
const namedAtMost = 2_000

/** Code of an organisation that was asked and gave no usable answer. */
export const missingCode = ({ levels }: Pick<CodedVariable, 'levels'>): number => levels.length

/** Code of an organisation that was not asked, or did not respond. */
export const notAskedCode = ({ levels }: Pick<CodedVariable, 'levels'>): number => levels.length + 1

/** Takes records one by one and keeps of each what the study counts. */
export function roundCoder(config: StudyConfig): { readonly add: (record: FoiResponse) => void; readonly done: () => CodedRound } {
  const variables = variablesOf(config.questions).map((variable) => ({
    variable,
    codeOf: new Map(variable.levels.map((level, code) => [level, code])),
    codes: growingCodes(),
  }))
  const wanted = [config.comparison?.group, ...config.groups, config.stratifyBy].filter((field) => field !== undefined)
  const fields = [...new Set(wanted)].map((field) => ({ field, seen: new Map<string, number>(), codes: growingCodes() }))
  const ids = technologies().map(({ id }) => id as string)
  const positionOf = new Map(ids.map((id, position) => [id, position]))
  const starts = growingCodes()
  const disclosed = growingCodes()
  const hasText = growingCodes()
  const responded = growingCodes()
  const refused = growingCodes()
  const facts = factPatterns(config)
  const classify = classifiedText(config.questions)
  const organisations: string[] = []
  let size = 0
  let named = 0
  return {
    add: (record) => {
      const text = classify(record)
      for (const { variable, codeOf, codes } of variables) {
        const found = variable.levelOf(record, text)
        codes.push(
          found.kind === 'level'
            ? (codeOf.get(found.level) ?? missingCode(variable))
            : found.kind === 'missing'
              ? missingCode(variable)
              : notAskedCode(variable),
        )
      }
      for (const { field, seen, codes } of fields) {
        const value = field === roleInRegister ? (config.register?.roles.get(record.organisation) ?? null) : fieldOf(record, field)
        if (value !== null && !seen.has(value)) seen.set(value, seen.size)
        codes.push(value === null ? -1 : (seen.get(value) as number))
      }
      starts.push(named)
      for (const id of text?.disclosed ?? []) {
        disclosed.push(positionOf.get(id) as number)
        named += 1
      }
      hasText.push(text === null ? 0 : 1)
      responded.push(record.status === 'answered' || record.status === 'answered-in-part' ? 1 : 0)
      refused.push(record.status === 'refused' ? 1 : 0)
      facts.add(record, text)
      if (size < namedAtMost) organisations.push(record.name ?? record.organisation)
      size += 1
    },
    done: () => {
      starts.push(named)
      return {
        size,
        responded: responded.done(),
        refused: refused.done(),
        variables: variables.map(({ variable: { id, label, levels, isOrdered, isQuestion }, codes }) => ({
          id,
          label,
          levels,
          isOrdered,
          isQuestion,
          codes: codes.done(),
        })),
        fields: new Map(fields.map(({ field, seen, codes }) => [field, inOrder([...seen.keys()], codes.done())])),
        disclosures: { ids, starts: starts.done(), technologies: disclosed.done(), hasText: hasText.done() },
        facts: facts.done(),
        organisations: size > namedAtMost ? [] : organisations,
      }
    },
  }
}

/** Values in the order of the alphabet instead of that of the file. */
function inOrder(found: readonly string[], codes: Int32Array): CodedField {
  const labels = [...found].sort()
  const places = found.map((label) => labels.indexOf(label))
  return { labels, codes: codes.map((code) => (code < 0 ? -1 : (places[code] as number))) }
}
