import { type Finding, type Model, type ModelDiff, type ModelIssue, modelPosition } from '@open-digital-capability/recommendations'

/** Faults in the form of a model, a line each, as compilers tell them: file, line and column first. */
export function issuesText(file: string, issues: readonly ModelIssue[]): string {
  const lines = issues.map(({ path, message, line, column }) => {
    const place = path.length === 0 ? '' : ` (${path.join('/')})`
    return `${file}:${line ?? 1}:${column ?? 1}: error: ${message}${place}`
  })
  return `${[...lines, counted(issues.length, 'fault')].join('\n')}\n`
}

/** What a linter found in a model, with what shows each fault. */
export function findingsText(file: string, text: string, model: Model, findings: readonly Finding[]): string {
  const lines = findings.flatMap(({ path, severity, code, message, witness }) => {
    const { line, column } = modelPosition(text, path)
    return [`${file}:${line}:${column}: ${severity}: ${message} [${code}] (${path})`, ...witnessLines(witness)]
  })
  const errors = findings.filter(({ severity }) => severity === 'error').length
  const warnings = findings.length - errors
  const summary = `${model.id} ${model.version}: ${counted(model.rules.length, 'rule')}, ${counted(errors, 'error')}, ${counted(warnings, 'warning')}`
  return `${[...lines, summary].join('\n')}\n`
}

function witnessLines(witness: Finding['witness']): readonly string[] {
  if (witness === null || 'conditions' in witness) return []
  const values = Object.entries(witness.values).map(([indicator, value]) => `${indicator} = ${value}`)
  return [`    for example: ${values.join(', ')}`]
}

/** What changed between two models, and which rules can come to something else. */
export function diffText({ from, to, changes, rules }: ModelDiff): string {
  const shown = (value: unknown): string => (JSON.stringify(value) ?? '').replace(/^(.{60}).+$/, '$1…')
  const words = {
    added: (after: unknown) => `added ${shown(after)}`,
    removed: () => 'removed',
    changed: (after: unknown, before: unknown) => `${shown(before)} → ${shown(after)}`,
  }
  const examples = rules.map(({ rule, example, before, after }) => {
    const values = Object.entries(example).map(([indicator, value]) => `${indicator} = ${value}`)
    return `  ${rule}: ${before} → ${after}, for example with ${values.join(', ')}`
  })
  return `${[
    '',
    `From ${from} to ${to}: ${counted(changes.length, 'change')}`,
    ...changes.map(({ path, kind, before, after }) => `  ${path}: ${words[kind](after, before)}`),
    examples.length === 0 ? 'No rule of both can come to something else.' : 'Rules of both that can come to something else:',
    ...examples,
  ].join('\n')}\n`
}

function counted(count: number, noun: string): string {
  return `${count === 0 ? 'no' : count} ${noun}${count === 1 ? '' : 's'}`
}
