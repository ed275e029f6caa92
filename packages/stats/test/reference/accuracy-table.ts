/**
 * Writes ACCURACY.md: the worst relative error of every distribution over the committed grid.
 *
 * Run in packages/stats: node --import tsx --conditions=@open-digital-capability/source test/reference/accuracy-table.ts
 */
import { writeFileSync } from 'node:fs'
import { distributionComparisons } from './distribution-errors.ts'

const rows = distributionComparisons().map(({ name, errors }) => {
  const { points, worst } = errors()
  return `| ${name} | ${points} | ${worst.error.toExponential(1)} | ${worst.arguments.map((value) => String(value)).join(', ')} |`
})

writeFileSync(
  new URL('../../ACCURACY.md', import.meta.url),
  `# Accuracy of the distributions

Largest relative error of every function over \`test/distributions.reference.json\`, a grid of values to 50 digits: both tails down to 1e-300,
degrees of freedom and sample sizes to a million (probabilities of single outcomes to 2⁵⁰), noncentrality to 5,000. The grid is made by
\`test/reference/distributions.py\`, this table by \`test/reference/accuracy-table.ts\`, and \`test/distributions.test.ts\` fails where an error
reaches 1e-12, or is more than half as large again as it says here.

Quantiles are asked for from the smaller tail; upper tails of discrete distributions include the value itself, P(X ≥ x). The arguments are in
the order of the function; those of quantiles are the probability and the parameters.

| function | points | worst relative error | at |
|---|---|---|---|
${rows.join('\n')}
`,
)
