import { detailTable } from '../src/generated/detail-table.ts'
import { nameTable } from '../src/generated/name-table.ts'
import { toSkosJsonLd, toSkosTurtle } from '../src/skos.ts'
import { taxonomyCsv, taxonomyJson } from '../src/taxonomy-files.ts'

function commonJs(name: string, text: string): string {
  // Single quotes: the text is JSON, full of double ones.
  const literal = JSON.stringify(text).slice(1, -1).replaceAll('\\"', '"').replaceAll("'", "\\'")
  return `'use strict'\nexports.${name} = '${literal}'\n`
}

/** The generated tables as CommonJS modules, which both kinds of module can import. */
export function tableModules(): Readonly<Record<string, string>> {
  return { 'name-table.cjs': commonJs('nameTable', nameTable), 'detail-table.cjs': commonJs('detailTable', detailTable) }
}

/** The ES module: the exports of the CommonJS build by name. */
export function moduleWrapper(names: readonly string[]): string {
  return `export {\n${[...names]
    .sort()
    .map((name) => `  ${name},\n`)
    .join('')}} from './index.cjs'\n`
}

/** The taxonomy for people without TypeScript; not part of the npm package. */
export function exchangeFiles(): Readonly<Record<string, string>> {
  return {
    'technologies.json': taxonomyJson(),
    'technologies.csv': taxonomyCsv(),
    'technologies.jsonld': `${JSON.stringify(toSkosJsonLd(), null, 1)}\n`,
    'technologies.ttl': toSkosTurtle(),
  }
}
