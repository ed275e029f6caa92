import { headerKey } from '../questionnaire/questionnaire.ts'
import { type Issue } from '../read/issue.ts'
import { clipped, columnLetters } from '../read/issue.ts'
import { createIssueLog } from '../read/issue-log.ts'
import { type DateOrder, parseDate } from '../read/parse-date.ts'
import { readTable, type TableOptions } from '../read/read-table.ts'
import { type FundingRole, fundingRoles, parseFundingRole } from './funding-group.ts'
import { odsCodeSchema, type OdsCode } from './ods-code.ts'
import { type Organisation, organisationSchema, type TrustType, trustTypes } from './organisation.ts'

/** How a register is read. */
export interface ReadRegisterOptions extends TableOptions {
  /**
   * `ods` is a file of the Organisation Data Service as downloaded (`etr.csv`, `ect.csv` and their like: no headers, 27 columns);
   * `headed` has a row of headers.
   *
   * @defaultValue `'detect'`: `ods` where the first row has 27 cells and starts with an ODS code
   */
  readonly layout?: 'detect' | 'ods' | 'headed'
  /** Order of day and month in dates such as `01/02/2020`. @defaultValue `'unknown'` */
  readonly dateOrder?: DateOrder
}

/** What came of reading a register. */
export interface ReadRegisterResult {
  /** The organisations, in the order of the rows. */
  readonly organisations: readonly Organisation[]
  /** What was wrong, in the order in which it was met. */
  readonly issues: readonly Issue[]
  /** What was read, in numbers. */
  readonly summary: {
    /** Rows that are not blank, without headers. */
    readonly rows: number
    /** Rows that became organisations. */
    readonly organisations: number
    /** Rows that did not, each with an error that says why. */
    readonly rejected: number
    /** Layout that the file has. */
    readonly layout: 'ods' | 'headed'
    /** Whether the file was read to its end. */
    readonly complete: boolean
  }
}

type Field = keyof Organisation

/** Columns of the files of the Organisation Data Service, by their place from 0. */
const odsColumns: Readonly<Partial<Record<Field, number>>> = { odsCode: 0, name: 1, regionCode: 2, opened: 10, closed: 11 }
const odsWidth = 27

/** Headers that a register may have, by field; the first that stands in the file counts. */
const headers: Readonly<Record<Field, readonly string[]>> = {
  odsCode: ['ods code', 'organisation code', 'org code', 'trust code', 'code'],
  name: ['name', 'organisation name', 'name 2020', 'org name', 'trust name', 'name latest ods'],
  trustType: ['type group', 'trust type', 'eric trust type', 'type'],
  region: ['nhs region', 'region', 'region name'],
  regionCode: ['nhs region code', 'region code', 'national grouping'],
  opened: ['ods open date', 'open date', 'opened', 'date opened'],
  closed: ['ods close date', 'close date', 'closed', 'date closed'],
  successors: ['successor ods', 'successors', 'successor', 'successor code'],
  fundingRole: ['gde role', 'funding role'],
}

const fields = Object.keys(headers) as Field[]

/** Regions of NHS England since April 2020, by code. */
const regionNames: ReadonlyMap<string, string> = new Map([
  ['Y56', 'London'],
  ['Y58', 'South West'],
  ['Y59', 'South East'],
  ['Y60', 'Midlands'],
  ['Y61', 'East of England'],
  ['Y62', 'North West'],
  ['Y63', 'North East and Yorkshire'],
])

/**
 * The organisations of a register that was supplied as CSV: a file of the Organisation Data Service as downloaded, or one with
 * headers. Columns besides those that an {@link Organisation} has are left alone.
 *
 * @remarks
 * The trust file `etr.csv` has NHS trusts and foundation trusts, Welsh ones too; care trusts are in `ect.csv`. A frame of English
 * trusts takes both files and the organisations whose region code starts with `Y`.
 *
 * @param source - the text, or its bytes
 * @param options - layout and order of dates
 *
 * @see https://digital.nhs.uk/services/organisation-data-service/export-data-files/csv-downloads
 *
 * @example
 * ```ts @import.meta.vitest
 * const csv = 'ods_code,name,open_date,close_date,successors\nRA3,Weston,1991-04-01,31/03/2020,RA7\nRA7,Bristol,19910401,,\n'
 *
 * const { organisations } = readRegister(csv)
 *
 * expect(organisations[0]).toEqual({ odsCode: 'RA3', name: 'Weston', opened: '1991-04-01', closed: '2020-03-31', successors: ['RA7'] })
 * ```
 */
