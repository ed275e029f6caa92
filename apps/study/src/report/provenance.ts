import { type StudyResult } from '../pipeline.ts'
import { adjustmentNames } from '../show/adjustment-name.ts'
import { countText, levelText } from '../show/numbers.ts'
import { html, type Markup } from './html.ts'

/** What a reader needs to make the numbers again: a name and what stands for it. */
export type ProvenanceEntry = readonly [string, string]

const kinds = {
  supplied: 'Computed from supplied records. Nothing in this report is printed elsewhere, and nothing is made up.',
  synthetic:
    'Computed from synthetic records: every figure in this report is made up, apart from the margins that they were made to equal.',
} as const

/** Where the numbers of a round come from. */
export function roundProvenance({ provenance, reading, declared, agreement }: StudyResult): ProvenanceEntry[] {
  const { comparison } = declared
  return [
    ['Every figure', kinds[provenance.provenance]],
    ['Source', provenance.label],
    ...(provenance.collectedUntil === undefined ? [] : [['Collected until', provenance.collectedUntil] as const]),
    ['File', provenance.file],
    ['SHA-256 of the file', provenance.sha256],
    ...(provenance.register === null ? [] : [['Register', `${provenance.register.file}, SHA-256 ${provenance.register.sha256}`] as const]),
    ...(agreement === null ? [] : [['Website searches', `${agreement.file}, SHA-256 ${agreement.sha256}`] as const]),
    ['Read as', `${reading.format}${reading.sheet === null ? '' : `, sheet ${reading.sheet}`}`],
    [
      'Rows',
      `${countText(reading.rows)}, of which ${countText(reading.records)} became records and ${countText(reading.rejected)} did not`,
    ],
    [
      'Comparison declared',
      comparison === null ? 'none' : `${comparison.labels.join(' against ')} by ${comparison.group}: ${comparison.definition}`,
    ],
    [
      'Family declared',
      `${declared.family.length} questions (${declared.family.join(', ')}), P adjusted by ${adjustmentNames[declared.adjustment]}`,
    ],
    ['Levels declared', `intervals ${levelText(declared.confidenceLevel)}, threshold of P ${declared.threshold}`],
    ['Advice as of', declared.asOf ?? 'no day declared'],
    ...versionEntries(provenance.versions),
  ]
}

/** Versions, one entry a package. */
export function versionEntries(versions: Readonly<Record<string, string>>): ProvenanceEntry[] {
  return [
    [
      'Versions',
      Object.entries(versions)
        .map(([name, version]) => `${name.replace(/^.*\//, '')} ${version}`)
        .join(', '),
    ],
  ]
}

/** The entries as a list of names and values. */
export function provenanceList(entries: readonly ProvenanceEntry[]): Markup {
  return html`<dl class="nhsuk-summary-list report-provenance">
    ${entries.map(
      ([key, value]) =>
        html`<div class="nhsuk-summary-list__row">
          <dt class="nhsuk-summary-list__key">${key}</dt>
          <dd class="nhsuk-summary-list__value">${value}</dd>
        </div>`,
    )}
  </dl>`
}
