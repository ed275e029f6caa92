# Reference values of power and sample size from the definitions, in 40 digits: writes ../power.reference.json.
# Run: python3 test/reference/power.py   (mpmath). Nothing here is shared with the package: tails are mpmath's own, P values are exact
# fractions, sizes are roots found by bisection of the power, restricted proportions by bisection of the likelihood's slope.
import json
from fractions import Fraction
from math import comb
from pathlib import Path
import mpmath as mp

mp.mp.dps = 40
number = lambda x: mp.mpf(repr(x))
upper = lambda x: mp.ncdf(-x)


def bisect(f, low, high):
    low, high = mp.mpf(low), mp.mpf(high)
    sign = f(low) > 0
    while high - low > abs(high) * mp.mpf(10) ** -25:
        middle = (low + high) / 2
        low, high = (middle, high) if (f(middle) > 0) == sign else (low, middle)
    return (low + high) / 2


def solve(power, target):
    """The size at which a rising power reaches the target."""
    high = mp.mpf(1)
    while power(high) < target:
        high *= 2
    return bisect(lambda n: power(n) - target, mp.mpf(10) ** -9, high)


quantile = lambda tail: -bisect(lambda x: mp.ncdf(x) - tail, -40, 40)


def arcsine(h, n1, n2, level, side):
    shift = h / mp.sqrt(1 / n1 + 1 / n2)
    if side == 'two-sided':
        z = quantile(level / 2)
        return upper(z - shift) + mp.ncdf(-z - shift)
    return upper(quantile(level) - (shift if side == 'greater' else -shift))


def two_proportions(p1, p2, n1, n2, level, side, both):
    z = quantile(level / 2 if side == 'two-sided' else level)
    pooled = (n1 * p1 + n2 * p2) / (n1 + n2)
    null = mp.sqrt(pooled * (1 - pooled) * (1 / n1 + 1 / n2))
    sd = mp.sqrt(p1 * (1 - p1) / n1 + p2 * (1 - p2) / n2)
    d = abs(p1 - p2)
    return mp.ncdf((d - z * null) / sd) + (upper((d + z * null) / sd) if both and side == 'two-sided' else 0)


def trend(p, n, scores, weights, level, side):
    w = [x / sum(weights) for x in weights]
    mean = sum(a * b for a, b in zip(w, scores))
    pooled = sum(a * b for a, b in zip(w, p))
    slope = abs(sum(a * (s - mean) * q for a, s, q in zip(w, scores, p)))
    null = mp.sqrt(pooled * (1 - pooled) * sum(a * (s - mean) ** 2 for a, s in zip(w, scores)))
    sd = mp.sqrt(sum(a * (s - mean) ** 2 * q * (1 - q) for a, s, q in zip(w, scores, p)))
    return mp.ncdf((mp.sqrt(n) * slope - quantile(level / 2 if side == 'two-sided' else level) * null) / sd)


def mcnemar(p12, p21, n, level, side):
    discordant, d = p12 + p21, abs(p12 - p21)
    z = quantile(level / 2 if side == 'two-sided' else level)
    return mp.ncdf((d * mp.sqrt(n) - z * mp.sqrt(discordant)) / mp.sqrt(discordant - d * d))


def mcnemar_enumerated(p12, p21, n, level, side, mid):
    """Every (b, c) whose exact P value, doubled where two-sided, is at most the level."""
    total, level = mp.mpf(0), Fraction(str(level))
    p12, p21 = (p12, p21) if p12 >= p21 else (p21, p12)
    for b in range(n + 1):
        for c in range(n + 1 - b):
            m = b + c
            tail = lambda k: Fraction(sum(comb(m, j) for j in range(k, m + 1)), 2 ** m) - (Fraction(comb(m, k), 2 ** (m + 1)) if mid else 0)
            p = tail(b) if side == 'one-sided' else 2 * min(tail(b), tail(c))
            if p <= level:
                total += comb(n, m) * comb(m, b) * p12 ** b * p21 ** c * (1 - p12 - p21) ** (n - m)
    return total


