import { readFileSync } from 'node:fs'
import { evaluate } from '../test/oracle-adapter.ts'

type Value = number | string | readonly Value[]

interface Deviation {
  readonly call: string
  readonly deviates: Readonly<Record<string, { readonly peer: Value }>>
}

/** Numbers to 50 digits, by quantity. */
type ExactValues = Readonly<Record<string, Value>>

interface OracleCase {
  readonly id: string
  readonly fn: string
  readonly inputs: Readonly<Record<string, unknown>>
  readonly peer_deviation?: Readonly<Record<string, Deviation>>
}

const read = (file: string): unknown => JSON.parse(readFileSync(new URL(`../test/${file}`, import.meta.url), 'utf8'))

/** What each of the oracle's functions is called here, and why peers miss it. */
const chapters: Readonly<Record<string, readonly [title: string, why: string]>> = {
  fisher_2x2: [
    'Conditional odds ratio and its exact interval: `fisherExactTest`',
    'The equations of the estimate and of the limits are solved to full double precision. R solves them with `uniroot` at its default tolerance, 1.2e-4 absolute, and for odds ratios above 1 in the reciprocal, so that large upper limits lose most. The P values agree. SciPy agrees with us in all.',
  ],
  or_midp: [
    'Median-unbiased odds ratio and mid-P interval: `medianUnbiasedOddsRatio`, `midPOddsRatioInterval`',
    'The tolerance of a root search again.',
  ],
  barnard: [
    'Barnard’s test: `barnardTest`',
    'Tables tie with the observed one. Compared in floating point some ties are lost, and exchanging the two outcomes changes P; here statistics are compared in whole numbers. R’s `Exact` agrees with us.',
  ],
  cmh_exact: ['Exact common odds ratio of strata: `exactMantelHaenszelTest`', 'The tolerance of `uniroot` again; the P values agree.'],
  haldane_or: [
    'Odds ratio with ½ added: `oddsRatio(…, { estimator: ’haldane-anscombe’, interval: ’gart’ })`',
    'Gart and Haldane add ½ to all four cells. statsmodels adds it to the zero cells only.',
  ],
  diff_ci: [
    'Score intervals of a difference of proportions: `riskDifference`',
    'The interval of statsmodels (0.13.5) for `method=’score’, compare=’diff’` is neither Mee’s nor Miettinen and Nurminen’s, and its `correction` makes no difference.',
  ],
  n_chisq: ['Sample size of a chi-squared test: `chiSquaredSampleSize`', 'The tolerance of a root search again.'],
  fisher_rxc: [
    'Fisher’s exact test beyond 2 × 2 cells: `fisherFreemanHaltonTest`',
    'R counted paths in whole numbers that overflow without a word; since 4.4.3 it stops with an error instead. Sparse tables of about 8 × 8 cells are enough.',
  ],
  d_ncx2_sf: [
    'Upper tail of the noncentral chi-squared distribution: `noncentralChiSquaredUpperTail`',
    'R takes the tail from 1 minus the rest where it can, and so loses digits in the far tail.',
  ],
  d_chisq_sf: [
    'Upper tail of the chi-squared distribution: `chiSquaredUpperTail`',
    'The JavaScript libraries have the lower tail only, and 1 minus it is noise below 1e-16.',
  ],
  d_hyper_cdf: ['Hypergeometric distribution of large counts: `hypergeometricCdf`', 'Logarithms of factorials of such numbers cancel.'],
  g_test: [
    'Likelihood-ratio test of large counts: `likelihoodRatioTest`',
    'Terms of the size of the counts cancel to a statistic of about 1. Here the departure from the expected counts is taken exactly first.',
  ],
  stuart_maxwell: ['Stuart–Maxwell test: `stuartMaxwellTest`', 'statsmodels takes P as 1 minus the lower tail.'],
}