export function readRegister(source: string | Uint8Array | ArrayBuffer, options: ReadRegisterOptions = {}): ReadRegisterResult {
  const { layout: wanted = 'detect', dateOrder = 'unknown' } = options
  const log = createIssueLog(options.maxIssues ?? 10_000)
  const { rows, complete } = readTable(source, log, options)
  const [first] = rows
  const looksLikeOds = first?.cells.length === odsWidth && odsCodeSchema.safeParse(first.cells[0]?.trim()).success
  const layout = wanted === 'detect' ? (looksLikeOds ? 'ods' : 'headed') : wanted

  const columns = layout === 'ods' ? new Map(Object.entries(odsColumns) as [Field, number][]) : columnsOf(first?.cells ?? [])
  const headerCells = layout === 'ods' ? [] : (first?.cells ?? [])
  const body = layout === 'ods' ? rows : rows.slice(1)
  const missing = (['odsCode', 'name', 'opened'] as const).filter((field) => !columns.has(field))
  if (first === undefined) log.addOfFile('error', 'empty-file', 'there is nothing to read', 'It should have a row an organisation.')
  else if (missing.length > 0) {
    log.addOfFile(
      'error',
      'missing-column',
      `there is no column for ${missing.join(', ')}`,
      `Headers: ${missing.map((field) => headers[field].join(' or ')).join('; ')}.`,
    )
  }

  const organisations: Organisation[] = []
  const rowOfCode = new Map<string, number>()
  let rejected = 0
  for (const { cells, row } of missing.length > 0 ? [] : body) {
    const complain = (severity: Issue['severity'], field: Field, code: Issue['code'], message: string, hint: string): void => {
      const index = columns.get(field) ?? 0
      log.add({
        severity,
        row,
        column: headerCells[index] ?? field,
        cell: `${columnLetters(index)}${row}`,
        value: clipped(cells[index] ?? ''),
        code,
        message,
        hint,
      })
    }
    const organisation = organisationOf(cells, columns, dateOrder, complain)
    const before = organisation && rowOfCode.get(organisation.odsCode)
    if (organisation !== undefined && before !== undefined) {
      complain(
        'error',
        'odsCode',
        'duplicate-organisation',
        `${organisation.odsCode} has a row already, row ${before}; this one was left out`,
        'Keep one row an organisation.',
      )
    }
    if (organisation === undefined || before !== undefined) {
      rejected += 1
      continue
    }
    rowOfCode.set(organisation.odsCode, row)
    organisations.push(organisation)
  }
  return {
    organisations,
    issues: log.issues,
    summary: { rows: organisations.length + rejected, organisations: organisations.length, rejected, layout, complete },
  }
}

function columnsOf(cells: readonly string[]): Map<Field, number> {
  const keys = cells.map(headerKey)
  const columns = new Map<Field, number>()
  for (const field of fields) {
    const names = [field, ...headers[field]]
    const index = names.map((name) => keys.indexOf(headerKey(name))).find((found) => found !== -1)
    if (index !== undefined) columns.set(field, index)
  }
  return columns
}

type Complain = (severity: Issue['severity'], field: Field, code: Issue['code'], message: string, hint: string) => void

