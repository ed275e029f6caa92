/** Compiles the report's Sass into a module, so that the app needs neither Sass nor a file beside it when it runs. */
import { writeFileSync } from 'node:fs'
import { compile, NodePackageImporter } from 'sass'

/** The report's styles as one line of CSS. */
export function compiledStyles(): string {
  return compile(new URL('../src/report/report.scss', import.meta.url).pathname, {
    style: 'compressed',
    quietDeps: true,
    importers: [new NodePackageImporter(import.meta.dirname)],
  }).css
}

/** The module that holds them. */
export function stylesModule(css: string): string {
  return `// Made by scripts/compile-styles.ts from report.scss; edit that and run \`npm run styles -w apps/study\`.\n\n/** Styles of the report. */\nexport const styles = ${JSON.stringify(css)}\n`
}

if (process.argv[1]?.endsWith('compile-styles.ts') === true) {
  writeFileSync(new URL('../src/report/generated/styles.ts', import.meta.url), stylesModule(compiledStyles()))
}
