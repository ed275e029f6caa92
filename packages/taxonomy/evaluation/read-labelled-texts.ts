import { readFileSync } from 'node:fs'
import type { LabelledText } from '../src/index.ts'

const isListOfText = (value: unknown): value is readonly string[] => Array.isArray(value) && value.every((item) => typeof item === 'string')

/**
 * Reads labelled texts, one JSON object a line; a fault is named with its line.
 *
 * Needed are `text` and `gold`; `mentioned` is `gold` where it is missing, and `id` the number of the line.
 */
export function readLabelledTexts(file: string): readonly LabelledText[] {
  let lines: readonly string[]
  try {
    lines = readFileSync(file, 'utf8')
      .replace(/^\ufeff/, '')
      .split(/\r?\n/)
  } catch (error) {
    throw new Error(
      `cannot read ${file}: ${(error as NodeJS.ErrnoException).code === 'ENOENT' ? 'there is no such file' : String(error)}`,
      {
        cause: error,
      },
    )
  }
  const texts = lines.flatMap((line, index) => {
    if (line.trim() === '') return []
    try {
      const value = JSON.parse(line) as Partial<LabelledText> | null
      if (typeof value?.text !== 'string') throw new Error('needs "text", a string')
      if (!isListOfText(value.gold)) throw new Error('needs "gold", a list of identifiers')
      const mentioned = value.mentioned ?? value.gold
      if (!isListOfText(mentioned)) throw new Error('"mentioned" is no list of identifiers')
      return [{ ...value, id: String(value.id ?? index + 1), mentioned } as LabelledText]
    } catch (error) {
      throw new Error(`${file}, line ${index + 1}: ${error instanceof Error ? error.message : String(error)}`, { cause: error })
    }
  })
  if (texts.length === 0) throw new Error(`${file} holds no texts: one JSON object a line, with "text" and "gold"`)
  return texts
}
