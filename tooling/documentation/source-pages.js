import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import path from 'node:path'

const folder = 'source'
const pageOf = (file) => `${folder}/${file}.html`

/** Every place where something documented is declared. */
function* sourcesOf(project) {
  for (const reflection of Object.values(project.reflections)) yield* reflection.sources ?? []
}

/** Makes “Defined in …” lead to a page of the site, so that it leads somewhere wherever the site is opened, without a server too. */
export function linkSources(project) {
  for (const source of sourcesOf(project)) {
    if (source.fileName.includes('node_modules')) continue
    source.url = `${pageOf(source.fileName)}#L${source.line}`
  }
}

const escape = (text) => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;')

/** A page for each source file that something documented is declared in. */
export function writeSourcePages({ project, outputDirectory }) {
  const files = new Set([...sourcesOf(project)].map(({ fileName }) => fileName).filter((file) => !file.includes('node_modules')))
  for (const file of files) {
    const page = path.join(outputDirectory, pageOf(file))
    const base = '../'.repeat(pageOf(file).split('/').length - 1)
    const lines = readFileSync(file, 'utf8').trimEnd().split('\n')
    mkdirSync(path.dirname(page), { recursive: true })
    writeFileSync(
      page,
      `<!DOCTYPE html><html class="default" lang="en"><head><meta charset="utf-8"/><title>${file} | ${project.name}</title>` +
        `<meta name="viewport" content="width=device-width, initial-scale=1"/>` +
        `<link rel="stylesheet" href="${base}assets/style.css"/><link rel="stylesheet" href="${base}assets/custom.css"/></head>` +
        `<body><header class="source-header"><a href="${base}index.html">${project.name}</a></header>` +
        `<main class="source-page"><h1>${file}</h1><pre tabindex="0">` +
        `<code>${lines.map((line, index) => `<span class="line" id="L${index + 1}">${escape(line)}\n</span>`).join('')}</code></pre></main></body></html>\n`,
    )
  }
}
