/**
 * Asks our functions what the oracle asks, in its words: the one place that knows both vocabularies.
 * What has no answer (`not-testable`, `null`) is `NaN` in the oracle's terms, an interval without upper bound ends at `Infinity`.
 */
import * as exact from '../src/exact/index.ts'
import * as stats from '../src/index.ts'

/** Answers with the keys of the case's `expected`. */
export function evaluate(fn: string, inputs: Readonly<Record<string, unknown>>): Readonly<Record<string, unknown>> {
  const answer = functions[fn]
  if (answer === undefined) throw new Error(`the oracle's function ${fn} has no counterpart here`)
  // The inputs of each function are as the oracle's format says; a wrong one fails its case.
  return answer(inputs as never)
}

type Table = readonly (readonly number[])[]

interface Sizes {
  readonly x1: number
  readonly n1: number
  readonly x2: number
  readonly n2: number
}

/** Numbers may come as exact decimals in strings. */
const num = (value: number | string): number => Number(value)
const nan = (value: number | null | undefined): number => value ?? Number.NaN
const limits = (interval: { readonly lower: number; readonly upper: number | null } | null): number[] =>
  interval === null ? [Number.NaN, Number.NaN] : [interval.lower, interval.upper ?? Number.POSITIVE_INFINITY]
const testResult = (result: {
  readonly statistic: number | null
  readonly degreesOfFreedom: number | null
  readonly pValue: number | null
}) => ({
  statistic: nan(result.statistic),
  df: nan(result.degreesOfFreedom),
  p: nan(result.pValue),
})
const fractionOf = (text: string | number): number => {
  const [numerator = Number.NaN, denominator = 1] = `${text}`.split('/').map(Number)
  return numerator / denominator
}
const twoGroups = ({ x1, n1, x2, n2 }: Sizes): Table => [
  [x1, n1 - x1],
  [x2, n2 - x2],
]
/** A measure with its errors, whatever the association (ASE1) and under independence (ASE0). */
const withErrors = (name: string, { estimate, standardError, nullStandardError }: stats.OrdinalMeasure) => ({
  [name]: nan(estimate),
  [`${name}_ase1`]: nan(standardError),
  [`${name}_ase0`]: nan(nullStandardError),
})
const value = (result: number) => ({ value: result })

const proportionMethods: Readonly<Record<string, stats.ProportionIntervalMethod>> = {
  wald: 'wald',
  'wald-cc': 'wald-corrected',
  wilson: 'wilson',
  'wilson-cc': 'wilson-corrected',
  'agresti-coull': 'agresti-coull',
  jeffreys: 'jeffreys',
  'clopper-pearson': 'clopper-pearson',
  'mid-p': 'mid-p',
  blaker: 'blaker',
  'likelihood-ratio': 'likelihood-ratio',
  arcsine: 'arcsine',
}

