import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { pathToFileURL } from 'node:url'
import { expect, onTestFinished, test } from 'vitest'

const tool = (name: string): Promise<Record<string, (...args: unknown[]) => unknown>> =>
  import(pathToFileURL(path.resolve('tooling/documentation', name)).href) as never

/** A site of these files, for one test. */
function site(files: Readonly<Record<string, string>>): string {
  const folder = mkdtempSync(path.join(os.tmpdir(), 'site-'))
  onTestFinished(() => rmSync(folder, { recursive: true }))
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(path.dirname(path.join(folder, name)), { recursive: true })
    writeFileSync(path.join(folder, name), text)
  }
  return folder
}

test('the link test finds a missing page, anchor and picture, a folder, a way out, a host that does not exist', async () => {
  const { brokenLinks } = await tool('broken-links.js')
  const folder = site({
    'index.html': `<h1 id="top">x</h1><a href="a/page.html">right</a><a href="#top">right</a><a href="https://doi.org/10.2196/66398">right</a>
      <a href="gone.html">x</a><a href="a/page.html#gone">x</a><img src="gone.png"/><a href="a/">x</a><a href="../../etc">x</a>
      <a href="https://example.invalid/x">x</a><a href="file:///etc/hosts">x</a>`,
    'a/page.html': '<h1 id="here">x</h1><a href="../index.html#top">right</a><a href="?a&amp;b#here">x</a>',
    'llms.txt': '[right](index.html) [x](gone.html)',
  })
  const { pages, broken } = brokenLinks?.(folder) as { pages: number; broken: string[] }
  expect(pages).toBe(3)
  expect(broken.map((line) => line.replace(/^.* → /, '')).sort()).toEqual([
    '../../etc: leads out of the site',
    '?a&b#here: no such page',
    'a/: a folder, which shows no page without a server',
    'a/page.html#gone: no such anchor',
    'file:///etc/hosts: file: is not of the web',
    'gone.html: no such page',
    'gone.html: no such page',
    'gone.png: no such page',
    'https://example.invalid/x: a host that does not exist',
  ])
})

test('the calls of other software are read from a doc comment, and nothing else that stands as code', async () => {
  const { callsIn, nameOf } = await tool('equivalents.js')
  const parts = (text: string): { kind: string; text: string }[] =>
    text.split(/(`[^`]*`)/).map((part) => ({ kind: part.startsWith('`') ? 'code' : 'text', text: part }))
  const calls = callsIn?.({
    summary: parts('Sums `counts` (R: `t(x)`).'),
    blockTags: [
      {
        tag: '@remarks',
        content: parts(
          "R: `chisq.test(x)$residuals` (Pearson), `coin::lbl_test(x)`. With `options(a)` it differs; SciPy: `scipy.stats.chi2.sf(x)` or `'wilsoncc'`. " +
            'SciPy: statsmodels `proportion_confint(x)`. SAS: `PROC FREQ`. R’s `fisher.test` differs.',
        ),
      },
      { tag: '@example', content: parts('R: `not.this()`') },
    ],
  }) as { by: string; call: string }[]
  expect(calls.map(({ by, call }) => `${by} ${call}`)).toEqual([
    'R t(x)',
    'R chisq.test(x)$residuals',
    'R coin::lbl_test(x)',
    'SciPy scipy.stats.chi2.sf(x)',
    'statsmodels proportion_confint(x)',
  ])
  expect(calls.map(({ call }) => nameOf?.(call))).toEqual(['t', 'chisq.test', 'coin::lbl_test', 'chi2.sf', 'proportion_confint'])
})

test('the pages of another TypeDoc are refused rather than left without landmarks', async () => {
  const { accessible } = await tool('accessible-page.js')
  expect(() => accessible?.('<html><body><div class="column">')).toThrow("TypeDoc's pages no longer have")
})