def chi_squared(w, n, df, level):
    central = lambda x: mp.gammainc(mp.mpf(df) / 2, x / 2, mp.inf, regularized=True)
    critical = bisect(lambda x: central(x) - level, 0, 1000)
    half = n * w * w / 2
    return sum(
        mp.exp(-half) * half ** j / mp.factorial(j) * mp.gammainc(mp.mpf(df) / 2 + j, critical / 2, mp.inf, regularized=True)
        for j in range(120)
    )


def moments(p1, p2, value, n1, n2, effect, variance):
    weight = value if effect == 'ratio' else mp.mpf(1)
    sd = lambda q1, q2: mp.sqrt(q1 * (1 - q1) / n1 + weight ** 2 * q2 * (1 - q2) / n2)
    null = sd(p1, p2)
    if variance == 'restricted':
        first = (lambda q: value * q) if effect == 'ratio' else (lambda q: q + value)
        low, high = (mp.mpf(0), min(mp.mpf(1), 1 / value)) if effect == 'ratio' else (max(mp.mpf(0), -value), min(mp.mpf(1), 1 - value))
        edge = (high - low) * mp.mpf(10) ** -30
        slope = lambda q: n1 * weight * (p1 / first(q) - (1 - p1) / (1 - first(q))) + n2 * (p2 / q - (1 - p2) / (1 - q))
        q = bisect(slope, low + edge, high - edge)
        null = sd(first(q), q)
    return (p1 - value * p2 if effect == 'ratio' else p1 - p2 - value), null, sd(p1, p2)


def non_inferiority(p1, p2, value, n1, n2, level, effect, variance):
    d, null, sd = moments(p1, p2, value, n1, n2, effect, variance)
    if value > (1 if effect == 'ratio' else 0):
        d = -d
    return mp.ncdf((d - quantile(level) * null) / sd)


def equivalence(p1, p2, margins, n1, n2, level, effect, variance):
    (d, null, sd), (e, other, sd2) = (moments(p1, p2, m, n1, n2, effect, variance) for m in margins)
    return max(mp.mpf(0), mp.ncdf((d - quantile(level) * null) / sd) + mp.ncdf((-e - quantile(level) * other) / sd2) - 1)


def fisher(a, n1, t, n2, side, rule, mid):
    low, high = max(0, t - n2), min(n1, t)
    p = {x: Fraction(comb(n1, x) * comb(n2, t - x), comb(n1 + n2, t)) for x in range(low, high + 1)}
    half = p[a] / 2 if mid else 0
    less = sum(p[x] for x in p if x <= a) - half
    greater = sum(p[x] for x in p if x >= a) - half
    if side != 'two-sided':
        return less if side == 'less' else greater
    if rule == 'doubling':
        return min(Fraction(1), 2 * min(less, greater))
    return sum(q for q in p.values() if q <= p[a]) - half


def exact(p1, p2, n1, n2, level, side, test, rule):
    total, cut = mp.mpf(0), Fraction(str(level))
    critical = quantile(level / 2 if side == 'two-sided' else level) ** 2
    for a in range(n1 + 1):
        for b in range(n2 + 1):
            t, n = a + b, n1 + n2
            if test.startswith('fisher'):
                rejects = fisher(a, n1, t, n2, side, rule, test == 'fisher-mid-p') <= cut
            elif t in (0, n):
                rejects = False
            else:
                signed = a * n2 - b * n1
                size = max(Fraction(0), abs(signed) - (Fraction(n, 2) if test.endswith('yates') else 0))
                x2 = n * size ** 2 / Fraction(n1 * n2 * t * (n - t))
                sided = side == 'two-sided' or (signed < 0 if side == 'less' else signed > 0)
                rejects = sided and mp.mpf(x2.numerator) / x2.denominator >= critical
            if rejects:
                total += comb(n1, a) * p1 ** a * (1 - p1) ** (n1 - a) * comb(n2, b) * p2 ** b * (1 - p2) ** (n2 - b)
    return total


