"""Writes independence.reference.json: statistics and P values to 50 digits, rounded to doubles.

    python3 independence.py > ../independence.reference.json     (needs mpmath)

Everything is worked out in rationals or at 50 digits from the textbook formulas; nothing is shared with the package.
"""

import itertools
import json
from fractions import Fraction as F

from mpmath import gammainc, gamma, log, mp, mpf, sqrt

mp.dps = 50

TABLES = [
    [[40, 55], [22, 74]],
    [[12, 9], [61, 109]],
    [[3, 0], [0, 4]],
    [[0, 7], [5, 1], [2, 2]],
    [[1, 2, 1, 0], [3, 3, 6, 1], [10, 10, 14, 9], [6, 7, 12, 11]],
    [[26, 5], [12, 20], [1, 7], [5, 4]],
    [[5000, 4000], [3900, 5100]],
    [[160, 1], [2, 190]],
    [[99999999, 100000001], [100003000, 99990000]],
    [[1500000000000000, 1500000050000000], [1500000020000000, 1499999990000000]],
    [[2251799813685248, 2251799713685248], [2251799813685249, 2251799913685000]],
    [[1000000000000000, 7, 300], [2000000000000000, 20, 555], [123456789012345, 1, 40]],
]
LAMBDAS = {"pearson": F(1), "cressie-read": F(2, 3), "log-likelihood": F(0), "freeman-tukey": F(-1, 2),
           "mod-log-likelihood": F(-1), "neyman": F(-2), "3": F(3), "-0.3": F(-3, 10)}
FITS = [
    ([20, 30, 50], [1, 1, 1]),
    ([89, 37, 30, 28, 2], [8, 4, 4, 3, 1]),
    ([315, 108, 101, 32], [9, 3, 3, 1]),
    ([0, 5, 9], [1, 2, 3]),
    ([3000000000000000, 2999999990000000, 3000000010000001], [1, 1, 1]),
]
MULTINOMIALS = [([0, 0, 3], [1, 1, 1]), ([4, 1, 0, 2], [1, 1, 1, 1]), ([9, 2, 1], [3, 2, 1]), ([3, 6, 1, 2], [4, 3, 2, 1]), ([0, 12], [1, 3])]


def number(fraction):
    return mpf(fraction.numerator) / fraction.denominator


def upper_tail(x, df):
    return gammainc(mpf(df) / 2, x / 2) / gamma(mpf(df) / 2)


def divergence(pairs, lam):
    """Pairs of observed count and expected Fraction."""
    if lam <= -1 and any(o == 0 for o, _ in pairs):
        return None
    if lam == 0:
        return 2 * sum(o * log(mpf(o) / number(e)) for o, e in pairs if o)
    if lam == -1:
        return 2 * sum(number(e) * log(number(e) / o) for o, e in pairs)
    l = number(lam)
    return 2 / (l * (l + 1)) * sum(o * ((o / number(e)) ** l - 1) for o, e in pairs if o)


def with_p(x, df):
    return {"statistic": float(x), "pValue": float(upper_tail(x, df)), "logPValue": float(log(upper_tail(x, df)))}


def independence(table):
    rows = [sum(r) for r in table]
    columns = [sum(c) for c in zip(*table)]
    n = sum(rows)
    df = (len(rows) - 1) * (len(columns) - 1)
    pairs = [(o, F(rows[i] * columns[j], n)) for i, r in enumerate(table) for j, o in enumerate(r)]
    case = {"counts": table, "degreesOfFreedom": df}
    case["divergences"] = {name: None if x is None else with_p(x, df) for name, lam in LAMBDAS.items() for x in [divergence(pairs, lam)]}
    case["n-1"] = with_p(divergence(pairs, F(1)) * (n - 1) / n, df)
    if df == 1:
        case["yates"] = with_p(number(sum(max(F(0), abs(o - e) - F(1, 2)) ** 2 / e for o, e in pairs)), 1)
    spread = lambda margins: sum(F(n, m) for m in margins) - 1
    case["williams"] = with_p(divergence(pairs, F(0)) / number(1 + spread(rows) * spread(columns) / (6 * n * df)), df)
    error = lambda o, e, i, j: (o - number(e)) / sqrt(number(e * (1 - F(rows[i], n)) * (1 - F(columns[j], n))))
    residuals = []
    for i, r in enumerate(table):
        for j, o in enumerate(r):
            e = F(rows[i] * columns[j], n)
            part = 2 * ((o * log(o / number(e)) if o else 0) - (o - number(e)))
            residuals.append([float((o - number(e)) / sqrt(number(e))), float(error(o, e, i, j)), float((1 if o > e else -1) * sqrt(part))])
    case["residuals"] = residuals
    return case


def fit(observed, ratios):
    n, whole = sum(observed), sum(ratios)
    pairs = [(o, F(n * r, whole)) for o, r in zip(observed, ratios)]
    return {"observed": observed, "ratios": ratios,
            **{name: None if x is None else with_p(x, len(observed) - 1) for name in ["pearson", "log-likelihood", "neyman"]
               for x in [divergence(pairs, LAMBDAS[name])]}}


def outcomes(n, k):
    if k == 1:
        yield (n,)
        return
    for x in range(n + 1):
        for rest in outcomes(n - x, k - 1):
            yield (x, *rest)


def multinomial(observed, ratios):
    n, whole = sum(observed), sum(ratios)
    factorial = [1]
    for i in range(1, n + 1):
        factorial.append(factorial[-1] * i)

    def probability(xs):
        p = F(factorial[n])
        for x, r in zip(xs, ratios):
            p *= F(r, whole) ** x / factorial[x]
        return p

    def pearson(xs):
        return sum((x - F(n * r, whole)) ** 2 / F(n * r, whole) for x, r in zip(xs, ratios))

    def g(xs):
        return divergence([(x, F(n * r, whole)) for x, r in zip(xs, ratios)], F(0))

    p0, x0, g0 = probability(observed), pearson(observed), g(observed)
    every = list(outcomes(n, len(observed)))
    return {"observed": observed, "ratios": ratios, "probabilityOfObserved": float(p0),
            "probability": float(sum(probability(o) for o in every if probability(o) <= p0)),
            "pearson": float(sum(probability(o) for o in every if pearson(o) >= x0)),
            "log-likelihood": float(sum(probability(o) for o in every if g(o) >= g0 - mpf(10) ** -30))}


print(json.dumps({
    "source": "independence.py, mpmath at 50 digits and exact rationals",
    "tables": [independence(t) for t in TABLES],
    "fits": [fit(*f) for f in FITS],
    "multinomials": [multinomial(*m) for m in MULTINOMIALS],
}, indent=1))
