"""Faults of peers beyond the oracle's cases: what R, SciPy, statsmodels, jStat and @stdlib answer, and the truth to 50 digits, by exact
whole numbers or mpmath. Shares no formula with src beyond the definitions of the methods.

Run in packages/stats: python3 test/reference/peer-faults.py > test/peer-faults.reference.json
(mpmath 1.2 or later, SciPy, statsmodels, Rscript and node; kept are answers that are off by more than 1e-9)
"""

import json
import subprocess
from fractions import Fraction
from math import factorial, prod

import numpy
import scipy
import statsmodels
from mpmath import exp, gammainc, inf, log, mp, mpf
from scipy import stats
from statsmodels.stats.contingency_tables import SquareTable

mp.dps = 70


def digits(x):
    if isinstance(x, Fraction):
        x = mpf(x.numerator) / x.denominator
    return mp.nstr(x, 50, strip_zeros=False)


def compositions(total, caps):
    if len(caps) == 1:
        if total <= caps[0]:
            yield (total,)
        return
    rest = sum(caps[1:])
    for x in range(max(0, total - rest), min(total, caps[0]) + 1):
        for others in compositions(total - x, caps[1:]):
            yield (x, *others)


def freeman_halton(table):
    """Row by row: columns with as much left are alike, and tables are told apart by the product of the factorials of their cells."""
    rows = sorted(map(sum, table))
    observed = prod(factorial(x) for row in table for x in row)
    states = {tuple(sorted(map(sum, zip(*table)))): {1: 1}}
    for row in rows[:-1]:
        reached = {}
        for caps, products in states.items():
            moves = {}
            for cells in compositions(row, caps):
                move = tuple(sorted(a - b for a, b in zip(caps, cells))), prod(map(factorial, cells))
                moves[move] = moves.get(move, 0) + 1
            for (left, product), ways in moves.items():
                state = reached.setdefault(left, {})
                for before, weight in products.items():
                    state[before * product] = state.get(before * product, 0) + weight * ways
        states = reached
    extreme = total = Fraction(0)
    for caps, products in states.items():
        last = prod(map(factorial, caps))
        for product, weight in products.items():
            share = Fraction(weight, product * last)
            total += share
            extreme += share if product * last >= observed else 0
    return extreme / total


def hypergeometric_cdf(x, white, total, drawn):
    """From the largest term downward, until a term no longer counts."""
    mp.dps = 90
    term = mp.binomial(white, x) * mp.binomial(total - white, drawn - x) / mp.binomial(total, drawn)
    mp.dps = 70
    result = mpf(0)
    while x >= 0 and term > result * mpf(10) ** -60:
        result += term
        term *= mpf(x) * (total - white - drawn + x) / (mpf(white - x + 1) * (drawn - x + 1))
        x -= 1
    return result


def chi_squared_upper(x, df):
    return gammainc(mpf(df) / 2, mpf(x) / 2, inf, regularized=True)


def noncentral_upper(x, df, ncp):
    half = mpf(ncp) / 2
    return mp.fsum(exp(-half) * half**j / mp.factorial(j) * chi_squared_upper(x, df + 2 * j) for j in range(400))


def likelihood_ratio(table):
    rows, columns, total = list(map(sum, table)), list(map(sum, zip(*table))), sum(map(sum, table))
    cells = ((x, rows[i] * columns[j]) for i, row in enumerate(table) for j, x in enumerate(row))
    return 2 * sum(x * log(mpf(x) * total / expected) for x, expected in cells)


def stuart_maxwell(table):
    """The quadratic form in exact fractions."""
    size = len(table)
    d = [sum(table[i]) - sum(row[i] for row in table) for i in range(size - 1)]
    v = [
        [Fraction(sum(table[i]) + sum(row[i] for row in table) - 2 * table[i][i] if i == j else -table[i][j] - table[j][i]) for j in range(size - 1)]
        for i in range(size - 1)
    ]
    x = list(map(Fraction, d))
    for i in range(size - 1):
        for k in range(i + 1, size - 1):
            factor = v[k][i] / v[i][i]
            v[k] = [a - factor * b for a, b in zip(v[k], v[i])]
            x[k] -= factor * x[i]
    return sum(value * value / v[i][i] for i, value in enumerate(x))


def r(expression):
    return float(subprocess.run(['Rscript', '-e', f"cat(sprintf('%.17g', {expression}))"], capture_output=True, text=True, check=True).stdout)


def node(expression):
    program = f"""
      const {{ jStat }} = require('jstat'); const stdlib = require('@stdlib/stats-base-dists-chisquare-cdf')
      console.log({expression})"""
    return float(subprocess.run(['node', '-e', program], capture_output=True, text=True, check=True).stdout)


def version_in_node(name):
    return json.load(open(f'../../node_modules/{name}/package.json'))['version']


R = 'R ' + subprocess.run(['Rscript', '-e', 'cat(paste(R.version$major, R.version$minor, sep = "."))'], capture_output=True, text=True).stdout
SCIPY, STATSMODELS = f'SciPy {scipy.__version__}', f'statsmodels {statsmodels.__version__.split("+")[0]}'
JSTAT, STDLIB = f'jStat {version_in_node("jstat")}', '@stdlib/stats-base-dists-chisquare-cdf ' + version_in_node('@stdlib/stats-base-dists-chisquare-cdf')

cases = []


