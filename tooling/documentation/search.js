import { readFileSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { callsIn, nameOf } from './equivalents.js'

/**
 * Lets the search find a guide by its headings, and a function by its counterpart in R or Python, before all that merely
 * mention the words.
 */
export function addSearchFields(index) {
  Object.assign(index.searchFieldWeights, { headings: 15, counterparts: 15 })
  for (const [row, reflection] of index.searchResults.entries()) {
    index.searchFields[row] = { headings: headingsOf(reflection), counterparts: counterpartsOf(reflection) }
  }
}

const headingsOf = (reflection) =>
  reflection.isDocument()
    ? reflection.content
        .map(({ text }) => text)
        .join('')
        .match(/^#+ .*$/gm)
        ?.join(' ')
    : undefined

function counterpartsOf(reflection) {
  const comment = reflection.isDeclaration() ? reflection.signatures?.[0]?.comment : undefined
  return comment === undefined ? undefined : [...new Set(callsIn(comment).map(({ call }) => nameOf(call)))].join(' ')
}

/** How TypeDoc looks for what was typed: a page is found that has any part of a word in it, “a” and “for” included. */
const anyWord = /let (\w+)=(\w+)\.split\(" "\)\.map\(\w+=>\w+\.length\?`\*\$\{\w+\}\*`:""\)\.join\(" "\);(\w+)=(\w+)\.index\.search\(\1\)/

/**
 * Makes the search find the pages with all words of a question, whatever their order: “Fisher's exact test for a 3 x 4 table”.
 * Only where no page has them all are those shown that have one.
 */
export function searchByWords({ outputDirectory }) {
  const file = path.join(outputDirectory, 'assets', 'main.js')
  const script = readFileSync(file, 'utf8')
  if (!anyWord.test(script)) throw new Error('TypeDoc’s search no longer has the query that is replaced here')
  writeFileSync(
    file,
    script.replace(
      anyWord,
      (_, words, typed, found, data) =>
        `let ${words}=(${wordsOf})(${typed});${found}=${data}.index.search(${words}.map(w=>"+*"+w+"* "+w+"^5").join(" "));` +
        `if(${found}.length===0)${found}=${data}.index.search(${words}.map(w=>"*"+w+"*").join(" "))`,
    ),
  )
}

/** The words of a question that say what is sought; runs in the browser. */
function wordsOf(typed) {
  const words = typed
    .toLowerCase()
    .replace(/['’]s\b/g, '')
    .split(/[^\p{L}\p{N}._]+/u)
    .filter((word) => word !== '')
  const telling = words.filter((word) => word.length > 2 && !/^(and|for|how|the|what|which|with|\d+([x×]\d+)?)$/.test(word))
  return telling.length > 0 ? telling : words
}
