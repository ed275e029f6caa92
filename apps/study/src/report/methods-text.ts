import { type StudyResult } from '../pipeline.ts'
import { html, type Markup } from './html.ts'

interface Method {
  readonly used: (result: StudyResult) => boolean
  readonly text: (result: StudyResult) => string
  readonly citation: string
}

const methods: readonly Method[] = [
  {
    used: () => true,
    text: ({ declared }) =>
      `Shares are of those who were asked and gave a usable answer, with Wilson score intervals at ${100 * declared.confidenceLevel} %.`,
    citation: 'Wilson EB. Probable inference, the law of succession, and statistical inference. J Am Stat Assoc 1927;22:209–212.',
  },
  {
    used: ({ answers }) => answers.some(({ missing }) => missing > 0),
    text: () => 'Where answers are missing, the share is bounded by every way in which the missing could have answered.',
    citation: 'Manski CF. Partial identification of probability distributions. Springer; 2003.',
  },
  {
    used: ({ comparisons, byField }) => comparisons.length + byField.length > 0,
    text: () =>
      'Groups were compared by Pearson’s chi-squared test without correction and by Fisher’s exact test, for larger tables by Freeman and Halton’s; decisions rest on the exact P.',
    citation: 'Agresti A. Categorical data analysis. 3rd ed. Wiley; 2013. Sections 3.2, 3.5 and 16.6.',
  },
  {
    used: ({ comparisons }) => comparisons.some(({ oddsRatio }) => oddsRatio !== null),
    text: () =>
      'Odds ratios are conditional maximum likelihood estimates with exact intervals; differences have Miettinen–Nurminen score intervals.',
    citation: 'Miettinen O, Nurminen M. Comparative analysis of two rates. Stat Med 1985;4:213–226.',
  },
  {
    used: ({ comparisons, declared }) => comparisons.length > 0 && declared.adjustment !== 'none',
    text: ({ declared }) =>
      `P values were adjusted over the declared family of ${declared.family.length} questions (${declared.adjustment}).`,
    citation: 'Holm S. A simple sequentially rejective multiple test procedure. Scand J Stat 1979;6:65–70.',
  },
  {
    used: ({ stratified }) => stratified.length > 0,
    text: () =>
      'Comparisons within strata use the Mantel–Haenszel odds ratio with the Robins–Breslow–Greenland variance, and the Breslow–Day test of homogeneity.',
    citation: 'Robins J, Breslow N, Greenland S. Estimators of the Mantel–Haenszel variance. Biometrics 1986;42:311–323.',
  },
  {
    used: ({ technologies }) => technologies.base > 0,
    text: () =>
      'Technologies were found in free text by a classifier that explains every hit; negated, former and quoted names do not count. Pairs were tested by Fisher’s test and adjusted by Benjamini and Hochberg.',
    citation: 'Benjamini Y, Hochberg Y. Controlling the false discovery rate. J R Stat Soc B 1995;57:289–300.',
  },
]

/** What was done, in words, generated from what was run, with its citations. */
export function methodsText(result: StudyResult): Markup {
  const used = methods.filter((method) => method.used(result))
  return html`${used.map((method, i) => html`<p>${method.text(result)} [${i + 1}]</p>`)}
    <ol>
      ${used.map(({ citation }) => html`<li>${citation}</li>`)}
    </ol>`
}
