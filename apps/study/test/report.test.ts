import { existsSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { pathToFileURL } from 'node:url'
import { mkdtemp, writeFile } from 'node:fs/promises'
import os from 'node:os'
import { AxeBuilder } from '@axe-core/playwright'
import { strFromU8, unzipSync } from 'fflate'
import { DOMParser } from 'linkedom'
import { type Browser, chromium } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { compiledStyles, stylesModule } from '../scripts/compile-styles.ts'
import { loadConfig } from '../src/config.ts'
import { readRound } from '../src/input.ts'
import { runStudy } from '../src/pipeline.ts'
import { publishedStudy } from '../src/published-study.ts'
import { csvOf } from '../src/report/data-table.ts'
import { docx } from '../src/report/docx.ts'
import { html } from '../src/report/html.ts'
import { markdown } from '../src/report/markdown.ts'
import { reproductionDocument, reproductionReport } from '../src/report/reproduction-report.ts'
import { studyDocument, studyReport } from '../src/report/study-report.ts'
import { reproduce } from '../src/reproduction.ts'

const examples = path.resolve(import.meta.dirname, '../examples')
const config = await loadConfig(path.join(examples, 'synthetic.yaml'))
const round = await readRound(path.join(examples, 'synthetic-round.csv'), config)
const printed = reproduce(publishedStudy(), {
  definition: 'core-26',
  exemplarTeams: 26,
  confidenceLevel: 0.95,
  threshold: 0.05,
  asOf: '2025-08-12',
})
const reports = {
  'the printed study': reproductionReport(printed),
  'a round of answers': studyReport(runStudy(round, config)),
}

describe.each(Object.entries(reports))('the report of %s', (_, report) => {
  test('needs no network and no script', () => {
    expect(report).not.toMatch(/<script|<link|src="http|url\(http|@import/i)
    expect(report).not.toMatch(/frutiger/i)
    expect(report).toContain('Not affiliated with or endorsed by the NHS')
  })
  test('every chart has a title, a description and a table with CSV beside it', () => {
    const charts = report.match(/<svg\b[^>]*>/g) ?? []
    expect(charts.length).toBeGreaterThan(1)
    for (const chart of charts) expect(chart).toMatch(/role="img" aria-labelledby="[\w-]+-title [\w-]+-description"/)
    expect(report.match(/<title id=/g)).toHaveLength(charts.length)
    expect(report.match(/download="[\w-]+\.csv"/g)?.length).toBeGreaterThanOrEqual(3)
  })
})

test('the report of synthetic data says so at its head', () => {
  expect(reports['a round of answers']).toContain('Synthetic data. Everything below is made up')
})

test('the same round gives the same bytes', () => {
  expect(studyReport(runStudy(round, config))).toBe(reports['a round of answers'])
})

test('the styles are those of the Sass file', () => {
  const file = path.resolve(import.meta.dirname, '../src/report/generated/styles.ts')
  // Compared as a whole and not shown: a difference of 100 kB helps nobody.
  expect(readFileSync(file, 'utf8') === stylesModule(compiledStyles())).toBe(true)
})

describe('hostile text is inert', () => {
  test('in HTML', () => {
    expect(html`<p title="${'"><script>'}">${'<img src=x onerror=alert(1)>'}</p>`.text).toBe(
      '<p title="&quot;&gt;&lt;script&gt;">&lt;img src=x onerror=alert(1)&gt;</p>',
    )
  })
  test('in the report and in Markdown, wherever it stands in the file', async () => {
    const hostile = readFileSync(path.join(examples, 'synthetic-round.csv'), 'utf8')
      .replaceAll('Midlands', '<script>alert(1)</script>')
      .replaceAll('Synthetic organisation 001', '"=HYPERLINK(""http://x"",""<img src=x onerror=alert(1)>|`**"")"')
      .replace('We currently use', '<iframe src=javascript:alert(1)>We currently use')
    const file = path.join(await mkdtemp(path.join(os.tmpdir(), 'hostile-')), 'round <b>.csv')
    await writeFile(file, hostile)
    const result = runStudy(await readRound(file, config), config)
    const report = studyReport(result)
    expect(report).toContain('&lt;script&gt;alert(1)&lt;/script&gt;')
    expect(report).not.toMatch(/<script|<img|<iframe|round <b>/)
    const csvs = [...report.matchAll(/base64,([A-Za-z0-9+/=]+)/g)].map(([, text]) => Buffer.from(text ?? '', 'base64').toString('utf8'))
    expect(csvs.some((csv) => csv.includes(`"'=HYPERLINK(`))).toBe(true)
    expect(csvs.filter((csv) => /(^|,)"?=/m.test(csv))).toEqual([])
    const text = markdown(studyDocument(result))
    expect(text).toContain('&lt;script&gt;')
    expect(text).not.toMatch(/<script|<img|onerror=alert\(1\)>|\(http:/)
    const inWord = wordOf(docx(studyDocument(result)))
    expect(inWord).toContain('&lt;script&gt;alert(1)&lt;/script&gt;')
    expect(inWord).not.toMatch(/<script|<img|w:fldSimple|w:hyperlink|w:instrText/)
  })
  test('in CSV', () => {
    const csv = csvOf({
      columns: [{ head: 'text' }, { head: 'n' }],
      rows: [
        ['=HYPERLINK("x")', '-1.5'],
        ['@cmd', '+2'],
        ['plain', '3'],
      ],
    })
    expect(csv).toContain(`"'=HYPERLINK(""x"")",-1.5`)
    expect(csv).toContain(`'@cmd,+2`)
  })
})

const executablePath = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'].find((file) => existsSync(file))

describe.skipIf(executablePath === undefined)('in a real browser (skipped where none is installed: apt-get install chromium)', () => {
  let browser: Browser
  let folder: string
  beforeAll(async () => {
    browser = await chromium.launch({ executablePath: executablePath ?? '' })
    folder = await mkdtemp(path.join(os.tmpdir(), 'report-'))
  }, 60_000)
  afterAll(async () => browser.close())

  test.each(Object.entries(reports))(
    '%s: no accessibility violation, no sideways scroll at 320 px, prints with headings',
    async (name, report) => {
      const file = path.join(folder, `${name.replaceAll(' ', '-')}.html`)
      await writeFile(file, report)
      const context = await browser.newContext({ viewport: { width: 1200, height: 900 } })
      const page = await context.newPage()
      const failures: string[] = []
      page.on('requestfailed', (request) => failures.push(request.url()))
      page.on('console', (message) => failures.push(message.text()))
      await page.goto(pathToFileURL(file).href)
      const { violations } = await new AxeBuilder({ page }).withTags(['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa']).analyze()
      expect(violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.html}`)).toEqual([])

      // The first stop of the keyboard is the link past the head; every chart and table that scrolls can be reached.
      await page.keyboard.press('Tab')
      expect(await page.evaluate(() => document.activeElement?.textContent)).toContain('Skip to')
      expect(
        await page.evaluate(() =>
          [...document.querySelectorAll('.report-scroll')].every((element) => (element as HTMLElement).tabIndex === 0),
        ),
      ).toBe(true)

      // Going on, the keyboard comes by every link, folded part, and table or chart that scrolls.
      const stops = await page.evaluate(() => {
        const all = [...document.querySelectorAll<HTMLElement>('a[href], summary, [tabindex="0"]')]
        return all.filter((element) => element.checkVisibility()).map((element, i) => (element.dataset['stop'] = `${i}`))
      })
      const reached = new Set<string>(['0'])
      for (let i = 1; i < stops.length; i++) {
        await page.keyboard.press('Tab')
        reached.add((await page.evaluate(() => (document.activeElement as HTMLElement | null)?.dataset['stop'])) ?? '')
      }
      expect(stops.filter((stop) => !reached.has(stop))).toEqual([])

      // The CSV beside a table is what a click saves.
      const [saved] = await Promise.all([page.waitForEvent('download'), page.locator('a[download]').first().click()])
      expect(saved.suggestedFilename()).toBe('funnel.csv')
      expect(readFileSync(await saved.path(), 'utf8')).toMatch(/^\ufeffStep,n,/)

      await page.setViewportSize({ width: 320, height: 800 })
      expect(await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth)).toBe(0)
      // A tagged PDF has its headings as outline entries and its structure as elements.
      const pdf = (await page.pdf({ outline: true, tagged: true })).toString('latin1')
      expect(pdf.match(/\/Title\b/g)?.length).toBeGreaterThan((await page.locator('h2').count()) - 1)
      expect(pdf).toMatch(/\/StructTreeRoot/)
      expect(pdf).toMatch(/\/Marked true/)
      expect(failures).toEqual([])
      await context.close()
    },
    300_000,
  )
})

/** The text part of a document for a word processor. */
function wordOf(document: Uint8Array): string {
  return strFromU8(unzipSync(document)['word/document.xml'] as Uint8Array)
}

describe.each([
  ['the printed study', reproductionDocument(printed), 'core-26'],
  ['a round of answers', studyDocument(runStudy(round, config)), '26 invented exemplars'],
])('every table of %s says what its numbers are and who is an exemplar', (name, document, definition) => {
  const tables = document.sections.flatMap(({ tables: its }) => its)
  test('in CSV', () => {
    expect(tables.length).toBeGreaterThan(5)
    for (const table of tables) {
      const [head, ...lines] = csvOf(table).trimEnd().split('\r\n')
      expect(head).toMatch(/,Source,Exemplars$/)
      for (const line of lines) expect(line).toContain(definition)
    }
  })
  test('on the page, in Markdown and in a word processor', () => {
    const page = reports[name as keyof typeof reports]
    for (const text of [page, markdown(document), wordOf(docx(document))]) {
      expect(text.split(`Exemplars: `).filter((part) => part.replaceAll('\\', '').includes(definition)).length).toBeGreaterThanOrEqual(
        tables.length,
      )
      expect(text.split('Source: ').length - 1).toBeGreaterThanOrEqual(tables.length)
    }
  })
})

describe('the document for a word processor', () => {
  const document = studyDocument(runStudy(round, config))
  const text = wordOf(docx(document))
  test('has headings, captions, and heads that repeat on every page', () => {
    const tables = document.sections.flatMap(({ tables: its }) => its)
    expect(text.match(/w:val="Heading1"/g)).toHaveLength(document.sections.length)
    expect(text.match(/w:val="Caption"/g)).toHaveLength(tables.length)
    expect(text.match(/<w:tblHeader\/>/g)).toHaveLength(tables.length)
    expect(text.match(/<w:tr>/g)).toHaveLength(tables.reduce((sum, { rows }) => sum + rows.length + 1, 0))
  })
  test('is well formed, every part of it', () => {
    for (const part of Object.values(unzipSync(docx(document)))) {
      const parsed = new DOMParser().parseFromString(strFromU8(part), 'text/xml')
      expect(parsed.documentElement).not.toBeNull()
    }
  })
  test('is the same bytes each time, whatever the day', () => {
    expect(Buffer.from(docx(document)).equals(Buffer.from(docx(document)))).toBe(true)
  })
  test('leaves out signs that XML cannot hold', () => {
    expect(wordOf(docx({ title: 'a\u0000\u001b\ud800b', intro: [], sections: [] }))).toContain('>ab<')
  })
})
