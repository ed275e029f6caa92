/**
 * `npm run evaluate -w packages/taxonomy -- FILE.jsonl`: how the classifier does on labelled texts, as JSON.
 * Exit code 2 for wrong usage, 3 for a file that cannot be read.
 */
import path from 'node:path'
import { classifyText, evaluate } from '../src/index.ts'
import { readLabelledTexts } from './read-labelled-texts.ts'

const file = process.argv[2]
if (file === undefined || process.argv.length > 3) {
  console.error('usage: npm run evaluate -w packages/taxonomy -- FILE.jsonl')
  process.exit(2)
}
try {
  // npm runs scripts in the package; the file is named from where the command was typed.
  const texts = readLabelledTexts(path.resolve(process.env['INIT_CWD'] ?? process.cwd(), file))
  const { named, disclosed, emptyTextHitRate, disagreements } = evaluate(texts, classifyText)
  const measures = ({ precision, recall, f1 }: typeof named) => ({ precision, recall, f1 })
  const disclosing = (status: string): boolean => ['disclosed', 'used', 'planned'].includes(status)
  const listed = (wrong: (labelled: string, found: string) => 'named' | 'disclosed' | null) =>
    disagreements.flatMap(({ textId, technologyId, labelled, found, words }) => {
      const measure = wrong(labelled, found)
      return measure === null ? [] : [{ id: textId, technology: technologyId, measure, labelled, found, words }]
    })
  console.log(
    JSON.stringify(
      {
        texts: texts.length,
        named: measures(named),
        disclosed: measures(disclosed),
        emptyTextHitRate,
        falseHits: listed((labelled, found) =>
          labelled === 'absent' ? 'named' : !disclosing(labelled) && disclosing(found) ? 'disclosed' : null,
        ),
        misses: listed((labelled, found) =>
          found === 'absent' ? 'named' : disclosing(labelled) && !disclosing(found) ? 'disclosed' : null,
        ),
      },
      null,
      2,
    ),
  )
} catch (error) {
  console.error(`evaluate: ${error instanceof Error ? error.message : String(error)}`)
  process.exit(3)
}