function organisationOf(
  cells: readonly string[],
  columns: ReadonlyMap<Field, number>,
  dateOrder: DateOrder,
  complain: Complain,
): Organisation | undefined {
  const textOf = (field: Field): string => {
    const index = columns.get(field)
    return index === undefined ? '' : (cells[index] ?? '').trim()
  }
  const dateOf = (field: 'opened' | 'closed'): string | undefined => {
    const text = textOf(field)
    if (text === '') return undefined
    const parsed = parseDate(text, dateOrder)
    if (parsed.kind === 'date') return parsed.date
    const code = parsed.kind === 'ambiguous' ? 'ambiguous-date' : parsed.kind === 'impossible' ? 'impossible-date' : 'unreadable-answer'
    complain('error', field, code, `"${clipped(text)}" is not a day that can be told`, 'Write dates as YYYY-MM-DD.')
    return undefined
  }

  const code = odsCodeSchema.safeParse(textOf('odsCode').toUpperCase())
  const name = textOf('name')
  const opened = dateOf('opened')
  const closed = dateOf('closed')
  if (!code.success)
    complain(
      'error',
      'odsCode',
      'invalid-organisation',
      `"${clipped(textOf('odsCode'))}" is not an ODS code; the row was left out`,
      'An ODS code is 3 to 12 letters and digits, such as R0A.',
    )
  if (name === '') complain('error', 'name', 'invalid-record', 'the organisation has no name; the row was left out', 'Fill in its name.')
  if (textOf('opened') === '')
    complain(
      'error',
      'opened',
      'invalid-record',
      'the organisation has no day on which it opened; the row was left out',
      'Fill in the day as YYYY-MM-DD.',
    )
  if (!code.success || name === '' || opened === undefined || (closed === undefined && textOf('closed') !== '')) return undefined

  const successors: OdsCode[] = []
  for (const part of textOf('successors').split(/[;,|\s]+/)) {
    if (part === '') continue
    const successor = odsCodeSchema.safeParse(part.toUpperCase())
    if (successor.success) successors.push(successor.data)
    else
      complain(
        'warning',
        'successors',
        'invalid-organisation',
        `"${clipped(part)}" is not an ODS code and was left out`,
        'Write the codes of the successors with semicolons between.',
      )
  }

  const typeText = textOf('trustType')
  const trustType = parseTrustType(typeText)
  if (typeText !== '' && trustType === undefined)
    complain(
      'warning',
      'trustType',
      'unknown-group-value',
      `"${clipped(typeText)}" is no type of trust; it was left out`,
      `Types: ${trustTypes.join(', ')}.`,
    )
  const roleText = textOf('fundingRole')
  const fundingRole: FundingRole | undefined = columns.has('fundingRole') ? parseFundingRole(roleText) : undefined
  if (columns.has('fundingRole') && fundingRole === undefined) {
    complain(
      'warning',
      'fundingRole',
      'unknown-group-value',
      `"${clipped(roleText)}" is no role in the programme; it was left out`,
      `Roles: ${fundingRoles.join(', ')}.`,
    )
  }
  const regionCode = odsCodeSchema.safeParse(textOf('regionCode').toUpperCase())
  const region = textOf('region') || (regionCode.success ? regionNames.get(regionCode.data) : undefined)

  const organisation: Organisation = {
    odsCode: code.data,
    name,
    ...(trustType === undefined ? {} : { trustType }),
    ...(region === undefined || region === '' ? {} : { region }),
    ...(regionCode.success ? { regionCode: regionCode.data } : {}),
    opened,
    ...(closed === undefined ? {} : { closed }),
    successors,
    ...(fundingRole === undefined ? {} : { fundingRole }),
  }
  const checked = organisationSchema.safeParse(organisation)
  if (checked.success) return organisation
  complain(
    'error',
    'odsCode',
    'invalid-record',
    checked.error.issues.map(({ path, message }) => `${path.join('.')}: ${message}`).join('; '),
    'Mend the row; it was left out.',
  )
  return undefined
}

/** The type that the words of a register mean, in the terms of ERIC or in ours; `undefined` where they are not known. */
function parseTrustType(text: string): TrustType | undefined {
  const plain = text
    .trim()
    .toLowerCase()
    .replace(/[\s_-]+/g, ' ')
  if (/^acute specialist$/.test(plain)) return 'acute-specialist'
  if (/^acute(?: (?:small|medium|large|teaching|multi service))?$/.test(plain)) return 'acute'
  if (/^mental health(?: and learning disabilit(?:y|ies))?$/.test(plain)) return 'mental-health'
  if (/^community(?: health)?$/.test(plain)) return 'community'
  if (/^ambulance$/.test(plain)) return 'ambulance'
  if (/^care trust$/.test(plain)) return 'care-trust'
  return undefined
}