/** The page "Where we differ from R, SciPy, statsmodels", from the peers' deviations that the oracle records. */
export function differencesPage(): string {
  const { cases } = read('oracle.json') as { cases: readonly OracleCase[] }
  const { values: ofOracle } = read('where-we-differ.reference.json') as { values: Readonly<Record<string, ExactValues>> }
  const { cases: others } = read('peer-faults.reference.json') as { cases: readonly (OracleCase & { readonly values: ExactValues })[] }
  const values: Readonly<Record<string, ExactValues>> = {
    ...ofOracle,
    ...Object.fromEntries(others.map((other) => [other.id, other.values])),
  }
  const missed = cases.filter((oracleCase) => oracleCase.peer_deviation !== undefined)
  const deviating = [...missed, ...others]
  const sections = [...new Set(deviating.map(({ fn }) => fn))].map((fn) => {
    const [title, why] = chapters[fn] ?? [fn, '']
    const rows = deviating
      .filter((oracleCase) => oracleCase.fn === fn)
      .flatMap((oracleCase) => rowsOf(oracleCase, values[oracleCase.id] ?? {}))
    return [
      `## ${title.replaceAll('’', "'")}`,
      why.replaceAll('’', "'"),
      [
        '| case | quantity | 50 digits | ours | peer’s value | peer off by | peer |',
        '| --- | --- | --- | --- | --- | --- | --- |',
        ...rows,
      ].join('\n'),
    ].join('\n\n')
  })
  return `${[introduction(missed.length, cases.length, others.length), ...sections].join('\n\n')}\n`
}

const introduction = (deviating: number, all: number, others: number): string => `# Where we differ from R, SciPy, statsmodels

Of the ${all} reference cases of the statistics package, a peer misses ${deviating} by more than rounding; in all others at least one of R 4.2.2, SciPy
and statsmodels agrees, or none has the method. ${others} further cases show faults of peers that those cases do not meet. This page is generated by
\`packages/stats/scripts/differences.ts\` from what the peers answered (\`test/oracle.json\`, \`test/peer-faults.reference.json\`); a test fails
where it is out of date.

"50 digits" is computed apart from our code by \`where-we-differ.py\` and \`peer-faults.py\` in \`packages/stats/test/reference\`, levels and
probabilities taken as exact decimals. "Ours" is what the code gives, shown to 12 digits; \`test/where-we-differ.test.ts\` holds it to the 50 digits within a relative 1e-12.
"Off by" is relative to the 50 digits. Peers' values are as recorded.`

/** One row for each number that a peer was asked for. */
function rowsOf({ fn, inputs, peer_deviation }: OracleCase, reference: Readonly<Record<string, Value>>): string[] {
  const ours = evaluate(fn, inputs) as Readonly<Record<string, Value>>
  const data = Object.entries(inputs)
    .map(([name, value]) => `${name} ${typeof value === 'string' ? value : JSON.stringify(value)}`)
    .join(', ')
  return Object.entries(peer_deviation ?? {}).flatMap(([peer, { call, deviates }]) =>
    Object.entries(deviates).flatMap(([key, { peer: theirs }]) => {
      const flat = (value: Value | undefined): readonly Value[] => (Array.isArray(value) ? (value as readonly Value[]) : [value ?? 'none'])
      return flat(theirs).map((value, i) => {
        const exact = flat(reference[key])[i] as string
        const own = flat(ours[key])[i] as number
        const name = Array.isArray(theirs) ? `${i === 0 ? 'lower' : 'upper'} limit` : (quantities[key] ?? key)
        const cells = [`\`${data}\``, name, shown(exact), twelveDigits(own), shown(value), offBy(value, exact), `${peer}: \`${call}\``]
        return `| ${cells.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |`
      })
    }),
  )
}

const quantities: Readonly<Record<string, string>> = {
  odds_ratio: 'odds ratio',
  estimate_median_unbiased: 'median-unbiased odds ratio',
  p: 'P',
  n: 'sample size',
  statistic: 'statistic',
  value: 'probability',
}

const isUnbounded = (value: Value): boolean => value === 'Infinity' || value === 'Inf'
const shown = (value: Value): string => (isUnbounded(value) ? '∞' : Number(value) === 0 ? '0' : String(value))
const twelveDigits = (value: number): string => (Number.isFinite(value) ? String(Number(value.toPrecision(12))) : '∞')

function offBy(value: Value, exact: string): string {
  if (isUnbounded(value) || Number(exact) === 0) return 'agrees'
  return Math.abs(Number(value) / Number(exact) - 1).toExponential(1)
}
