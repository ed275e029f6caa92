import { readFileSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { ReflectionKind } from 'typedoc'
import { callsIn } from './equivalents.js'

const kinds = ReflectionKind.Function | ReflectionKind.Class | ReflectionKind.Interface | ReflectionKind.TypeAlias | ReflectionKind.Variable

const wordsOf = (parts) =>
  parts
    .map(({ text }) => text)
    .join('')
    .trim()

const tagsOf = (comment, tag) => comment.blockTags.filter((block) => block.tag === tag).map(({ content }) => wordsOf(content))

/** The code inside of a fenced block, without the mark that makes a test of it. */
const codeOf = (example) => /```\w*[^\n]*\n([\s\S]*?)```/.exec(example)?.[1].trim() ?? example

const commentOf = (declaration) => declaration.signatures?.[0]?.comment ?? declaration.comment

function parametersOf(signature) {
  return (signature.parameters ?? []).map((parameter) => ({
    name: parameter.name,
    type: String(parameter.type),
    optional: parameter.flags.isOptional || parameter.defaultValue !== undefined,
    description: parameter.comment === undefined ? '' : wordsOf(parameter.comment.summary),
  }))
}

/** What the fields of an object are called, their types and what they mean. */
function fieldsOf(declaration) {
  const children = declaration.children ?? declaration.type?.declaration?.children ?? []
  return children
    .filter((child) => child.kindOf(ReflectionKind.Property))
    .map((child) => ({
      name: child.name,
      type: String(child.type),
      optional: child.flags.isOptional,
      description: child.comment === undefined ? '' : wordsOf(child.comment.summary),
    }))
}

function entryOf(declaration, router) {
  const comment = commentOf(declaration)
  const signature = declaration.signatures?.[0]
  const fields = fieldsOf(declaration)
  const [source] = declaration.sources ?? []
  return {
    name: declaration.name,
    kind: ReflectionKind.singularString(declaration.kind).toLowerCase(),
    url: router.getFullUrl(declaration),
    source: source === undefined ? null : `${source.fileName}#L${source.line}`,
    description: comment === undefined ? '' : wordsOf(comment.summary),
    remarks: comment === undefined ? '' : tagsOf(comment, '@remarks').join('\n\n'),
    ...(signature === undefined
      ? { type: declaration.type === undefined ? null : String(declaration.type), fields }
      : { parameters: parametersOf(signature), returns: String(signature.type) }),
    throws: comment === undefined ? [] : tagsOf(comment, '@throws'),
    equivalents: comment === undefined ? [] : callsIn(comment).map(({ by, call }) => ({ software: by, call })),
    examples: comment === undefined ? [] : tagsOf(comment, '@example').map(codeOf),
  }
}

/** The entry points of a package with all they export, as `import` statements name them. */
function packageOf(module, router) {
  const manifest = JSON.parse(readFileSync(path.join('packages', module.name.split('/')[1], 'package.json'), 'utf8'))
  const inner = (module.children ?? []).filter((child) => child.kindOf(ReflectionKind.SomeModule))
  const isMain = ({ name }) => name === 'index'
  const entries = inner.length === 0 ? [module] : [...inner.filter(isMain), ...inner.filter((entry) => !isMain(entry))]
  return {
    name: module.name,
    version: manifest.version,
    description: manifest.description,
    url: router.getFullUrl(module),
    entryPoints: entries.map((entry) => ({
      import: entry === module || entry.name === 'index' ? module.name : `${module.name}/${entry.name}`,
      exports: (entry.children ?? []).filter((child) => child.kindOf(kinds)).map((child) => entryOf(child, router)),
    })),
  }
}

/** Writes `api.json`, the whole API as data, and `llms.txt`, a map of the site for programs that read text. */
export function writeMachineReadable({ project, outputDirectory }, router) {
  const packages = (project.children ?? []).map((module) => packageOf(module, router))
  const api = { name: project.name, licence: 'MIT', packages }
  writeFileSync(path.join(outputDirectory, 'api.json'), `${JSON.stringify(api, null, 1)}\n`)

  const firstSentence = (words) => /^.*?[.:](?=\s|$)/s.exec(words)?.[0].replace(/\s+/g, ' ') ?? words.replace(/\s+/g, ' ')
  const lines = [
    `# ${project.name}`,
    '',
    '> TypeScript libraries, and one thin app on top, that turn surveys of organisations’ digital capability into evidence that anybody can recompute.',
    '',
    'Measuring functions never call anything significant. A caller’s mistake throws an error with a `code`; faults of outside data come back as',
    'issues; where no answer exists the result is `not-testable` with a reason. Results are plain data that survive JSON. The whole API with types,',
    'doc comments and examples is in [api.json](api.json).',
    '',
    '## Guides',
    '',
    ...(project.documents ?? []).map((document) => `- [${document.name}](${router.getFullUrl(document)})`),
    ...packages.flatMap(({ name, description, url, entryPoints }) => [
      '',
      `## ${name}`,
      '',
      `${description}. [README](${url})`,
      ...entryPoints.flatMap((entry) => [
        '',
        `### import from '${entry.import}'`,
        '',
        ...entry.exports
          .filter(({ kind }) => kind === 'function' || kind === 'variable' || kind === 'class')
          .map((one) => `- [${one.name}](${one.url}): ${firstSentence(one.description)}`),
      ]),
    ]),
  ]
  writeFileSync(path.join(outputDirectory, 'llms.txt'), `${lines.join('\n')}\n`)
}
