import { readFileSync } from 'node:fs'
import type { LabelledText } from '../src/index.ts'

/** Reads labelled texts, one JSON object a line; a fault is named with its line. */
export function readLabelledTexts(file: string): readonly LabelledText[] {
  return readFileSync(file, 'utf8')
    .split('\n')
    .flatMap((line, index) => {
      if (line.trim() === '') return []
      try {
        const value = JSON.parse(line) as Partial<LabelledText>
        if (typeof value.text !== 'string' || !Array.isArray(value.gold) || !Array.isArray(value.mentioned))
          throw new Error('needs text, gold and mentioned')
        return [{ ...value, id: value.id ?? String(index + 1) } as LabelledText]
      } catch (error) {
        throw new Error(`${file}, line ${index + 1}: ${error instanceof Error ? error.message : String(error)}`, { cause: error })
      }
    })
}
