/**
 * `npm run api`: writes what each library exports to `packages/<name>/api.md`, from the types as built, so that a change of
 * the API shows in review. `npm run api -- --check` writes nothing and fails where a report is out of date.
 */
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import ts from 'typescript'
import { libraries, scope } from '../tooling/workspace-graph.js'
import { prepare, root } from './prepare.mjs'

prepare()
const check = process.argv.includes('--check')
const printer = ts.createPrinter({ removeComments: true })

/** The type files of a package's entries, by the subpath that users import. */
function entriesOf(directory) {
  const { exports } = JSON.parse(readFileSync(path.join(directory, 'package.json'), 'utf8'))
  return Object.entries(exports).flatMap(([subpath, conditions]) => {
    const types = conditions.import?.types
    return types === undefined ? [] : [[subpath, path.join(directory, types)]]
  })
}

const collator = new Intl.Collator('en')

/** Every export of a type file with its declarations, in the order of the alphabet. */
function signaturesOf(program, file) {
  const checker = program.getTypeChecker()
  const source = program.getSourceFile(file)
  const module = checker.getSymbolAtLocation(source)
  // An entry with no exports is a script to run.
  if (module === undefined) return []
  return checker
    .getExportsOfModule(module)
    .map((exported) => {
      const symbol = exported.flags & ts.SymbolFlags.Alias ? checker.getAliasedSymbol(exported) : exported
      const texts = (symbol.declarations ?? []).map((declaration) => {
        const node = ts.isVariableDeclaration(declaration) ? declaration.parent.parent : declaration
        return printer.printNode(ts.EmitHint.Unspecified, node, node.getSourceFile()).replace(/^(export )?(declare )?/, '')
      })
      return { name: exported.name, text: [...new Set(texts)].join('\n') }
    })
    .sort((one, other) => collator.compare(one.name, other.name))
    .map(({ text }) => text)
}

function reportOf(name) {
  const entries = entriesOf(path.join(root, 'packages', name))
  const program = ts.createProgram({
    rootNames: entries.map(([, file]) => file),
    options: {
      target: ts.ScriptTarget.ES2022,
      module: ts.ModuleKind.NodeNext,
      moduleResolution: ts.ModuleResolutionKind.NodeNext,
      skipLibCheck: true,
    },
  })
  const sections = entries.map(([subpath, file]) => {
    const signatures = signaturesOf(program, file)
    return `## ${scope}/${name}${subpath.slice(1)}\n\n${signatures.length === 0 ? 'Runs; exports nothing.' : `\`\`\`ts no-run\n${signatures.join('\n\n')}\n\`\`\``}\n`
  })
  return `# The API of ${name}\n\nWritten by \`npm run api\`; do not edit.\n\n${sections.join('\n')}`
}

let stale = 0
for (const name of libraries) {
  const file = path.join(root, 'packages', name, 'api.md')
  const report = reportOf(name)
  if (check && existsSync(file) && readFileSync(file, 'utf8') === report) console.log(`ok    ${name}`)
  else if (check) {
    stale += 1
    console.log(`FAIL  packages/${name}/api.md is out of date: run \`npm run api\` and look at what changed`)
  } else {
    writeFileSync(file, report)
    console.log(`wrote packages/${name}/api.md`)
  }
}
process.exitCode = stale === 0 ? 0 : 1
