"""Closed formulas as printed in the papers, with 50 digits, so that their cancellation does no harm: square-and-add and MOVER
intervals, Yule's coefficients, Mantel-Haenszel effects, Breslow and Day, Gwet's and Krippendorff's coefficients. The code under
test rearranges all of them; these are not rearranged.

Run: python3 test/reference/effects-and-strata.py > test/effects-and-strata.reference.json   (mpmath 1.2, SciPy 1.10 or later)
"""

import json
from mpmath import mp, mpf, sqrt, erfinv, exp, matrix, lu_solve
from scipy.stats import beta

mp.dps = 60
Z = {level: sqrt(2) * erfinv(mpf(level)) for level in ["0.95", "0.9", "0.99"]}


def wilson(x, n, z):
    p = x / n
    half = z * sqrt(p * (1 - p) / n + z**2 / (4 * n**2))
    return [(p + z**2 / (2 * n) - half) / (1 + z**2 / n), (p + z**2 / (2 * n) + half) / (1 + z**2 / n)]


def wilson_corrected(x, n, z):
    p, q = x / n, 1 - x / n
    low = (2 * n * p + z**2 - 1 - z * sqrt(z**2 - 2 - 1 / n + 4 * p * (n * q + 1))) / (2 * (n + z**2))
    high = (2 * n * p + z**2 + 1 + z * sqrt(z**2 + 2 - 1 / n + 4 * p * (n * q - 1))) / (2 * (n + z**2))
    return [mpf(0) if x == 0 else max(mpf(0), low), mpf(1) if x == n else min(mpf(1), high)]


def jeffreys(x, n, level):
    tail = (1 - mpf(level)) / 2
    a, b = x + mpf(1) / 2, n - x + mpf(1) / 2

    # SciPy's quantiles carry 12 digits or more; every other number of this file has 50.
    low, high = mpf(beta.ppf(float(tail), float(a), float(b))), mpf(beta.isf(float(tail), float(a), float(b)))
    return [mpf(0) if x == 0 else low, mpf(1) if x == n else high]


def square_and_add(p1, one, p2, two):
    d = p1 - p2
    return [d - sqrt((p1 - one[0])**2 + (two[1] - p2)**2), d + sqrt((one[1] - p1)**2 + (p2 - two[0])**2)]


def mover_ratio(t1, one, t2, two):
    product = t1 * t2
    low = (product - sqrt(product**2 - one[0] * two[1] * (2 * t1 - one[0]) * (2 * t2 - two[1]))) / (two[1] * (2 * t2 - two[1]))
    high = (product + sqrt(product**2 - one[1] * two[0] * (2 * t1 - one[1]) * (2 * t2 - two[0]))) / (two[0] * (2 * t2 - two[0]))
    return [low, high]


def odds(p):
    return p / (1 - p)


def effects(table, level):
    (a, b), (c, d) = [[mpf(x) for x in row] for row in table]
    n1, n2, z = a + b, c + d, Z[level]
    p1, p2 = a / n1, c / n2
    out = {}
    one, two = wilson(a, n1, z), wilson(c, n2, z)
    out["newcombe"] = square_and_add(p1, one, p2, two)
    out["newcombe-corrected"] = square_and_add(p1, wilson_corrected(a, n1, z), p2, wilson_corrected(c, n2, z))
    j1, j2 = jeffreys(a, n1, level), jeffreys(c, n2, level)
    out["mover-jeffreys"] = square_and_add(p1, j1, p2, j2)
    s1, s2 = (a + 1) / (n1 + 2), (c + 1) / (n2 + 2)
    half = z * sqrt(s1 * (1 - s1) / (n1 + 2) + s2 * (1 - s2) / (n2 + 2))
    out["agresti-caffo"] = [s1 - s2 - half, s1 - s2 + half]
    out["ratio-mover-wilson"] = mover_ratio(p1, one, p2, two)
    out["ratio-mover-jeffreys"] = mover_ratio(p1, j1, p2, j2)
    out["odds-mover-wilson"] = mover_ratio(odds(p1), [odds(x) for x in one], odds(p2), [odds(x) for x in two])
    error = sqrt(1 / a + 1 / b + 1 / c + 1 / d)
    q = (a * d - b * c) / (a * d + b * c)
    y = (sqrt(a * d) - sqrt(b * c)) / (sqrt(a * d) + sqrt(b * c))
    out["yules-q"] = [q, (1 - q**2) / 2 * error]
    out["yules-y"] = [y, (1 - y**2) / 4 * error]
    return out