def case(fn, inputs, values, peers):
    """Keeps the peers that are off, and the case if any is."""
    truth = {key: digits(value) for key, value in values.items()}
    kept = {}
    for peer, (call, answers) in peers.items():
        off = {key: {'peer': answer} for key, answer in answers.items() if not abs(mpf(answer) / values[key] - 1) < mpf(10) ** -9}
        if off:
            kept[peer] = {'call': call, 'deviates': off}
    if kept:
        cases.append({'id': f'fault-{fn}-{len(cases) + 1}', 'fn': fn, 'inputs': inputs, 'values': truth, 'peer_deviation': kept})


def as_fraction(p):
    return mpf(p.numerator) / p.denominator


for table in (
    [[1, 1, 1, 0, 0, 1, 0, 0], [2, 0, 0, 0, 0, 0, 0, 0], [1, 1, 0, 1, 0, 1, 0, 0], [0, 0, 1, 0, 0, 1, 0, 0],
     [0, 0, 0, 0, 0, 0, 0, 2], [1, 2, 0, 0, 0, 0, 1, 0], [0, 0, 0, 1, 1, 0, 1, 0], [0, 0, 2, 1, 1, 0, 0, 1]],
    [[0, 1, 2, 1, 0, 3, 0, 0, 0], [0, 0, 0, 0, 0, 1, 1, 0, 0], [0, 2, 0, 0, 1, 0, 0, 0, 0], [0, 0, 0, 0, 1, 1, 0, 1, 1],
     [1, 0, 0, 0, 1, 0, 1, 0, 0], [2, 0, 0, 0, 0, 0, 0, 0, 0], [0, 1, 0, 0, 0, 0, 1, 0, 0], [0, 0, 0, 0, 1, 0, 0, 0, 2],
     [1, 0, 0, 1, 1, 0, 0, 1, 0]],
    [[0, 0, 0, 1, 1, 0, 0, 0, 4, 0], [0, 0, 0, 1, 0, 0, 2, 1, 0, 1], [0, 1, 1, 0, 0, 1, 1, 0, 0, 0],
     [0, 2, 1, 0, 1, 0, 1, 0, 2, 1], [2, 2, 0, 0, 1, 0, 1, 1, 0, 0], [1, 0, 1, 0, 0, 0, 0, 0, 0, 0]],
):
    cells = ', '.join(str(x) for row in table for x in row)
    matrix = f'matrix(c({cells}), {len(table)}, byrow = TRUE)'
    case('fisher_rxc', {'table': table}, {'p': as_fraction(freeman_halton(table))}, {
        R: ('fisher.test(m, workspace = 2e7)', {'p': r(f'fisher.test({matrix}, workspace = 2e7)$p.value')}),
    })

for x, df, ncp in ((60, 1, 2), (150, 4, 10), (300, 2, 10), (500, 5, 40)):
    case('d_ncx2_sf', {'x': x, 'df': df, 'ncp': ncp}, {'value': noncentral_upper(x, df, ncp)}, {
        R: ('pchisq(x, df, ncp, lower.tail = FALSE)', {'value': r(f'suppressWarnings(pchisq({x}, {df}, {ncp}, lower.tail = FALSE))')}),
        SCIPY: ('stats.ncx2.sf(x, df, ncp)', {'value': float(stats.ncx2.sf(x, df, ncp))}),
    })

for x, df in ((30, 1), (60, 2), (80, 1), (120, 10)):
    one_less = f'1 - {{}}({x}, {df})'
    case('d_chisq_sf', {'x': x, 'df': df}, {'value': chi_squared_upper(x, df)}, {
        R: ('pchisq(x, df, lower.tail = FALSE)', {'value': r(f'pchisq({x}, {df}, lower.tail = FALSE)')}),
        SCIPY: ('stats.chi2.sf(x, df)', {'value': float(stats.chi2.sf(x, df))}),
        JSTAT: ('1 - jStat.chisquare.cdf(x, df)', {'value': node(one_less.format('jStat.chisquare.cdf'))}),
        STDLIB: ('1 - cdf(x, df)', {'value': node(one_less.format('stdlib'))}),
    })

for x, white, total, drawn in ((24_975_000, 50_000_000, 100_000_000, 50_000_000), (1_200, 40_000_000, 100_000_000, 3_000)):
    case('d_hyper_cdf', {'x': x, 'K': white, 'M': total - white, 'n': drawn}, {'value': hypergeometric_cdf(x, white, total, drawn)}, {
        R: ('phyper(x, K, M, n)', {'value': r(f'phyper({x}, {white}, {total - white}, {drawn})')}),
        SCIPY: ('stats.hypergeom.cdf(x, K + M, K, n)', {'value': float(stats.hypergeom.cdf(x, total, white, drawn))}),
    })

for table in ([[125_000_000, 125_010_000], [125_020_000, 125_000_500]], [[250_000_000, 250_000_100], [10_000, 10_100]]):
    G = likelihood_ratio(table)
    found = stats.chi2_contingency(table, correction=False, lambda_='log-likelihood')
    case('g_test', {'table': table}, {'statistic': G}, {
        SCIPY: ("stats.chi2_contingency(m, correction=False, lambda_='log-likelihood')", {'statistic': float(found[0])}),
    })

for table in ([[20, 90, 40], [10, 35, 60], [5, 8, 30]],):
    W = stuart_maxwell(table)
    case('stuart_maxwell', {'table': table, 'bhapkar': False}, {'p': chi_squared_upper(as_fraction(W), 2)}, {
        STATSMODELS: ('SquareTable(m).homogeneity().pvalue', {'p': float(SquareTable(numpy.array(table), shift_zeros=False).homogeneity().pvalue)}),
    })

print(json.dumps({'source': 'exact whole numbers and mpmath, 70 digits, shown to 50: python3 test/reference/peer-faults.py', 'cases': cases}, indent=2))