const functions: Readonly<Record<string, (inputs: never) => Readonly<Record<string, unknown>>>> = {
  chisq_independence: ({ table, correction }: { table: Table; correction: boolean }) => {
    const result = stats.chiSquaredTest(table, { continuityCorrection: correction ? 'yates' : 'none' })
    return {
      ...testResult(result),
      min_expected:
        result.method === 'not-testable' ? Math.min(...(stats.expectedCounts(table)?.flat() ?? [Number.NaN])) : result.minimumExpected,
    }
  },
  g_test: ({ table }: { table: Table }) => testResult(stats.likelihoodRatioTest(table)),
  cressie_read: ({ table, lambda }: { table: Table; lambda: string }) =>
    testResult(stats.cressieReadTest(table, { lambda: fractionOf(lambda) })),
  residuals: ({ table }: { table: Table }) => {
    const { pearson, standardized } = stats.residuals(table)
    return { pearson, adjusted: standardized }
  },
  fisher_2x2: ({ table, alternative, conf }: { table: Table; alternative: stats.Alternative; conf: number }) => {
    const { pValue, oddsRatio, confidenceInterval, reason } = stats.fisherExactTest(table, { alternative, confidenceLevel: num(conf) })
    return {
      p: pValue,
      odds_ratio: reason === 'largest-first-cell' ? Number.POSITIVE_INFINITY : nan(oddsRatio),
      ci: limits(confidenceInterval),
    }
  },
  fisher_midp: ({ table }: { table: Table }) => {
    const pValue = (options: stats.FisherExactTestOptions): number => stats.fisherExactTest(table, { interval: 'none', ...options }).pValue
    return {
      less: pValue({ alternative: 'less', midP: 'half-observed' }),
      greater: pValue({ alternative: 'greater', midP: 'half-observed' }),
      two_sided_doubled: pValue({ twoSided: 'doubling', midP: 'half-observed' }),
      two_sided_minlike_half_observed: pValue({ midP: 'half-observed' }),
      two_sided_minlike_half_ties: pValue({ midP: 'half-ties' }),
    }
  },
  or_midp: ({ table, conf }: { table: Table; conf: number }) => {
    const result = stats.medianUnbiasedOddsRatio(table, { confidenceLevel: num(conf) })
    return {
      estimate_median_unbiased: result.reason === 'largest-first-cell' ? Number.POSITIVE_INFINITY : nan(result.estimate),
      ci: limits(stats.midPOddsRatioInterval(table, { confidenceLevel: num(conf) })),
    }
  },
  fisher_rxc: ({ table }: { table: Table }) => ({ p: nan(exact.fisherFreemanHaltonTest(table, {}).pValue) }),
  boschloo: ({ alternative, ...sizes }: Sizes & { alternative: stats.Alternative }) => {
    const { pValue, statistic } = exact.boschlooTest(twoGroups(sizes), { alternative })
    return { p: pValue, statistic }
  },
  boschloo_minlike: (sizes: Sizes) => {
    const { pValue, statistic } = exact.boschlooTest(twoGroups(sizes), { twoSided: 'probability' })
    return { p: pValue, statistic }
  },
  barnard: ({ alternative, pooled, ...sizes }: Sizes & { alternative: stats.Alternative; pooled: boolean }) => {
    const { pValue, statistic } = exact.barnardTest(twoGroups(sizes), { alternative, ordering: pooled ? 'pooled' : 'unpooled' })
    return { p: pValue, statistic: nan(statistic) }
  },
  mcnemar: ({ table, method }: { table: Table; method: 'asymptotic' | 'corrected' | 'exact' | 'midp' }) =>
    testResult(stats.mcnemarTest(table, { variant: method === 'midp' ? 'mid-p' : method })),
  bowker: ({ table }: { table: Table }) => {
    const result = stats.bowkerTest(table)
    return { ...testResult(result), df_nonempty: result.method === 'not-testable' ? Number.NaN : result.nonemptyPairs }
  },
  stuart_maxwell: ({ table, bhapkar }: { table: Table; bhapkar: boolean }) =>
    testResult(bhapkar ? stats.bhapkarTest(table) : stats.stuartMaxwellTest(table)),
  cochran_q: ({ data }: { data: Table }) => testResult(stats.cochranQTest(data)),
  cmh_2x2xk: ({ tables, correct }: { tables: readonly Table[]; correct: boolean }) => {
    const { estimate, reason, confidenceInterval, standardError } = stats.mantelHaenszel(tables)
    return {
      ...testResult(stats.cochranMantelHaenszelTest(tables, { continuityCorrection: correct ? 'yates' : 'none' })),
      odds_ratio: reason === 'infinite' ? Number.POSITIVE_INFINITY : nan(estimate),
      ci: limits(confidenceInterval),
      se_log: nan(standardError),
    }
  },
  cmh_exact: ({ tables, alternative, conf }: { tables: readonly Table[]; alternative: stats.Alternative; conf: number }) => {
    const result = exact.exactMantelHaenszelTest(tables, { alternative, confidenceLevel: num(conf) })
    if (result.method === 'not-testable') return { p: Number.NaN, odds_ratio: Number.NaN, ci: limits(null) }
    return {
      p: result.pValue,
      odds_ratio: result.reason === 'largest-first-cell' ? Number.POSITIVE_INFINITY : nan(result.oddsRatio),
      ci: limits(result.confidenceInterval),
    }
  },
  cmh_general: ({ tables }: { tables: readonly Table[] }) =>
    testResult(stats.generalizedCochranMantelHaenszelTest(tables, { association: 'general' })),
  cmh_ordinal: ({ tables, rscores, cscores }: { tables: readonly Table[]; rscores: number[]; cscores: number[] }) =>
    testResult(
      stats.generalizedCochranMantelHaenszelTest(tables, { association: 'correlation', rowScores: rscores, columnScores: cscores }),
    ),
  breslow_day: ({ tables }: { tables: readonly Table[] }) => {
    const result = stats.breslowDayTest(tables)
    const tarone = result.method === 'not-testable' ? null : result.tarone
    return {
      breslow_day: nan(result.statistic),
      breslow_day_p: nan(result.pValue),
      tarone: nan(tarone?.statistic),
      tarone_p: nan(tarone?.pValue),
      df: nan(result.degreesOfFreedom),
    }
  },
  cochran_armitage: ({ x, n, scores }: { x: readonly number[]; n: readonly number[]; scores: number[] }) => {
    const result = stats.cochranArmitageTest(
      x.map((events, i) => [events, (n[i] as number) - events]),
      { scores },
    )
    return { ...testResult(result), z: result.method === 'not-testable' ? Number.NaN : result.z }
  },
  cohen_kappa: ({ table, weights }: { table: Table; weights: 'none' | 'linear' | 'quadratic' }) => {
    const result = stats.cohenKappa(table, { weights: weights === 'none' ? 'unweighted' : weights })
    if (result.method === 'not-testable') return { kappa: Number.NaN }
    return {
      kappa: result.estimate,
      po: result.observedAgreement,
      pe: result.expectedAgreement,
      se: result.standardError,
      // Ours is null where it is zero, because no test can be made of it.
      se0: result.nullStandardError ?? 0,
      ci95: limits(result.confidenceInterval),
    }
  },
  fleiss_kappa: ({ ratings }: { ratings: Table }) => {
    const result = stats.fleissKappa(ratings)
    if (result.method === 'not-testable') return { kappa: Number.NaN, se0: Number.NaN, p_bar: Number.NaN, p_e: Number.NaN }
    return { kappa: result.estimate, se0: result.nullStandardError, p_bar: result.observedAgreement, p_e: result.expectedAgreement }
  },
  effects_2x2: ({ table, conf }: { table: Table; conf: number }) => {
    const confidenceLevel = num(conf)
    const odds = stats.oddsRatio(table, { interval: 'woolf', confidenceLevel })
    const risk = stats.riskRatio(table, { interval: 'katz', confidenceLevel })
    const difference = stats.riskDifference(table, { interval: 'wald', confidenceLevel })
    return {
      odds_ratio: odds.reason === 'infinite' ? Number.POSITIVE_INFINITY : nan(odds.estimate),
      odds_ratio_ci: limits(odds.confidenceInterval),
      log_or_se: nan(odds.logStandardError),
      risk_ratio: risk.reason === 'infinite' ? Number.POSITIVE_INFINITY : nan(risk.estimate),
      risk_ratio_ci: limits(risk.confidenceInterval),
      log_rr_se: nan(risk.logStandardError),
      risk_difference: nan(difference.estimate),
      risk_difference_ci: limits(difference.confidenceInterval),
      rd_se: nan(difference.standardError),
    }
  },
  haldane_or: ({ table, conf }: { table: Table; conf: number }) => {
    const { estimate, confidenceInterval } = stats.oddsRatio(table, {
      estimator: 'haldane-anscombe',
      interval: 'gart',
      confidenceLevel: num(conf),
    })
    return { odds_ratio: nan(estimate), ci: limits(confidenceInterval) }
  },
  prop_ci: ({ x, n, conf, method }: { x: number; n: number; conf: number; method: string }) => ({
    ci: limits(
      stats.proportionInterval(x, n, { confidenceLevel: num(conf), method: proportionMethods[method] as stats.ProportionIntervalMethod }),
    ),
  }),
  diff_ci: ({ conf, method, ...sizes }: Sizes & { conf: number; method: stats.RiskDifferenceInterval }) => ({
    ci: limits(stats.riskDifference(twoGroups(sizes), { interval: method, confidenceLevel: num(conf) }).confidenceInterval),
  }),
  ratio_ci: ({ conf, method, ...sizes }: Sizes & { conf: number; method: 'log' | 'koopman' | 'miettinen-nurminen' }) => ({
    ci: limits(
      stats.riskRatio(twoGroups(sizes), { interval: method === 'log' ? 'katz' : method, confidenceLevel: num(conf) }).confidenceInterval,
    ),
  }),
  or_score_ci: ({ conf, ...sizes }: Sizes & { conf: number }) => ({
    ci: limits(stats.oddsRatio(twoGroups(sizes), { interval: 'miettinen-nurminen', confidenceLevel: num(conf) }).confidenceInterval),
  }),
  prop_test: (inputs: {
    x: number | number[]
    n: number | number[]
    p: number | string | number[] | null
    correct: boolean
    alternative: stats.Alternative
    conf: number
  }) => {
    const probability = Array.isArray(inputs.p) ? inputs.p.map(num) : inputs.p === null ? null : num(inputs.p)
    const result = stats.proportionTest([inputs.x].flat(), [inputs.n].flat(), {
      probability,
      alternative: inputs.alternative,
      confidenceLevel: num(inputs.conf),
      continuityCorrection: inputs.correct ? 'yates' : 'none',
    })
    return { ...testResult(result), ci: limits(result.method === 'not-testable' ? null : result.confidenceInterval) }
  },
  binom_test: ({ x, n, p, alternative, conf }: { x: number; n: number; p: string; alternative: stats.Alternative; conf: number }) => {
    const { pValue, confidenceInterval } = stats.binomialTest(x, n, { probability: num(p), alternative, confidenceLevel: num(conf) })
    return { p: pValue, ci: limits(confidenceInterval) }
  },
  chisq_gof: ({ observed, probs }: { observed: number[]; probs: (number | string)[] | null }) =>
    testResult(stats.goodnessOfFitTest(observed, probs === null ? {} : { probabilities: probs.map(fractionOf) })),
  multinomial_ci_goodman: ({ counts, conf }: { counts: number[]; conf: number }) => ({
    ci: stats.multinomialIntervals(counts, { method: 'goodman', confidenceLevel: num(conf) }).map(limits),
  }),
  multinomial_ci_sisonglaz: ({ counts, conf }: { counts: number[]; conf: number }) => ({
    ci: stats.multinomialIntervals(counts, { method: 'sison-glaz', confidenceLevel: num(conf) }).map(limits),
  }),
  p_adjust: ({ p, method }: { p: number[]; method: stats.PValueAdjustment }) => ({ p: stats.adjustPValues(p, method) }),
  nominal_association: ({ table }: { table: Table }) => {
    const { phi, signedPhi, contingencyCoefficient, tschuprowsT, cramersV } = stats.nominalAssociation(table)
    const yules = table.length === 2 && table[0]?.length === 2 ? { q: stats.yulesQ(table), y: stats.yulesY(table) } : null
    return {
      cramers_v: nan(cramersV.estimate),
      phi: nan(phi),
      contingency_c: nan(contingencyCoefficient),
      tschuprow_t: nan(tschuprowsT),
      cramers_v_bias_corrected: nan(cramersV.biasCorrected),
      phi_signed: nan(signedPhi),
      yule_q: nan(yules?.q.estimate),
      yule_y: nan(yules?.y.estimate),
    }
  },
  gk_lambda: ({ table }: { table: Table }) => {
    const { columnGivenRow, rowGivenColumn, symmetric } = stats.goodmanKruskalLambda(table)
    return {
      lambda_c_given_r: nan(columnGivenRow.estimate),
      lambda_r_given_c: nan(rowGivenColumn.estimate),
      symmetric: nan(symmetric.estimate),
    }
  },
  gk_tau: ({ table }: { table: Table }) => {
    const { columnGivenRow, rowGivenColumn } = stats.goodmanKruskalTau(table)
    return {
      tau_c_given_r: nan(columnGivenRow.estimate),
      tau_r_given_c: nan(rowGivenColumn.estimate),
      chisq_c_given_r: nan(columnGivenRow.statistic),
      chisq_r_given_c: nan(rowGivenColumn.statistic),
    }
  },
  uncertainty: ({ table }: { table: Table }) => {
    const { columnGivenRow, rowGivenColumn, symmetric, mutualInformation } = stats.uncertaintyCoefficient(table)
    return {
      u_c_given_r: nan(columnGivenRow.estimate),
      u_r_given_c: nan(rowGivenColumn.estimate),
      symmetric: nan(symmetric.estimate),
      mutual_information: nan(mutualInformation),
    }
  },
  ordinal_association: ({ table }: { table: Table }) => {
    const { gamma, kendallsTauB, stuartsTauC, somersD, concordant, discordant } = stats.ordinalAssociation(table)
    return {
      ...withErrors('gamma', gamma),
      ...withErrors('tau_b', kendallsTauB),
      tau_c: nan(stuartsTauC.estimate),
      tau_c_ase: nan(stuartsTauC.standardError),
      ...withErrors('somers_d_c_given_r', somersD.columnGivenRow),
      ...withErrors('somers_d_r_given_c', somersD.rowGivenColumn),
      somers_d_symmetric: nan(somersD.symmetric.estimate),
      concordant,
      discordant,
    }
  },
  power_chisq: ({ w, n, df, alpha }: Record<'w' | 'n' | 'df' | 'alpha', number | string>) => ({
    power: stats.chiSquaredPower(num(w), num(n), { degreesOfFreedom: num(df), significanceLevel: num(alpha) }).power,
  }),
  n_chisq: ({ w, df, alpha, power }: Record<'w' | 'df' | 'alpha' | 'power', number | string>) => ({
    n: stats.chiSquaredSampleSize(num(w), { degreesOfFreedom: num(df), significanceLevel: num(alpha), power: num(power) }).sampleSize,
  }),
  power_prop: (
    inputs: Record<'n' | 'p1' | 'p2' | 'alpha', number | string> & { alternative: stats.PowerAlternative; strict: boolean },
  ) => ({
    power: stats.twoProportionPower(num(inputs.p1), num(inputs.p2), num(inputs.n), {
      significanceLevel: num(inputs.alpha),
      alternative: inputs.alternative,
      rejection: inputs.strict ? 'both-sides' : 'expected-side',
    }).power,
  }),
  n_prop: (inputs: Record<'p1' | 'p2' | 'alpha' | 'power', number | string> & { alternative: stats.PowerAlternative }) => ({
    n: stats.twoProportionSampleSize(num(inputs.p1), num(inputs.p2), {
      significanceLevel: num(inputs.alpha),
      power: num(inputs.power),
      alternative: inputs.alternative,
    }).sampleSize,
  }),
  power_2p_h: (inputs: Record<'h' | 'n1' | 'n2' | 'alpha', number | string> & { alternative: stats.Alternative }) => ({
    power: stats.arcsinePower(num(inputs.h), [num(inputs.n1), num(inputs.n2)], {
      significanceLevel: num(inputs.alpha),
      alternative: inputs.alternative,
    }).power,
  }),
  power_fisher: (inputs: Record<'p1' | 'p2' | 'n1' | 'n2' | 'alpha', number | string> & { alternative: stats.Alternative }) => ({
    power: stats.exactTwoProportionPower(num(inputs.p1), num(inputs.p2), [num(inputs.n1), num(inputs.n2)], {
      significanceLevel: num(inputs.alpha),
      alternative: inputs.alternative,
    }).power,
  }),
  margin_range: ({ r1, r2, c1 }: { r1: number; r2: number; c1: number }) => {
    const feasible = stats.feasibleTables({ rows: [r1, r2], columns: [c1, r1 + r2 - c1] })
    const pearson = feasible.tables.flatMap(({ pearsonPValue }) => (pearsonPValue === null ? [] : [pearsonPValue]))
    const fisher = feasible.tables.map(({ fisherPValue }) => fisherPValue)
    return {
      count: feasible.tables.length,
      a_min: feasible.minimum,
      a_max: feasible.maximum,
      pearson_p_min: pearson.length === 0 ? Number.NaN : Math.min(...pearson),
      pearson_p_max: pearson.length === 0 ? Number.NaN : Math.max(...pearson),
      fisher_p_min: Math.min(...fisher),
      fisher_p_max: Math.max(...fisher),
      n_pearson_below_0_05: stats.feasibleCrossing(feasible, 'pearson', 0.05).tables,
      n_fisher_below_0_05: stats.feasibleCrossing(feasible, 'fisher', 0.05).tables,
    }
  },
  grim_percent: ({ percent, n }: { percent: string; n: number }) => {
    const counts = stats.countsThatFit(`${percent}`, n, { rounding: 'half-either' })
    return { consistent: counts.length > 0, counts }
  },
  d_chisq_sf: ({ x, df }: { x: number; df: number }) => value(stats.chiSquaredUpperTail(num(x), num(df))),
  d_chisq_cdf: ({ x, df }: { x: number; df: number }) => value(stats.chiSquaredCdf(num(x), num(df))),
  d_chisq_isf: ({ q, df }: { q: number; df: number }) => value(stats.chiSquaredUpperQuantile(num(q), num(df))),
  d_ncx2_sf: ({ x, df, ncp }: { x: number; df: number; ncp: number }) =>
    value(stats.noncentralChiSquaredUpperTail(num(x), num(df), num(ncp))),
  d_ncx2_cdf: ({ x, df, ncp }: { x: number; df: number; ncp: number }) => value(stats.noncentralChiSquaredCdf(num(x), num(df), num(ncp))),
  d_norm_cdf: ({ z }: { z: number }) => value(stats.normalCdf(num(z))),
  d_norm_ppf: ({ p }: { p: number }) => value(stats.normalQuantile(num(p))),
  d_beta_cdf: ({ x, a, b }: { x: number; a: number; b: number }) => value(stats.betaCdf(num(x), num(a), num(b))),
  d_beta_ppf: ({ p, a, b }: { p: number; a: number; b: number }) => value(stats.betaQuantile(num(p), num(a), num(b))),
  d_binom_cdf: ({ k, n, p }: { k: number; n: number; p: number }) => value(stats.binomialCdf(k, n, num(p))),
  d_binom_pmf: ({ k, n, p }: { k: number; n: number; p: number }) => value(stats.binomialProbability(k, n, num(p))),
  d_hyper_pmf: ({ x, K, M, n }: { x: number; K: number; M: number; n: number }) => value(stats.hypergeometricProbability(x, K, M, n)),
  d_hyper_cdf: ({ x, K, M, n }: { x: number; K: number; M: number; n: number }) => value(stats.hypergeometricCdf(x, K, M, n)),
  d_gammaln: ({ x }: { x: number }) => value(stats.logGamma(num(x))),
}
