/**
 * Writes test/fixtures/workbook-exceljs-1904.xlsx, a workbook of an independent writer that counts days from 1904. Needs exceljs 4.4.0,
 * which is no dependency of this package; tests do not need this script. Afterwards LibreOffice 7.4.7 wrote the same sheet anew:
 *
 *     soffice --headless --convert-to xlsx:"Calc MS Excel 2007 XML" workbook-exceljs-1904.xlsx
 */
import path from 'node:path'
import exceljs from 'exceljs'

const book = new exceljs.Workbook()
book.properties.date1904 = true
book.created = book.modified = new Date(Date.UTC(2020, 0, 1))
const sheet = book.addWorksheet('Answers')
const day = (year, month, date, hour = 0, minute = 0) => new Date(Date.UTC(year, month - 1, date, hour, minute))
const rich = { richText: [{ text: 'Rich ', font: { bold: true } }, { text: 'text & <b>' }] }

sheet.addRow(['organisation', 'answered on', 'A team?', 'How many people?', 'Any comment?', 'Since when?', 'What share?'])
sheet.addRow(['R0A', day(2020, 7, 14), true, 1234.5, rich, day(1904, 2, 29), 0.455])
sheet.getCell('G2').numFmt = '0.0%'
const link = { text: 'link', hyperlink: 'https://example.org' }
sheet.addRow([
  'R0B',
  day(2020, 7, 15),
  { formula: '1=1', result: true },
  { formula: 'D2*2', result: 2469 },
  link,
  null,
  { error: '#DIV/0!' },
])
sheet.addRow(['R0C', '', { error: '#N/A' }, 1.5e21, 'plain', '2020-02-01', 1e-9])
sheet.addRow(['R0D', '', 'no', 7, '', day(2020, 2, 29, 12, 30), null])
sheet.mergeCells('E4:E5')
sheet.getRow(5).hidden = true
sheet.getColumn(7).hidden = true
book.addWorksheet('Hidden', { state: 'veryHidden' }).addRow(['x'])
book.addWorksheet('Empty')

await book.xlsx.writeFile(path.join(import.meta.dirname, '..', 'fixtures', 'workbook-exceljs-1904.xlsx'))
