"""Score limits to 50 digits, by brute force: the restricted maximum likelihood estimate by bisection of the likelihood's
derivative, the limit by bisection of Pearson's statistic at that estimate. Shares no formula with src/effects or src/matched.

Run: python3 test/reference/score-limits.py > test/score-limits.reference.json   (mpmath 1.2 or later; some minutes)
"""

import json
from mpmath import mp, mpf, sqrt, erfinv

mp.dps = 50


def bisect(f, low, high, steps=130):
    """The point where f falls from above zero to below."""
    for _ in range(steps):
        middle = (low + high) / 2
        if f(middle) > 0:
            low = middle
        else:
            high = middle
    return (low + high) / 2


def part(count, probability, slope):
    return count * slope / probability if count else mpf(0)


def pearson(x, n, p):
    return (x - n * p) ** 2 / (n * p * (1 - p)) if 0 < p < 1 and x != n * p else mpf(0)


def restricted(x1, n1, x2, n2, low, high, first, slope):
    """p2 that maximises the likelihood with p1 = first(p2)."""
    def derivative(p):
        q = first(p)
        s = slope(p)
        return part(x1, q, s) - part(n1 - x1, 1 - q, s) + part(x2, p, 1) - part(n2 - x2, 1 - p, 1)
    return bisect(derivative, low, high, 150)


def statistic(measure, effect, x1, n1, x2, n2):
    if measure == "difference":
        low, high = max(mpf(0), -effect), min(mpf(1), 1 - effect)
        first, slope = (lambda p: p + effect), (lambda p: mpf(1))
    elif measure == "ratio":
        low, high = mpf(0), min(mpf(1), 1 / effect)
        first, slope = (lambda p: p * effect), (lambda p: effect)
    else:
        low, high = mpf(0), mpf(1)
        first, slope = (lambda p: p * effect / (1 - p + p * effect)), (lambda p: effect / (1 - p + p * effect) ** 2)
    p = restricted(x1, n1, x2, n2, low, high, first, slope)
    return pearson(x1, n1, first(p)) + pearson(x2, n2, p)


def lower(measure, x1, n1, x2, n2, target):
    if measure == "difference":
        estimate = x1 / n1 - x2 / n2
        if estimate == -1:
            return mpf(-1)
        return bisect(lambda effect: statistic(measure, effect, x1, n1, x2, n2) - target, mpf(-1), estimate)
    if x1 == 0 or (measure == "odds" and x2 == n2):
        return mpf(0)
    # On the scale of e / (1 + e).
    if x2 == 0 or (measure == "odds" and x1 == n1):
        top = mpf(1)
    elif measure == "ratio":
        top = 1 / (1 + x2 * n1 / (x1 * n2))
    else:
        top = 1 / (1 + x2 * (n1 - x1) / (x1 * (n2 - x2)))
    share = bisect(lambda t: statistic(measure, t / (1 - t), x1, n1, x2, n2) - target, mpf(0), top)
    return share / (1 - share)


def limits(measure, x1, n1, x2, n2, target):
    low = lower(measure, x1, n1, x2, n2, target)
    mirrored = lower(measure, x2, n2, x1, n1, target)
    if measure == "difference":
        return [low, -mirrored]
    return [low, None if mirrored == 0 else 1 / mirrored]


def tango(b, c, n, target):
    r = n - b - c

    def statistic(effect):
        p = bisect(lambda p: part(b, p + effect, 1) + part(c, p, 1) - part(r, 1 - 2 * p - effect, 2), max(mpf(0), -effect), (1 - effect) / 2)
        return (b - c - n * effect) ** 2 / (n * (2 * p + effect * (1 - effect)))
    if b - c == -n:
        return mpf(-1)
    return bisect(lambda effect: statistic(effect) - target, mpf(-1), (b - c) / n)


TABLES = [
    ([[40, 55], [22, 74]], 0.95), ([[12, 9], [61, 109]], 0.99), ([[0, 10], [0, 20]], 0.95), ([[0, 7], [3, 8]], 0.9),
    ([[7, 0], [3, 8]], 0.95), ([[7, 0], [0, 8]], 0.95), ([[6, 0], [900, 0]], 0.95), ([[5, 0], [40, 3]], 0.999),
    ([[1, 0], [1, 0]], 0.8), ([[1, 0], [0, 1]], 0.5), ([[1, 999999], [3, 999997]], 0.95),
    ([[2, 10**9], [1, 10**12]], 0.95), ([[10**15, 3 * 10**15], [2 * 10**14, 6 * 10**14 + 10**7]], 0.95),
    ([[4 * 10**15, 1], [2, 3]], 0.95), ([[2236980297, 0], [10389257453568, 10]], 0.1), ([[3, 0], [0, 10**9]], 0.95), ([[10**6, 0], [5, 2]], 0.95),
]
PAIRED = [
    ([[794, 86], [150, 570]], 0.95), ([[5, 0], [0, 6]], 0.95), ([[0, 9], [0, 0]], 0.99), ([[3, 10], [0, 4]], 0.95),
    ([[0, 5], [3, 0]], 0.9), ([[0, 100], [0, 1]], 0.95), ([[10**15, 10**15], [2 * 10**15 + 5 * 10**7, 10**15]], 0.95), ([[4 * 10**15, 2], [1, 10**15]], 0.95),
]


def written(pair):
    return [None if value is None else mp.nstr(value, 25) for value in pair]


cases = []
for table, level in TABLES:
    (a, b), (c, d) = [[mpf(x) for x in row] for row in table]
    n = a + b + c + d
    square = 2 * erfinv(mpf(str(level))) ** 2
    for measure, plain in [("difference", "mee"), ("ratio", "koopman"), ("odds", "cornfield")]:
        for interval, target in [("miettinen-nurminen", square * n / (n - 1)), (plain, square)]:
            cases.append({"measure": measure, "interval": interval, "table": table, "level": level,
                          "limits": written(limits(measure, a, a + b, c, c + d, target))})
for table, level in PAIRED:
    (a, b), (c, d) = [[mpf(x) for x in row] for row in table]
    n = a + b + c + d
    square = 2 * erfinv(mpf(str(level))) ** 2
    cases.append({"measure": "paired", "interval": "tango", "table": table, "level": level,
                  "limits": written([tango(b, c, n, square), -tango(c, b, n, square)])})
print(json.dumps({"source": "test/reference/score-limits.py, mpmath, 50 digits", "cases": cases}, indent=1))