def half_width(method, p, n, level, population):
    z = quantile((1 - level) / 2)
    if population is not None:
        if n == population:
            return mp.mpf(0)
        n = mp.mpf(n) * (population - 1) / (population - n)
    if method == 'wald':
        return z * mp.sqrt(p * (1 - p) / n)
    if method == 'wilson':
        return z * mp.sqrt(p * (1 - p) / n + z * z / (4 * n * n)) / (1 + z * z / n)
    beta = lambda tail, a, b: bisect(lambda x: mp.betainc(a, b, 0, x, regularized=True) - tail, 0, 1)
    tail, x = (1 - level) / 2, p * n
    low = 0 if x <= 0 else beta(tail, x, n - x + 1)
    high = 1 if x >= n else beta(1 - tail, x + 1, n - x)
    return (high - low) / 2


def precision(method, p, d, level, population):
    n = 1
    if method == 'clopper-pearson':
        while half_width('wald', p, n, level, population) > d * mp.mpf('0.97'):
            n += 1
        n = max(1, n - 10)
    while half_width(method, p, n, level, population) > d:
        n += 1
    return n


out = {'source': 'mpmath, 40 digits; test/reference/power.py'}
show = lambda x: float(mp.nstr(x, 17))

out['arcsine'] = []
for h, n, allocation, level, side, target in [(0.5, 40, 1.5, 0.05, 'two-sided', 0.8), (-0.3, 100, 0.5, 0.01, 'two-sided', 0.9), (0.2, 150, 1, 0.05, 'greater', 0.8),
                                              (-0.4, 70, 2, 0.1, 'less', 0.95), (0.4, 10, 1, 0.05, 'less', None), (-0.4, 10, 3, 0.05, 'greater', None), (0.02, 30, 1, 0.05, 'two-sided', 0.06)]:
    run = lambda n: arcsine(number(h), mp.mpf(n), number(allocation) * n, number(level), side)
    out['arcsine'].append({'effect': h, 'n': n, 'allocation': allocation, 'level': level, 'alternative': side, 'power': show(run(n)),
                           'target': target, 'size': None if target is None else show(solve(run, number(target)))})

out['chiSquared'] = []
for w, n, df, level, target in [(0.3, 100, 1, 0.05, 0.8), (0.1, 500, 4, 0.01, 0.9), (0.5, 40, 6, 0.1, 0.5), (0.25, 200, 2, 0.001, 0.95), (0, 50, 3, 0.05, None)]:
    run = lambda n: chi_squared(number(w), mp.mpf(n), df, number(level))
    out['chiSquared'].append({'effect': w, 'n': n, 'df': df, 'level': level, 'power': show(run(n)), 'target': target,
                              'size': None if target is None else show(solve(run, number(target)))})

out['twoProportions'] = []
for p1, p2, n, allocation, level, side, both, target in [(0.2, 0.35, 80, 2, 0.05, 'two-sided', False, 0.8), (0.6, 0.45, 50, 0.5, 0.01, 'one-sided', False, 0.9), (0.6, 0.45, 50, 0.5, 0.01, 'one-sided', True, 0.9),
                                                         (0.5, 0.52, 30, 3, 0.05, 'two-sided', True, 0.06), (0.9, 0.7, 20, 1, 0.1, 'two-sided', True, 0.5), (0, 0.2, 25, 1.5, 0.05, 'two-sided', False, 0.7)]:
    run = lambda n: two_proportions(number(p1), number(p2), mp.mpf(n), number(allocation) * n, number(level), side, both)
    out['twoProportions'].append({'p': [p1, p2], 'n': n, 'allocation': allocation, 'level': level, 'alternative': side, 'rejection': 'both-sides' if both else 'expected-side',
                                  'power': show(run(n)), 'target': target, 'size': show(solve(run, number(target)))})

