import { type StudyResult } from '../pipeline.ts'
import { adjustmentNames } from '../show/adjustment-name.ts'
import { levelText } from '../show/numbers.ts'
import { html, type Markup } from './html.ts'

interface Method {
  readonly used: (result: StudyResult) => boolean
  readonly text: (result: StudyResult) => string
  readonly citation: string | ((result: StudyResult) => string)
}

const holm = 'Holm S. A simple sequentially rejective multiple test procedure. Scand J Stat 1979;6:65–70.'
const hochberg = 'Hochberg Y. A sharper Bonferroni procedure for multiple tests of significance. Biometrika 1988;75:800–802.'
const hommel = 'Hommel G. A stagewise rejective multiple test procedure based on a modified Bonferroni test. Biometrika 1988;75:383–386.'
const dunn = 'Dunn OJ. Multiple comparisons among means. J Am Stat Assoc 1961;56:52–64.'
const benjaminiHochberg = 'Benjamini Y, Hochberg Y. Controlling the false discovery rate. J R Stat Soc B 1995;57:289–300.'
const benjaminiYekutieli =
  'Benjamini Y, Yekutieli D. The control of the false discovery rate in multiple testing under dependency. Ann Stat 2001;29:1165–1188.'

const adjustmentCitations: Readonly<Record<StudyResult['declared']['adjustment'], string>> = {
  holm,
  hochberg,
  hommel,
  bonferroni: dunn,
  BH: benjaminiHochberg,
  BY: benjaminiYekutieli,
  none: '',
}

const methods: readonly Method[] = [
  {
    used: () => true,
    text: ({ declared }) =>
      `Shares are of those who were asked and gave a usable answer, with Wilson score intervals at ${levelText(declared.confidenceLevel)}.`,
    citation: 'Wilson EB. Probable inference, the law of succession, and statistical inference. J Am Stat Assoc 1927;22:209–212.',
  },
  {
    used: ({ answers }) => answers.some(({ ofFrame }) => ofFrame !== null),
    text: () =>
      'As counts of everybody approached, answers have exact limits from the hypergeometric distribution, and the range that those who are not known leave open.',
    citation: 'Buonaccorsi JP. A note on confidence intervals for proportions in finite populations. Am Stat 1987;41:215–218.',
  },
  {
    used: ({ answers }) => answers.some(({ missing }) => (missing ?? 0) > 0),
    text: () => 'Where answers are missing, the share is bounded by every way in which the missing could have answered.',
    citation: 'Manski CF. Partial identification of probability distributions. Springer; 2003.',
  },
  {
    used: ({ comparisons, byField }) => comparisons.length + byField.length > 0,
    text: () =>
      'Groups were compared by Pearson’s chi-squared test without correction and by exact tests. Of two by two tables Fisher’s exact test decides; of larger ones Pearson’s where no expected count is below 1 and at most a fifth are below 5 (Cochran), otherwise the exact test of Freeman and Halton.',
    citation: 'Agresti A. Categorical data analysis. 3rd ed. Wiley; 2013. Sections 3.2, 3.5 and 16.6.',
  },
  {
    used: ({ comparisons, byField }) => comparisons.length + byField.length > 0,
    text: () => 'Which test decides hangs on the margins alone and not on any P.',
    citation: 'Cochran WG. Some methods for strengthening the common χ² tests. Biometrics 1954;10:417–451.',
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
      `P values were adjusted over the declared family of ${declared.family.length} questions (${adjustmentNames[declared.adjustment]}).`,
    citation: ({ declared }) => adjustmentCitations[declared.adjustment],
  },
  {
    used: ({ comparisons }) => comparisons.some(({ fragility }) => fragility !== null),
    text: () => 'The fewest changed answers that move P across the threshold are counted exactly.',
    citation:
      'Walsh M, Srinathan SK, McAuley DF, et al. The statistical significance of randomized controlled trial results is frequently fragile. J Clin Epidemiol 2014;67:622–628.',
  },
  {
    used: ({ stratified }) => stratified.length > 0,
    text: () =>
      'Comparisons within strata use the Mantel–Haenszel odds ratio with the Robins–Breslow–Greenland variance, and the Breslow–Day test of homogeneity.',
    citation: 'Robins J, Breslow N, Greenland S. Estimators of the Mantel–Haenszel variance. Biometrics 1986;42:311–323.',
  },
  {
    used: ({ technologies }) => technologies.technologies.length > 0,
    text: () =>
      'Technologies were found in free text by a classifier that explains every hit; negated, former and quoted names do not count. Pairs were tested by Fisher’s test and adjusted by Benjamini and Hochberg.',
    citation: benjaminiHochberg,
  },
  {
    used: ({ agreement }) => agreement !== null,
    text: () =>
      'Agreement of two people on the class of a technology is Cohen’s kappa, with the prevalence- and bias-adjusted value beside it; of more people Krippendorff’s alpha.',
    citation: 'Fleiss JL, Cohen J, Everitt BS. Large sample standard errors of kappa and weighted kappa. Psychol Bull 1969;72:323–327.',
  },
  {
    used: ({ smallNumbers }) => smallNumbers.kind === 'on',
    text: () => 'Small counts were hidden with secondary suppression, and the rest rounded; see Small numbers.',
    citation:
      'Kelly JP, Golden BL, Assad AA. Cell suppression: disclosure protection for sensitive tabular data. Networks 1992;22:397–417.',
  },
]

/** What was done, one paragraph a method, and the citations that their numbers point to. */
function methodsOf(result: StudyResult): { readonly paragraphs: readonly string[]; readonly citations: readonly string[] } {
  const used = methods.filter((method) => method.used(result))
  return {
    paragraphs: used.map((method, i) => `${method.text(result)} [${i + 1}]`),
    citations: used.map(({ citation }) => (typeof citation === 'string' ? citation : citation(result))),
  }
}

/** What was done, in words, generated from what was run, with its citations. */
export function methodsText(result: StudyResult): Markup {
  const { paragraphs, citations } = methodsOf(result)
  return html`${paragraphs.map((text) => html`<p>${text}</p>`)}
    <h3 class="nhsuk-heading-s">References</h3>
    <ol>
      ${citations.map((citation) => html`<li>${citation}</li>`)}
    </ol>`
}

/** The same as plain paragraphs. */
export function methodsParagraphs(result: StudyResult): string[] {
  const { paragraphs, citations } = methodsOf(result)
  return [...paragraphs, ...citations.map((citation, i) => `[${i + 1}] ${citation}`)]
}
