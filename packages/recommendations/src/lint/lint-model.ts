import { resolveThresholds } from '../logic/resolved-thresholds.ts'
import { type Model } from '../model/model.ts'
import { claimFaults, spellingFaults } from '../wording/claims.ts'
import { readingGrade } from '../wording/reading-grade.ts'
import { type Finding } from './finding.ts'
import { lintCaps } from './lint-caps.ts'
import { lintLogic } from './lint-logic.ts'
import { lintReferences } from './lint-references.ts'
import { modelTexts } from './model-texts.ts'

/** The grade of school above which a text of ours counts as hard to read. */
const hardestGrade = 8

/** Texts shorter than this have no grade worth speaking of. */
const fewestWords = 5

/**
 * What is wrong with a model, each fault with what shows it: names that do not exist, rules that can never apply, rules that contradict
 * each other or make no difference, and texts that claim too much or are hard to read.
 *
 * Faults of logic are found by trying every combination of values that conditions can tell apart; a rule is looked at where its names
 * are in order.
 *
 * @param model - the model, as {@link parseModel} gives it
 * @returns the findings: names first, then caps, logic and texts, each in the order of the model
 *
 * @example
 * ```ts @import.meta.vitest
 * const { studyModel } = await import('../model/study-model.ts')
 * const [rule] = studyModel.rules
 * const broken = { ...rule!, when: { all: [{ indicator: 'hasTeam', is: 'no' }, { indicator: 'openSource', is: 'never' }] } }
 * const finding = lintModel({ ...studyModel, rules: [broken] }).find(({ code }) => code === 'never-applies')
 *
 * expect(finding?.witness).toEqual({ conditions: ['hasTeam is yes', 'hasTeam is no'] })
 * expect(lintModel(studyModel)).toEqual([])
 * ```
 */
export function lintModel(model: Model): readonly Finding[] {
  const references = lintReferences(model)
  const errors = references.filter(({ severity }) => severity === 'error')
  const faulty = new Set(errors.flatMap(({ rules }) => rules))
  // A fault outside the rules, such as a missing threshold, leaves no ground to try values on.
  const isSound = errors.every(({ rules }) => rules.length > 0)
  const logic = isSound
    ? lintLogic(
        model,
        model.rules.filter(({ id }) => !faulty.has(id)),
        resolveThresholds(model),
      )
    : []
  return [...references, ...lintCaps(model), ...logic, ...lintTexts(model)]
}

function lintTexts(model: Model): readonly Finding[] {
  const findings: Finding[] = []
  for (const { path, rule, sentence, isProse } of modelTexts(model)) {
    const rules = rule === null ? [] : [rule]
    for (const { code, words } of claimFaults(sentence.text)) {
      const message = code === 'causal-claim' ? `“${words}” claims more than one survey can show` : `“${words}” speaks for the authors`
      findings.push({ code, severity: 'error', rules, path, message, witness: { conditions: [sentence.text] } })
    }
    if (!isProse) continue
    for (const { code, words } of spellingFaults(sentence.text)) {
      findings.push({
        code,
        severity: 'warning',
        rules,
        path,
        message: `“${words}” is American spelling`,
        witness: { conditions: [sentence.text] },
      })
    }
    const grade = readingGrade(sentence.text)
    if (grade > hardestGrade && sentence.text.split(/\s+/).length >= fewestWords) {
      const message = `needs ${grade.toFixed(1)} years of school to read, more than ${hardestGrade}`
      findings.push({ code: 'hard-to-read', severity: 'warning', rules, path, message, witness: { conditions: [sentence.text] } })
    }
  }
  return findings
}
