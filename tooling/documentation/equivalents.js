import { DocumentReflection, ReflectionKind } from 'typedoc'
import { nameDocument } from './named-documents.js'

/** Software by the word that a doc comment puts before its calls, and the table that it stands in. */
const software = {
  R: 'From R',
  SciPy: 'From Python',
  statsmodels: 'From Python',
  NumPy: 'From Python',
  pandas: 'From Python',
  Python: 'From Python',
}
const label = new RegExp(String.raw`(?:^|[\s(;.])(?:(${Object.keys(software).join('|')}):|SciPy: (statsmodels))\s*$`)
/** The end of a statement about one software: what follows is said of something else. */
const end = /[.;](\s|$)/
const isCall = (code) => /^[\w.:]+(\(|$)/.test(code) && /[.(:]/.test(code)

/** The calls of other software that a doc comment says give the same number, such as `{ by: 'R', call: 'fisher.test(x)' }`. */
export function callsIn(comment) {
  const calls = []
  const parts = [...comment.summary, ...comment.blockTags.filter(({ tag }) => tag === '@remarks').flatMap(({ content }) => content)]
  let by
  for (const { kind, text } of parts) {
    if (kind === 'code') {
      const call = text.replaceAll('`', '')
      if (by !== undefined && isCall(call)) calls.push({ by, call })
      continue
    }
    if (end.test(text)) by = undefined
    const [, plain, inner] = label.exec(text) ?? []
    by = plain ?? inner ?? by
  }
  return calls
}

/** What a call is looked up by: the function with its package, without where SciPy keeps it. */
export const nameOf = (call) => /^[\w.:]+/.exec(call)[0].replace(/^scipy\.(stats|special)\.(contingency\.)?/, '')

const collator = new Intl.Collator('en')

const text = (words) => ({ kind: 'text', text: words })
const code = (words) => ({ kind: 'code', text: `\`${words.replaceAll('|', '\\|')}\`` })
const link = (target) => ({ kind: 'inline-tag', tag: '@link', target, text: target.name, tsLinkText: '' })

/** Adds to the site an index of R's and Python's functions, each with ours that gives the same number, made from the doc comments. */
export function addEquivalents(project) {
  const title = 'R and SciPy equivalents'
  const document = new DocumentReflection(title, project, contentOf(title, project), {})
  nameDocument(document, 'r-and-scipy-equivalents', title)
  project.registerReflection(document, undefined, undefined)
  project.addChild(document)
}

function contentOf(title, project) {
  const functions = project
    .getReflectionsByKind(ReflectionKind.Function)
    .filter(({ sources }) => sources?.[0]?.fileName.startsWith('packages/stats/'))
    .sort((one, other) => collator.compare(one.name, other.name))
  const rows = functions.flatMap((target) => {
    const comment = target.signatures?.[0]?.comment
    return comment === undefined ? [] : callsIn(comment).map(({ by, call }) => ({ by, call, name: nameOf(call), target }))
  })
  const tables = [...new Set(Object.values(software))].map((heading) => tableOf(heading, rows))
  const named = new Set(rows.map(({ target }) => target))
  const rest = functions.filter((target) => !named.has(target))
  return [
    text(
      `# ${title}\n\nMade from the doc comments: the calls that give the same number as a function of ours. What differs besides, in ` +
        'defaults or in digits, stands on the page of the function.\n\n',
    ),
    ...tables.flat(),
    text('\n## Functions without a named counterpart\n\n'),
    ...rest.flatMap((target, index) => [text(index === 0 ? '' : ' · '), link(target)]),
    text('\n'),
  ]
}

function tableOf(heading, rows) {
  const own = rows
    .filter(({ by }) => software[by] === heading)
    .sort((one, other) => collator.compare(one.name, other.name) || collator.compare(one.call, other.call))
  return [
    text(`\n## ${heading}\n\n| function | call | here |\n| --- | --- | --- |\n`),
    ...own.flatMap(({ by, name, call, target }) => [
      text('| '),
      code(name),
      text(by === 'R' || by === 'Python' ? ' | ' : ` (${by}) | `),
      code(call),
      text(' | '),
      link(target),
      text(' |\n'),
    ]),
  ]
}
