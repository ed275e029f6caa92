import { acceptedValues, comparisonOf, type Condition, indicatorConditions, indicatorsOf } from '../model/condition.ts'
import { comparisonValues, type Indicator } from '../model/indicator.ts'
import { type Model } from '../model/model.ts'
import { requiredThresholds } from '../model/threshold.ts'
import { didYouMean } from '../wording/did-you-mean.ts'
import { type Finding, type FindingCode } from './finding.ts'

const warnings: ReadonlySet<FindingCode> = new Set(['unused-threshold', 'bare-number'])

/** Faults of names: what is named must exist, once, and be of a kind that can be asked so. */
export function lintReferences(model: Model): readonly Finding[] {
  const findings: Finding[] = []
  const indicators = new Map(model.indicators.map((indicator) => [indicator.id, indicator]))
  const thresholds = new Set(model.thresholds.map(({ id }) => id))
  const shares = idsOf(model.indicators.filter(({ kind }) => kind === 'share'))
  const report = (code: FindingCode, path: string, message: string, rules: readonly string[] = []): void => {
    findings.push({ code, severity: warnings.has(code) ? 'warning' : 'error', rules, path, message, witness: null })
  }

  for (const list of ['themes', 'barriers', 'thresholds', 'indicators', 'rules'] as const) {
    const seen = new Set<string>()
    for (const { id } of model[list]) {
      if (seen.has(id)) report('duplicate-id', `${list}/${id}`, `two entries of ${list} have the id "${id}"`)
      seen.add(id)
    }
  }

  const usedThresholds = new Set<string>(requiredThresholds)
  const checkCondition = (condition: Condition, path: string, rules: readonly string[]): void => {
    for (const part of indicatorConditions(condition)) {
      const indicator = indicators.get(part.indicator)
      if (!indicator) {
        report(
          'unknown-indicator',
          path,
          `there is no indicator "${part.indicator}"${didYouMean(part.indicator, [...indicators.keys()])}`,
          rules,
        )
        continue
      }
      const compared = comparisonOf(part)
      if (compared && typeof compared.limit !== 'number') {
        const { threshold } = compared.limit
        usedThresholds.add(threshold)
        if (!thresholds.has(threshold))
          report('unknown-threshold', path, `there is no threshold "${threshold}"${didYouMean(threshold, [...thresholds])}`, rules)
      }
      if (compared && typeof compared.limit === 'number') {
        const message = `the limit ${compared.limit} of "${indicator.id}" has no reason: name it as a threshold, so that it can be looked up, argued with and tried at other values`
        report('bare-number', path, message, rules)
      }
      if (compared && indicator.kind !== 'number' && indicator.kind !== 'share') {
        report('wrong-kind', path, `"${indicator.id}" is ${article(indicator)}, which has values and no size: use "is" or "in"`, rules)
      }
      if (!compared && (indicator.kind === 'number' || indicator.kind === 'share')) {
        report(
          'wrong-kind',
          path,
          `"${indicator.id}" is ${article(indicator)}, which has a size and no values: use "below", "atMost", "atLeast" or "above"`,
          rules,
        )
      }
      if (!compared && (indicator.kind === 'answer' || indicator.kind === 'comparison')) {
        const values: readonly string[] = indicator.kind === 'answer' ? indicator.values : comparisonValues
        for (const value of acceptedValues(part as { readonly indicator: string; readonly is: string })) {
          if (!values.includes(value))
            report(
              'unknown-value',
              path,
              `"${indicator.id}" is never "${value}": it is ${values.join(', ')}${didYouMean(value, values)}`,
              rules,
            )
        }
      }
    }
  }

  for (const id of requiredThresholds)
    if (!thresholds.has(id)) report('unknown-threshold', 'thresholds', `the threshold "${id}" is missing, by which evidence is judged`)
  for (const indicator of model.indicators) {
    const path = `indicators/${indicator.id}`
    if ('askedIf' in indicator && indicator.askedIf) {
      checkCondition(indicator.askedIf, `${path}/askedIf`, [])
      if (comesBack(indicator.id, indicators))
        report('circular-skip-logic', `${path}/askedIf`, `whether "${indicator.id}" is asked hangs on its own answer`)
    }
    if (indicator.kind === 'share' && indicator.of)
      checkCondition({ indicator: indicator.of.indicator, in: indicator.of.in }, `${path}/of`, [])
    if (indicator.kind === 'comparison') {
      for (const id of indicator.over)
        if (indicators.get(id)?.kind !== 'share')
          report('unknown-indicator', `${path}/over`, `there is no share "${id}"${didYouMean(id, shares)}`)
    }
  }
  for (const rule of model.rules) {
    const path = `rules/${rule.id}`
    if (!model.themes.some(({ id }) => id === rule.theme))
      report('unknown-theme', `${path}/theme`, `there is no theme "${rule.theme}"${didYouMean(rule.theme, idsOf(model.themes))}`, [rule.id])
    if (rule.barrier !== undefined && !model.barriers.some(({ id }) => id === rule.barrier)) {
      const hint = didYouMean(rule.barrier, idsOf(model.barriers))
      report('unknown-barrier', `${path}/barrier`, `there is no barrier "${rule.barrier}"${hint}`, [rule.id])
    }
    for (const part of ['appliesTo', 'when'] as const) {
      const condition = rule[part]
      if (!condition) continue
      checkCondition(condition, `${path}/${part}`, [rule.id])
      for (const id of indicatorsOf(condition)) {
        const kind = indicators.get(id)?.kind
        if (rule.subject === 'trust' && (kind === 'share' || kind === 'comparison')) {
          report('wrong-subject', `${path}/${part}`, `a single trust has no ${kind} "${id}": only groups have`, [rule.id])
        }
      }
    }
    for (const id of rule.evidence) {
      if (indicators.get(id)?.kind !== 'share')
        report('unknown-indicator', `${path}/evidence`, `there is no share "${id}" to show as evidence${didYouMean(id, shares)}`, [rule.id])
    }
  }
  for (const { id } of model.thresholds) {
    if (!usedThresholds.has(id)) report('unused-threshold', `thresholds/${id}`, `nothing looks at the threshold "${id}"`)
  }
  return findings
}

function idsOf(entries: readonly { readonly id: string }[]): readonly string[] {
  return entries.map(({ id }) => id)
}

function article({ kind }: Indicator): string {
  return kind === 'answer' ? 'an answer' : `a ${kind}`
}

function comesBack(start: string, indicators: ReadonlyMap<string, Indicator>): boolean {
  const seen = new Set<string>()
  const open = [start]
  for (let id = open.pop(); id !== undefined; id = open.pop()) {
    const indicator = indicators.get(id)
    if (!indicator || !('askedIf' in indicator) || !indicator.askedIf) continue
    for (const next of indicatorsOf(indicator.askedIf)) {
      if (next === start) return true
      if (!seen.has(next)) open.push(next)
      seen.add(next)
    }
  }
  return false
}