out['trend'] = []
for p, n, scores, weights, level, side, target in [([0.1, 0.2, 0.3], 90, [1, 2, 3], [1, 1, 1], 0.05, 'two-sided', 0.8), ([0.6, 0.5, 0.3, 0.25], 120, [0, 1, 2, 5], [4, 3, 2, 1], 0.01, 'one-sided', 0.9),
                                                   ([0.3, 0.5], 60, [-1, 4], [1, 3], 0.05, 'one-sided', 0.7), ([0.2, 0.5, 0.4], 150, [1, 2, 3], [0.5, 1, 2.5], 0.1, 'two-sided', 0.95)]:
    run = lambda n: trend([number(x) for x in p], mp.mpf(n), [number(x) for x in scores], [number(x) for x in weights], number(level), side)
    out['trend'].append({'p': p, 'n': n, 'scores': scores, 'weights': weights, 'level': level, 'alternative': side, 'power': show(run(n)), 'target': target, 'size': show(solve(run, number(target)))})

out['mcnemar'] = []
for p12, p21, n, level, side, target in [(0.2, 0.1, 200, 0.05, 'two-sided', 0.8), (0.05, 0.15, 90, 0.01, 'one-sided', 0.9), (0.3, 0, 20, 0.1, 'two-sided', 0.6)]:
    run = lambda n: mcnemar(number(p12), number(p21), mp.mpf(n), number(level), side)
    out['mcnemar'].append({'p': [p12, p21], 'n': n, 'level': level, 'alternative': side, 'power': show(run(n)), 'target': target, 'size': show(solve(run, number(target)))})

out['mcnemarEnumerated'] = []
for p12, p21, n, level in [(0.3, 0.1, 25, 0.05), (0.1, 0.25, 40, 0.1), (0.2, 0.2, 18, 0.05), (0.5, 0, 12, 0.0625), (0.6, 0.4, 15, 0.05), (0.3, 0.1, 4, 0.05)]:
    for side in ['two-sided', 'one-sided']:
        for test in ['exact', 'mid-p']:
            out['mcnemarEnumerated'].append({'p': [p12, p21], 'n': n, 'level': level, 'alternative': side, 'test': test,
                                             'power': show(mcnemar_enumerated(number(p12), number(p21), n, level, side, test == 'mid-p'))})

out['nonInferiority'] = []
for p1, p2, value, n, allocation, level, effect, target in [(0.85, 0.85, -0.1, 150, 1, 0.05, 'difference', 0.8), (0.6, 0.65, -0.2, 60, 2, 0.025, 'difference', 0.9), (0.3, 0.25, 0.15, 100, 0.5, 0.05, 'difference', 0.8),
                                                            (0.8, 0.8, 0.85, 120, 1, 0.05, 'ratio', 0.8), (0.2, 0.25, 1.4, 150, 1.5, 0.1, 'ratio', 0.7), (0.5, 0.4, 0.8, 30, 2, 0.01, 'ratio', 0.9),
                                                            (0.4, 0.6, -0.1, 50, 1, 0.05, 'difference', None)]:
    for variance in ['restricted', 'unrestricted']:
        run = lambda n: non_inferiority(number(p1), number(p2), number(value), mp.mpf(n), number(allocation) * n, number(level), effect, variance)
        out['nonInferiority'].append({'p': [p1, p2], 'nullValue': value, 'n': n, 'allocation': allocation, 'level': level, 'effect': effect, 'nullVariance': variance,
                                      'power': show(run(n)), 'target': target, 'size': None if target is None else show(solve(run, number(target)))})

