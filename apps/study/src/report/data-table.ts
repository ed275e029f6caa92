import { escapeCell } from './escape-cell.ts'
import { html, type Markup } from './html.ts'

/** A table of the report: shown as HTML, and given as CSV beside it. */
export interface DataTable {
  readonly caption: string
  readonly columns: readonly { readonly head: string; readonly isNumber?: boolean }[]
  readonly rows: readonly (readonly string[])[]
  /** Name of the CSV file, without its ending. */
  readonly name: string
  /** What has to stand with the numbers wherever the table goes: where they come from, and how groups are defined. */
  readonly notes?: readonly TableNote[]
  /** Whether it is so long that a page shows it only when asked to. */
  readonly isLong?: boolean
}

/** A note by its name, which heads a column of the CSV. */
export interface TableNote {
  readonly name: string
  readonly text: string
}

/** The notes of a table as one line of text. */
export function notesText({ notes = [] }: Pick<DataTable, 'notes'>): string {
  return notes.map(({ name, text }) => `${name}: ${text.replace(/\.$/, '')}.`).join(' ')
}

/** The table with its caption and its CSV, scrollable by keyboard where it is wider than the page. */
export function dataTable(table: DataTable): Markup {
  if (table.isLong !== true) return wholeTable(table)
  return html`<details class="nhsuk-details">
    <summary class="nhsuk-details__summary">
      <span class="nhsuk-details__summary-text">${table.caption} (${table.rows.length} rows)</span>
    </summary>
    <div class="nhsuk-details__text">${wholeTable(table)}</div>
  </details>`
}

function wholeTable(table: DataTable): Markup {
  const { caption, columns, rows, name, notes = [] } = table
  const csv = csvOf(table)
  return html`<div class="report-scroll" tabindex="0" role="region" aria-label="${caption}">
      <table class="nhsuk-table">
        <caption class="nhsuk-table__caption nhsuk-table__caption--s">
          <span class="report-caption">${caption}</span>
        </caption>
        <thead class="nhsuk-table__head">
          <tr>
            ${columns.map(({ head, isNumber }) => html`<th scope="col" class="${isNumber ? 'report-number' : ''}">${head}</th>`)}
          </tr>
        </thead>
        <tbody class="nhsuk-table__body">
          ${rows.map(
            (row) =>
              html`<tr class="nhsuk-table__row">
                ${row.map((cell, j) =>
                  j === 0
                    ? html`<th scope="row" class="nhsuk-table__cell">${cell}</th>`
                    : html`<td class="nhsuk-table__cell${columns[j]?.isNumber ? ' report-number' : ''}">${cell}</td>`,
                )}
              </tr>`,
          )}
        </tbody>
      </table>
    </div>
    ${notes.length === 0 ? null : html`<p class="report-note">${notesText(table)}</p>`}
    <p class="report-csv">
      <a download="${name}.csv" href="data:text/csv;charset=utf-8;base64,${Buffer.from(csv).toString('base64')}">${caption}: CSV</a>
    </p>`
}

/** A table as CSV that a spreadsheet opens without running anything; its notes are its last columns, so that they stay with every row. */
export function csvOf({ columns, rows, notes = [] }: Pick<DataTable, 'columns' | 'rows' | 'notes'>): string {
  const line = (cells: readonly string[]): string => cells.map((cell) => quoted(escapeCell(cell))).join(',')
  const heads = [...columns.map(({ head }) => head), ...notes.map(({ name }) => name)]
  const texts = notes.map(({ text }) => text)
  return `\ufeff${[line(heads), ...rows.map((row) => line([...row, ...texts]))].join('\r\n')}\r\n`
}

const quoted = (cell: string): string => (/[",\r\n]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell)
