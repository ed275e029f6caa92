import { strToU8, zipSync, type Zippable } from 'fflate'
import { type DataTable, notesText } from './data-table.ts'
import { type TextDocument } from './text-document.ts'

/** Days have to be in a ZIP file; this is the first that it can hold, so that the same report is the same bytes. */
const noDay = new Date(1980, 0, 1)

/**
 * A document for a word processor (Office Open XML): headings that make a table of contents, captions in the caption style, tables whose
 * heads repeat on every page. Whatever comes out of the data is text; nothing in it is a field or a link.
 */
export function docx({ title, intro, sections }: TextDocument): Uint8Array {
  const body = [
    paragraph(title, 'Title'),
    ...intro.map((text) => paragraph(text)),
    ...sections.flatMap(({ title: heading, paragraphs, tables }) => [
      paragraph(heading, 'Heading1'),
      ...paragraphs.map((text) => paragraph(text)),
      ...tables.map(tableOf),
    ]),
    '<w:sectPr><w:pgSz w:w="16838" w:h="11906" w:orient="landscape"/><w:pgMar w:top="1134" w:right="1134" w:bottom="1134" w:left="1134" w:header="567" w:footer="567" w:gutter="0"/></w:sectPr>',
  ].join('')
  const core = `<cp:coreProperties xmlns:cp="${packageSpace}/metadata/core-properties" xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:title>${text(title)}</dc:title><dc:language>en-GB</dc:language></cp:coreProperties>`
  const files: Readonly<Record<string, string>> = {
    '[Content_Types].xml': contentTypes,
    '_rels/.rels': relationships,
    'docProps/core.xml': core,
    'word/_rels/document.xml.rels': documentRelationships,
    'word/styles.xml': styles,
    'word/document.xml': `<w:document xmlns:w="${wordSpace}"><w:body>${body}</w:body></w:document>`,
  }
  const entries = Object.entries(files).map(([name, xml]) => [name, [strToU8(declaration + xml), { mtime: noDay }]])
  return zipSync(Object.fromEntries(entries) as Zippable)
}

/** A table with its caption above it and its notes below, as wide as the page. */
function tableOf(table: DataTable): string {
  const { caption, columns, rows } = table
  const cell = (content: string, j: number, isHead: boolean): string =>
    `<w:tc><w:tcPr><w:tcW w:w="0" w:type="auto"/></w:tcPr>${paragraph(content, isHead ? 'TableHead' : 'TableText', columns[j]?.isNumber === true)}</w:tc>`
  const row = (cells: readonly string[], isHead: boolean): string =>
    `<w:tr><w:trPr><w:cantSplit/>${isHead ? '<w:tblHeader/>' : ''}</w:trPr>${cells.map((content, j) => cell(content, j, isHead)).join('')}</w:tr>`
  const border = (side: string): string => `<w:${side} w:val="single" w:sz="4" w:space="0" w:color="768692"/>`
  const notes = notesText(table)
  return [
    paragraph(caption, 'Caption'),
    '<w:tbl><w:tblPr><w:tblW w:w="5000" w:type="pct"/>',
    `<w:tblBorders>${['top', 'bottom', 'insideH'].map(border).join('')}</w:tblBorders>`,
    `<w:tblLook w:val="0020" w:firstRow="1"/></w:tblPr><w:tblGrid>${columns.map(() => '<w:gridCol/>').join('')}</w:tblGrid>`,
    row(
      columns.map(({ head }) => head),
      true,
    ),
    ...rows.map((cells) => row(cells, false)),
    '</w:tbl>',
    paragraph(notes, 'TableNote'),
  ].join('')
}

function paragraph(content: string, style?: string, isRight = false): string {
  const styled = style === undefined ? '' : `<w:pStyle w:val="${style}"/>`
  const aligned = isRight ? '<w:jc w:val="right"/>' : ''
  return `<w:p><w:pPr>${styled}${aligned}</w:pPr><w:r><w:t xml:space="preserve">${text(content)}</w:t></w:r></w:p>`
}

/** Text that XML reads as text; signs that XML 1.0 knows no way to write are left out. */
function text(content: string): string {
  return content
    .replace(/[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/gu, '')
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
}

const declaration = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
const packageSpace = 'http://schemas.openxmlformats.org/package/2006'
const officeSpace = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships'
const wordSpace = 'http://schemas.openxmlformats.org/wordprocessingml/2006/main'
const wordType = 'application/vnd.openxmlformats-officedocument.wordprocessingml'

const contentTypes = `<Types xmlns="${packageSpace}/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/><Override PartName="/word/document.xml" ContentType="${wordType}.document.main+xml"/><Override PartName="/word/styles.xml" ContentType="${wordType}.styles+xml"/><Override PartName="/docProps/core.xml" ContentType="application/vnd.openxmlformats-package.core-properties+xml"/></Types>`

const relationships = `<Relationships xmlns="${packageSpace}/relationships"><Relationship Id="rId1" Type="${officeSpace}/officeDocument" Target="word/document.xml"/><Relationship Id="rId2" Type="${packageSpace}/relationships/metadata/core-properties" Target="docProps/core.xml"/></Relationships>`

const documentRelationships = `<Relationships xmlns="${packageSpace}/relationships"><Relationship Id="rId1" Type="${officeSpace}/styles" Target="styles.xml"/></Relationships>`

/** A paragraph style: its name, size in half points, and what else it sets. */
const style = (id: string, name: string, halfPoints: number, more = '', isBold = false): string =>
  `<w:style w:type="paragraph" w:styleId="${id}"><w:name w:val="${name}"/><w:basedOn w:val="Normal"/><w:qFormat/><w:pPr>${more}</w:pPr><w:rPr>${isBold ? '<w:b/>' : ''}<w:sz w:val="${halfPoints}"/></w:rPr></w:style>`

const styles = `<w:styles xmlns:w="${wordSpace}"><w:docDefaults><w:rPrDefault><w:rPr><w:rFonts w:ascii="Arial" w:hAnsi="Arial" w:cs="Arial"/><w:sz w:val="22"/><w:lang w:val="en-GB"/></w:rPr></w:rPrDefault></w:docDefaults><w:style w:type="paragraph" w:default="1" w:styleId="Normal"><w:name w:val="Normal"/><w:pPr><w:spacing w:after="120"/></w:pPr></w:style>${[
  style('Title', 'Title', 40, '<w:spacing w:after="240"/>', true),
  style('Heading1', 'heading 1', 32, '<w:keepNext/><w:spacing w:before="360" w:after="120"/><w:outlineLvl w:val="0"/>', true),
  style('Caption', 'caption', 22, '<w:keepNext/><w:spacing w:before="240" w:after="80"/>', true),
  style('TableHead', 'Table Head', 18, '<w:keepNext/><w:spacing w:before="20" w:after="20"/>', true),
  style('TableText', 'Table Text', 18, '<w:spacing w:before="20" w:after="20"/>'),
  style('TableNote', 'Table Note', 18, '<w:spacing w:before="60" w:after="200"/>'),
].join('')}</w:styles>`
