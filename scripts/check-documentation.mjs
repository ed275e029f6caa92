/**
 * Checks the documentation site as built by `npm run docs`, the way people open it: from the file system, without a server.
 * Every link of every page; axe on pages of every kind, on a wide screen and on a phone; the search; and the way from the front
 * page to a worked example.
 */
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { pathToFileURL } from 'node:url'
import axe from 'axe-core'
import { chromium } from 'playwright-core'
import { brokenLinks } from '../tooling/documentation/broken-links.js'
import { libraries, scope } from '../tooling/workspace-graph.js'
import { root } from './prepare.mjs'

const site = path.join(root, 'docs-site')
const results = { passed: 0, failed: 0, skipped: 0 }

async function check(name, body) {
  try {
    const outcome = await body()
    results.passed += 1
    console.log(`ok    ${name}${outcome === undefined ? '' : `: ${outcome}`}`)
  } catch (error) {
    results.failed += 1
    console.log(`FAIL  ${name}\n${error.message.replace(/^/gm, '      ')}`)
  }
}

const requireThat = (condition, message) => {
  if (!condition) throw new Error(message)
}

/** A page of each kind, each guide, and each package's own page. */
function pagesToLookAt() {
  const list = (folder) =>
    readdirSync(path.join(site, folder))
      .sort()
      .map((file) => `${folder}/${file}`)
  const kinds = ['classes', 'functions', 'interfaces', 'types', 'variables'].map((folder) => list(folder)[0])
  const packages = list('modules').filter((file) => !file.includes('.index.'))
  const source = 'source/packages/stats/src/exact/freeman-halton-test.ts.html'
  return [
    'index.html',
    ...list('documents'),
    ...packages,
    ...kinds,
    'functions/_open-digital-capability_stats.index.fisherExactTest.html',
    source,
  ]
}

/** Opens a page of the site and waits for what its scripts add. */
async function open(page, file) {
  await page.goto(pathToFileURL(path.join(site, file)).href)
  const navigation = '#tsd-nav-container'
  if ((await page.locator(navigation).count()) > 0) await page.locator(`${navigation} a`).first().waitFor({ state: 'attached' })
}

/** What axe finds by all of its rules but those of level AAA. */
async function violations(page) {
  await page.evaluate(axe.source)
  return page.evaluate(async () => {
    const { axe } = globalThis
    const rules = axe.getRules().filter(({ tags }) => !tags.some((tag) => /aaa$/.test(tag)))
    const { violations } = await axe.run({
      rules: Object.fromEntries(rules.map(({ ruleId }) => [ruleId, { enabled: true }])),
      resultTypes: ['violations'],
    })
    return violations.map(({ id, nodes }) => `${id}: ${nodes.length} × ${nodes[0].html.slice(0, 200)}`)
  })
}

async function lookAt(browser, files, options) {
  const context = await browser.newContext(options)
  const page = await context.newPage()
  const faults = []
  page.on('pageerror', ({ message }) => faults.push(message))
  for (const [index, file] of files.entries()) {
    await open(page, file)
    const overflow = await page.evaluate(() => globalThis.document.documentElement.scrollWidth - globalThis.innerWidth)
    if (overflow > 0) faults.push(`${overflow} pixels wider than the screen`)
    // The tree of all exports is the same on every page, and nineteen in twenty of its elements: once is enough.
    if (index > 0) await page.locator('#tsd-nav-container').evaluateAll((trees) => trees.forEach((tree) => tree.replaceChildren()))
    faults.push(...(await violations(page)))
    requireThat(faults.length === 0, `${file}\n${faults.join('\n')}`)
  }
  await context.close()
  return `${files.length} pages`
}

/** The first results of the search box for what somebody types. */
async function search(page, question) {
  await open(page, 'index.html')
  await page.waitForFunction(() => globalThis.searchData !== undefined)
  await page.keyboard.press('/')
  await page.fill('#tsd-search-input', question)
  await page.locator('#tsd-search-results li').first().waitFor()
  return page
    .locator('#tsd-search-results a')
    .evaluateAll((links) => links.map((link) => [link.textContent.trim(), link.getAttribute('href')]))
}

const firstOfSearch = [
  ["Fisher's exact test for a 3 × 4 table", 'fisherFreemanHaltonTest', 3],
  ["Fisher's exact test for a 3 x 4 table", 'fisherFreemanHaltonTest', 3],
  ['fisher.test', 'fisherExactTest', 5],
  ['audit a paper', 'Audit a paper', 1],
  ['readResponses', 'readResponses', 1],
]

if (!existsSync(path.join(site, 'index.html'))) throw new Error('There is no docs-site: run `npm run docs`')

await check('every link leads somewhere', () => {
  const { pages, broken } = brokenLinks(site)
  requireThat(broken.length === 0, broken.join('\n'))
  return `${pages} pages`
})

await check('each package shows its version', () => {
  for (const name of libraries) {
    const { version } = JSON.parse(readFileSync(path.join(root, 'packages', name, 'package.json'), 'utf8'))
    const html = readFileSync(path.join(site, 'modules', `_${scope.slice(1)}_${name}.html`), 'utf8')
    requireThat(html.includes(`${scope}/${name} - v${version}</h1>`), `${name} does not show ${version}`)
  }
})

const executablePath = ['/usr/bin/chromium', '/usr/bin/google-chrome'].find((file) => existsSync(file))
if (executablePath === undefined) {
  results.skipped += 1
  console.log('skip  the site in a browser: no Chromium on this machine')
} else {
  const browser = await chromium.launch({ executablePath })
  const files = pagesToLookAt()
  const phone = files.filter((file, index) => index % 4 === 0)
  await check('axe, on a wide screen', () => lookAt(browser, files, { viewport: { width: 1280, height: 900 }, colorScheme: 'light' }))
  await check('axe, on a phone in the dark', () => lookAt(browser, phone, { viewport: { width: 320, height: 640 }, colorScheme: 'dark' }))
  const page = await browser.newPage()
  for (const [question, wanted, within] of firstOfSearch) {
    await check(`the search finds “${question}”`, async () => {
      const found = (await search(page, question)).map(([text]) => text.replace(/\s+/g, ' ').split('.').at(-1))
      const place = found.indexOf(wanted) + 1
      requireThat(place > 0 && place <= within, `${wanted} is not among the first ${within}: ${found.join(', ')}`)
    })
  }
  await check('from the front page to a worked Fisher’s exact test for a 3 × 4 table in one click', async () => {
    await open(page, 'index.html')
    await page.getByRole('main').getByRole('link', { name: 'Choose a test' }).click()
    const text = await page.getByRole('main').innerText()
    requireThat(text.includes("Fisher's exact test for a 3 × 4 table") && text.includes('fisherFreemanHaltonTest(table)'), text)
    await page.getByRole('main').getByRole('link', { name: 'fisherFreemanHaltonTest' }).first().click()
    requireThat((await page.title()).startsWith('fisherFreemanHaltonTest'), await page.title())
  })
  await browser.close()
}

console.log(`${results.passed} passed, ${results.failed} failed, ${results.skipped} skipped`)
process.exitCode = results.failed === 0 ? 0 : 1
