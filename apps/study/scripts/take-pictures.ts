/** `npm run pictures`: the pictures of the reports that stand in `docs/pictures`, taken with the Chromium of this machine. */
import { mkdtemp, writeFile } from 'node:fs/promises'
import os from 'node:os'
import path from 'node:path'
import { pathToFileURL } from 'node:url'
import { chromium } from 'playwright-core'
import { loadConfig } from '../src/config.ts'
import { readRound } from '../src/input.ts'
import { runStudy } from '../src/pipeline.ts'
import { publishedStudy } from '../src/published-study.ts'
import { reproductionReport } from '../src/report/reproduction-report.ts'
import { studyReport } from '../src/report/study-report.ts'
import { exemplarsIn, reproduce } from '../src/reproduction.ts'

const examples = path.resolve(import.meta.dirname, '../examples')
const pictures = path.resolve(import.meta.dirname, '../../../docs/pictures')
const folder = await mkdtemp(path.join(os.tmpdir(), 'pictures-'))

const study = publishedStudy()
const printed = reproductionReport(
  reproduce(study, {
    definition: 'core-26',
    exemplarTeams: exemplarsIn['core-26'],
    confidenceLevel: 0.95,
    threshold: 0.05,
    asOf: study.publication.published,
  }),
)
const config = await loadConfig(path.join(examples, 'synthetic.yaml'))
const round = studyReport(runStudy(await readRound(path.join(examples, 'synthetic-round.csv'), config), config))

const browser = await chromium.launch({ executablePath: process.env['CHROMIUM'] ?? '/usr/bin/chromium' })

/** The part of a page from an element on, as wide and as high as said. */
async function take(name: string, page: string, from: string, width: number, height: number): Promise<void> {
  const file = path.join(folder, `${name}.html`)
  await writeFile(file, page)
  const tab = await browser.newPage({ viewport: { width, height } })
  await tab.goto(pathToFileURL(file).href)
  await tab
    .locator(from)
    .first()
    .evaluate((element) => element.scrollIntoView({ block: 'start' }))
  await tab.screenshot({ path: path.join(pictures, `${name}.png`) })
  await tab.close()
}

await take('report-of-the-printed-study', printed, 'header', 1180, 1500)
await take('report-of-a-round', round, '#technologies', 1180, 1500)
await take('report-on-a-phone', round, '#answers', 390, 1300)
await browser.close()
