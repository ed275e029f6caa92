import { type Model } from '@open-digital-capability/recommendations'
import { stringify } from 'yaml'

/** A model as somebody would write it by hand: bare text for sentences of ours, and no list that is empty. */
export function rulesYaml(model: Model): string {
  return `# A model of recommendations: edit it, then check it with "study rules FILE".\n# How it is written: docs/write-a-recommendation.md.\n${stringify(asWritten(model), { lineWidth: 120 })}`
}

function asWritten(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(asWritten)
  if (typeof value !== 'object' || value === null) return value
  if ('text' in value && 'whose' in value && value.whose === 'ours') return value.text
  return Object.fromEntries(
    Object.entries(value)
      .filter(([, part]) => !Array.isArray(part) || part.length > 0)
      .map(([key, part]) => [key, asWritten(part)]),
  )
}