def paired(table, level):
    (a, b), (c, d) = [[mpf(x) for x in row] for row in table]
    n, z = a + b + c + d, Z[level]
    out = {}
    p1, p2 = (a + b) / n, (a + c) / n
    one, two = wilson(a + b, n, z), wilson(a + c, n, z)
    product = a * d - b * c
    if product > 0:
        product = max(mpf(0), product - n / 2)
    margin = (a + b) * (c + d) * (a + c) * (b + d)
    phi = product / sqrt(margin) if margin else mpf(0)
    low = sqrt((p1 - one[0])**2 - 2 * phi * (p1 - one[0]) * (two[1] - p2) + (two[1] - p2)**2)
    high = sqrt((one[1] - p1)**2 - 2 * phi * (one[1] - p1) * (p2 - two[0]) + (p2 - two[0])**2)
    out["newcombe"] = [p1 - p2 - low, p1 - p2 + high]
    half = z * sqrt(b + c - (b - c)**2 / n) / n
    out["wald"] = [(b - c) / n - half, (b - c) / n + half]
    s, t = (b + 1) / (n + 2), (c + 1) / (n + 2)
    half = z * sqrt((s + t - (s - t)**2) / (n + 2))
    out["bonett-price"] = [s - t - half, s - t + half]
    return out


def strata(tables, level):
    # A stratum with an empty row has weight zero in every sum below.
    ts = [[mpf(x) for row in table for x in row] for table in tables if all(map(sum, table))]
    z = Z[level]
    total = lambda f: sum((f(*t) for t in ts), mpf(0))
    weight = total(lambda a, b, c, d: (a + b) * (c + d) / (a + b + c + d))
    r, s = total(lambda a, b, c, d: a * (c + d) / (a + b + c + d)), total(lambda a, b, c, d: c * (a + b) / (a + b + c + d))
    error = sqrt(total(lambda a, b, c, d: ((a + c) * (a + b) * (c + d) - a * c * (a + b + c + d)) / (a + b + c + d)**2) / (r * s))
    out = {"risk-ratio": [r / s, error, r / s * exp(-z * error), r / s * exp(z * error)]}
    difference = total(lambda a, b, c, d: (a * (c + d) - c * (a + b)) / (a + b + c + d)) / weight

    def sato_p(a, b, c, d):
        n1, n2 = a + b, c + d
        return (n1**2 * c - n2**2 * a + n1 * n2 * (n2 - n1) / 2) / (n1 + n2)**2

    def sato_q(a, b, c, d):
        n1, n2 = a + b, c + d
        return (a * (n2 - c) + c * (n1 - a)) / (2 * (n1 + n2))
    sato = sqrt(difference * total(sato_p) + total(sato_q)) / weight
    greenland = sqrt(total(lambda a, b, c, d: (a * b * (c + d)**3 + c * d * (a + b)**3) / ((a + b) * (c + d) * (a + b + c + d)**2))) / weight
    out["risk-difference"] = {"sato": [difference, sato], "greenland-robins": [difference, greenland]}
    psi = total(lambda a, b, c, d: a * d / (a + b + c + d)) / total(lambda a, b, c, d: b * c / (a + b + c + d))
    x2 = deviation = variance = mpf(0)
    k = 0
    for a, b, c, d in ts:
        n1, n2, m1 = a + b, c + d, a + c
        if 0 in (n1, n2, m1, b + d):
            continue
        k += 1
        if psi == 1:
            fit = n1 * m1 / (n1 + n2)
        else:
            p, q = psi - 1, -(psi * (n1 + m1) + n2 - m1)
            roots = [(-q + sign * sqrt(q**2 - 4 * p * psi * n1 * m1)) / (2 * p) for sign in (1, -1)]
            fit = [x for x in roots if max(mpf(0), m1 - n2) <= x <= min(n1, m1)][0]
        v = 1 / (1 / fit + 1 / (n1 - fit) + 1 / (m1 - fit) + 1 / (n2 - m1 + fit))
        x2 += (a - fit)**2 / v
        deviation += a - fit
        variance += v
    out["breslow-day"] = [x2, x2 - deviation**2 / variance, k - 1]
    return out


