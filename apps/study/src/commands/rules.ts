import { diffModels, lintModel, type Model, modelPosition, parseModel, studyModel } from '@open-digital-capability/recommendations'
import { type AddCommand } from '../cli.ts'
import { type RulesDocument } from '../documents.ts'
import { exitCode, UserError } from '../exit-code.ts'
import { diffText, findingsText, issuesText } from '../show/rules-text.ts'
import { rulesYaml } from '../show/rules-yaml.ts'
import { examples } from './examples.ts'
import { readInput } from './read-input.ts'
import { writeResult } from './write-result.ts'

/** `study rules [FILE]`: the rules that advice is given by, to edit; or a check of such a file. */
export const rulesCommand: AddCommand = (program, streams, ended) => {
  program
    .command('rules')
    .argument('[file]', 'a model of recommendations in YAML or JSON; without it the shipped one is printed, to edit')
    .description('print the rules that advice is given by, or check a file of your own')
    .option('--against <file>', 'also say what changed since this model, and for whom advice can change')
    .option('--json', 'print the result as JSON')
    .option('--out <file>', 'write to a file instead of the terminal')
    .addHelpText(
      'after',
      examples('rules --out rules.yaml', 'rules rules.yaml', 'rules rules.yaml --against rules-1.0.yaml', 'rules rules.yaml --json'),
    )
    .action(async (file: string | undefined, { against, json, out }: { against?: string; json?: boolean; out?: string }) => {
      if (file === undefined) {
        if (against !== undefined) throw new UserError(exitCode.usage, 'name the file that --against is compared with')
        await writeResult(json ? jsonText(studyModel) : rulesYaml(studyModel), out, streams)
        ended(exitCode.ok)
        return
      }
      const text = await textOf(file)
      const parsed = parseModel(text)
      const name = file.replace(/^.*[\\/]/, '')
      if (!parsed.success) {
        const { issues } = parsed
        const document: RulesDocument = { file: name, model: null, rules: 0, issues, findings: [], changes: null }
        await writeResult(json ? jsonText(document) : issuesText(file, issues), out, streams)
        ended(exitCode.findings)
        return
      }
      const { model } = parsed
      const findings = lintModel(model)
      const hasErrors = findings.some(({ severity }) => severity === 'error')
      // Rules with names that do not exist cannot be tried out.
      const changes = against === undefined || hasErrors ? null : diffModels(await modelOf(against), model)
      const document: RulesDocument = {
        file: name,
        model: { id: model.id, version: model.version },
        rules: model.rules.length,
        issues: [],
        findings: findings.map((finding) => ({ ...finding, ...modelPosition(text, finding.path) })),
        changes,
      }
      const shown = `${findingsText(file, text, model, findings)}${changes === null ? '' : diffText(changes)}`
      await writeResult(json ? jsonText(document) : shown, out, streams)
      ended(hasErrors ? exitCode.findings : exitCode.ok)
    })
}

const jsonText = (document: Model | RulesDocument): string => `${JSON.stringify(document, null, 2)}\n`

async function modelOf(file: string) {
  const parsed = parseModel(await textOf(file))
  if (parsed.success) return parsed.model
  const [issue] = parsed.issues
  throw new UserError(exitCode.unreadable, `${file} is no model: line ${issue?.line ?? 1}: ${issue?.message ?? ''}`)
}

async function textOf(file: string): Promise<string> {
  return new TextDecoder().decode(await readInput(file))
}