out['equivalence'] = []
for p1, p2, margins, n, allocation, level, effect, target in [(0.75, 0.75, [-0.2, 0.2], 60, 1, 0.05, 'difference', 0.8), (0.6, 0.55, [-0.1, 0.2], 150, 2, 0.025, 'difference', 0.9), (0.5, 0.5, [-0.1, 0.1], 10, 1, 0.05, 'difference', None),
                                                              (0.8, 0.8, [0.8, 1.25], 100, 1, 0.05, 'ratio', 0.8), (0.5, 0.45, [0.7, 1.5], 200, 0.5, 0.1, 'ratio', 0.7)]:
    for variance in ['restricted', 'unrestricted']:
        run = lambda n: equivalence(number(p1), number(p2), [number(m) for m in margins], mp.mpf(n), number(allocation) * n, number(level), effect, variance)
        out['equivalence'].append({'p': [p1, p2], 'margins': margins, 'n': n, 'allocation': allocation, 'level': level, 'effect': effect, 'nullVariance': variance,
                                   'power': show(run(n)), 'target': target, 'size': None if target is None else show(solve(run, number(target)))})

out['exact'] = []
for p1, p2, n1, n2, level in [(0.3, 0.7, 9, 12, 0.05), (0.8, 0.4, 10, 10, 0.1), (0.1, 0.3, 14, 5, 0.01), (0, 0.6, 7, 8, 0.05), (1, 0.5, 4, 7, 0.2)]:
    for side in ['two-sided', 'less', 'greater']:
        for test in ['fisher', 'fisher-mid-p', 'chi-squared', 'chi-squared-yates']:
            for rule in ['probability', 'doubling'] if side == 'two-sided' and test.startswith('fisher') else ['probability']:
                out['exact'].append({'p': [p1, p2], 'n': [n1, n2], 'level': level, 'alternative': side, 'test': test, 'twoSided': rule,
                                     'power': show(exact(number(p1), number(p2), n1, n2, number(level) if not test.startswith('fisher') else level, side, test, rule))})

out['exactSize'] = []
for p1, p2, level, target, side, test, rule in [(0.2, 0.8, 0.05, 0.8, 'two-sided', 'fisher', 'probability'), (0.9, 0.3, 0.01, 0.7, 'greater', 'fisher-mid-p', 'probability'), (0.1, 0.7, 0.1, 0.9, 'less', 'chi-squared', 'probability'),
                                                (0.2, 0.85, 0.05, 0.8, 'two-sided', 'chi-squared-yates', 'probability'), (0.25, 0.8, 0.05, 0.7, 'two-sided', 'fisher', 'doubling'), (0, 1, 0.05, 0.8, 'two-sided', 'fisher', 'probability')]:
    n = 1
    while (reached := exact(number(p1), number(p2), n, n, number(level) if not test.startswith('fisher') else level, side, test, rule)) < number(target):
        n += 1
    out['exactSize'].append({'p': [p1, p2], 'level': level, 'target': target, 'alternative': side, 'test': test, 'twoSided': rule, 'size': n, 'power': show(reached)})

out['precision'] = []
for d, p, level, population in [(0.05, 0.5, 0.95, None), (0.1, 0.2, 0.9, None), (0.08, 0.9, 0.99, 300), (0.2, 0.5, 0.95, 12), (0.03, 0.01, 0.95, None), (0.05, 0.7, 0.95, 226), (0.07, 1, 0.95, None), (0.07, 0, 0.8, None), (0.001, 0.5, 0.95, 40)]:
    for method in ['wald', 'wilson', 'clopper-pearson']:
        if method == 'clopper-pearson' and population is not None:
            continue
        n = precision(method, number(p), number(d), number(level), population)
        out['precision'].append({'halfWidth': d, 'expected': p, 'level': level, 'population': population, 'method': method, 'size': n,
                                 'reached': show(half_width(method, number(p), n, number(level), population))})

body = ',\n'.join(f'{json.dumps(k)}: ' + (json.dumps(v) if isinstance(v, str) else '[\n' + ',\n'.join(json.dumps(row) for row in v) + '\n]') for k, v in out.items())
(Path(__file__).parent.parent / 'power.reference.json').write_text('{\n' + body + '\n}\n')
