import { zipSync } from 'fflate'
import { columnLetters as columnName } from '../read/issue.ts'
import { withoutControlCharacters } from '../responses/text-value.ts'

/** A sheet of a workbook that is written: texts only, so that no cell can be a formula. */
export interface SheetToWrite {
  /** Name: at most 31 characters, none of `[]:*?/\`. */
  readonly name: string
  /** The rows of cells; the first is shown in bold and stays in view. */
  readonly rows: readonly (readonly string[])[]
  /** Widths of the columns, in characters. */
  readonly widths: readonly number[]
  /** Lists to choose from, by the number of the column from 0; offered in the rows below the first. */
  readonly choices: ReadonlyMap<number, readonly string[]>
}

const head = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
const main = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main'
const documents = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships'
const packages = 'http://schemas.openxmlformats.org/package/2006'
/** A list that stands in the sheet itself may have 255 characters; a longer one is left out, and the notes have it. */
const longestList = 255
const rowsToFill = 1_000

/** The bytes of an XLSX workbook. The same sheets give the same bytes: no clock and no name of a program goes in. */
export function writeWorkbook(sheets: readonly SheetToWrite[]): Uint8Array {
  const sheetPath = (index: number): string => `worksheets/sheet${index + 1}.xml`
  const part = (name: string, type: string): string =>
    `<Override PartName="${name}" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.${type}+xml"/>`
  const parts: Record<string, string> = {
    '[Content_Types].xml': `${head}<Types xmlns="${packages}/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/>${part('/xl/workbook.xml', 'sheet.main')}${part('/xl/styles.xml', 'styles')}${sheets.map((_, index) => part(`/xl/${sheetPath(index)}`, 'worksheet')).join('')}</Types>`,
    '_rels/.rels': `${head}<Relationships xmlns="${packages}/relationships"><Relationship Id="rId1" Type="${documents}/officeDocument" Target="xl/workbook.xml"/></Relationships>`,
    'xl/workbook.xml': `${head}<workbook xmlns="${main}" xmlns:r="${documents}"><sheets>${sheets.map(({ name }, index) => `<sheet name="${escaped(name)}" sheetId="${index + 1}" r:id="rId${index + 1}"/>`).join('')}</sheets></workbook>`,
    'xl/_rels/workbook.xml.rels': `${head}<Relationships xmlns="${packages}/relationships">${sheets.map((_, index) => `<Relationship Id="rId${index + 1}" Type="${documents}/worksheet" Target="${sheetPath(index)}"/>`).join('')}<Relationship Id="rId${sheets.length + 1}" Type="${documents}/styles" Target="styles.xml"/></Relationships>`,
    // Style 1 is bold, style 2 is text: what is typed in stays as it was typed.
    'xl/styles.xml': `${head}<styleSheet xmlns="${main}"><fonts count="2"><font><sz val="11"/><name val="Calibri"/></font><font><b/><sz val="11"/><name val="Calibri"/></font></fonts><fills count="2"><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill></fills><borders count="1"><border><left/><right/><top/><bottom/><diagonal/></border></borders><cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs><cellXfs count="3"><xf numFmtId="0" fontId="0" fillId="0" borderId="0" xfId="0"/><xf numFmtId="49" fontId="1" fillId="0" borderId="0" xfId="0" applyNumberFormat="1" applyFont="1" applyAlignment="1"><alignment vertical="top" wrapText="1"/></xf><xf numFmtId="49" fontId="0" fillId="0" borderId="0" xfId="0" applyNumberFormat="1" applyAlignment="1"><alignment vertical="top" wrapText="1"/></xf></cellXfs><cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles></styleSheet>`,
  }
  for (const [index, sheet] of sheets.entries()) parts[`xl/${sheetPath(index)}`] = sheetXml(sheet)
  const encoder = new TextEncoder()
  const files = Object.fromEntries(Object.entries(parts).map(([name, xml]) => [name, encoder.encode(xml)]))
  // Archives keep local time, so a local midnight gives the same bytes in every time zone.
  return zipSync(files, { level: 6, mtime: new Date(1980, 0, 1) })
}

function sheetXml({ rows, widths, choices }: SheetToWrite): string {
  const columns = widths
    .map((width, index) => `<col min="${index + 1}" max="${index + 1}" width="${width}" style="2" customWidth="1"/>`)
    .join('')
  const body = rows
    .map((cells, row) => {
      const texts = cells.map((cell, column) =>
        cell === ''
          ? ''
          : `<c r="${columnName(column)}${row + 1}" s="${row === 0 ? 1 : 2}" t="inlineStr"><is><t xml:space="preserve">${escaped(cell)}</t></is></c>`,
      )
      return `<row r="${row + 1}">${texts.join('')}</row>`
    })
    .join('')
  const lists = [...choices]
    .map(([column, values]) => ({ column, list: values.map((value) => value.replaceAll('"', '""')).join(',') }))
    .filter(({ column, list }) => list.length <= longestList && !(choices.get(column) ?? []).some((value) => value.includes(',')))
    .map(({ column, list }) => {
      const range = `${columnName(column)}2:${columnName(column)}${rowsToFill + 1}`
      return `<dataValidation type="list" allowBlank="1" showErrorMessage="0" sqref="${range}"><formula1>"${escaped(list)}"</formula1></dataValidation>`
    })
  const validations = lists.length === 0 ? '' : `<dataValidations count="${lists.length}">${lists.join('')}</dataValidations>`
  return `${head}<worksheet xmlns="${main}"><sheetViews><sheetView workbookViewId="0"><pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" state="frozen"/></sheetView></sheetViews><cols>${columns}</cols><sheetData>${body}</sheetData>${validations}</worksheet>`
}

function escaped(text: string): string {
  return withoutControlCharacters(text)
    .replace(/_x(?=[0-9A-Fa-f]{4}_)/g, '_x005F_x')
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')
    .replaceAll('\r', '_x000D_')
}