def generalised(tables, us, vs):
    """General association, row means and correlation with full covariance matrices, Landis, Heyman and Koch 1978."""
    rows, columns = len(tables[0]), len(tables[0][0])

    def form(contrast):
        size = len(contrast)
        g, v = matrix(size, 1), matrix(size, size)
        for table in tables:
            n = mpf(sum(map(sum, table)))
            r, m = [mpf(sum(x)) for x in table], [mpf(sum(x)) for x in zip(*table)]
            cells = [(i, j) for i in range(rows) for j in range(columns)]
            diff = [table[i][j] - r[i] * m[j] / n for i, j in cells]
            cov = lambda x, y: (((r[x[0]] if x[0] == y[0] else 0) - r[x[0]] * r[y[0]] / n)
                                * ((m[x[1]] if x[1] == y[1] else 0) - m[x[1]] * m[y[1]] / n) / (n - 1) if n > 1 else mpf(0))
            for s in range(size):
                g[s] += sum(contrast[s](*c) * e for c, e in zip(cells, diff))
                for t in range(size):
                    v[s, t] += sum(contrast[s](*x) * contrast[t](*y) * cov(x, y) for x in cells for y in cells)
        return (g.T * lu_solve(v, g))[0]
    general = form([lambda p, q, i=i, j=j: int(p == i and q == j) for i in range(rows - 1) for j in range(columns - 1)])
    means = form([lambda p, q, i=i: vs[q] if p == i else 0 for i in range(rows - 1)])
    correlation = form([lambda p, q: us[p] * vs[q]])
    return [general, means, correlation]


def written(x):
    if isinstance(x, dict):
        return {key: written(value) for key, value in x.items()}
    if isinstance(x, (list, tuple)):
        return [written(value) for value in x]
    return x if isinstance(x, int) else mp.nstr(x, 20)


TWO = [([[40, 55], [22, 74]], "0.95"), ([[12, 9], [61, 109]], "0.99"), ([[1, 99999], [3, 70000]], "0.95"),
       ([[1, 3], [2, 1]], "0.9"), ([[899, 1], [3, 997]], "0.95"), ([[17, 12345678], [23, 12345679]], "0.95")]
PAIRS = [([[794, 86], [150, 570]], "0.95"), ([[3, 10], [0, 4]], "0.9"), ([[5, 1], [2, 6]], "0.99"), ([[0, 5], [3, 0]], "0.95"),
         ([[10**9, 12], [3, 10**6]], "0.95")]
STRATA = [
    [[[512, 89], [313, 19]], [[353, 17], [207, 8]], [[120, 202], [205, 391]], [[138, 131], [279, 244]], [[53, 94], [138, 299]], [[22, 24], [351, 317]]],
    [[[5, 32], [1, 4]], [[19, 7], [24, 3]], [[7, 13], [10, 6]], [[19, 6], [11, 8]]],
    [[[0, 6], [1, 5]], [[3, 3], [0, 6]], [[6, 0], [2, 4]], [[0, 0], [3, 4]], [[5, 1], [6, 0]], [[2, 0], [5, 0]]],
    [[[1, 0], [2, 1]], [[900000, 3], [70, 900]]],
    [[[10**15, 2 * 10**15], [3 * 10**14, 6 * 10**14 + 3 * 10**7]], [[5 * 10**14, 7 * 10**14], [10**14, 14 * 10**13]], [[9, 4], [8, 2]]],
]
GENERAL = [
    ([[[10, 8, 1], [9, 16, 6], [7, 7, 9]], [[8, 8, 2], [8, 34, 1], [1, 7, 1]], [[17, 20, 18], [1, 1, 4], [2, 1, 11]]], [1, 2, 3], [1, 2, 3]),
    ([[[2, 9, 8, 8], [3, 18, 15, 7]], [[3, 2, 6, 0], [33, 9, 16, 3]], [[0, 0, 1, 0], [0, 0, 0, 0]]], [0, 1], [1, 2, 4, 8]),
    ([[[10**9, 3, 5], [10**8, 1, 2]], [[4, 7, 1], [9, 2, 2]]], [1, 2], [1, 5, 9]),
]
print(json.dumps({
    "source": "test/reference/effects-and-strata.py, mpmath, 60 digits",
    "effects": [{"table": t, "level": float(level), "expected": written(effects(t, level))} for t, level in TWO],
    "paired": [{"table": t, "level": float(level), "expected": written(paired(t, level))} for t, level in PAIRS],
    "strata": [{"tables": t, "expected": written(strata(t, "0.95"))} for t in STRATA],
    "generalised": [{"tables": t, "rowScores": u, "columnScores": v, "expected": written(generalised(t, u, v))} for t, u, v in GENERAL],
}, indent=1))
