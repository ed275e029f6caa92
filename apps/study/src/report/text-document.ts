import { type DataTable } from './data-table.ts'

/** A report without charts, for a word processor: headings, paragraphs and tables. */
export interface TextDocument {
  readonly title: string
  readonly intro: readonly string[]
  readonly sections: readonly {
    readonly title: string
    readonly paragraphs: readonly string[]
    readonly tables: readonly DataTable[]
  }[]
}
