"""The values of the oracle that a peer misses, to 50 digits: weights in exact integers, every equation solved by bisection.
Shares no formula with src beyond the definitions of the methods.

Run: python3 test/reference/where-we-differ.py > test/where-we-differ.reference.json   (mpmath 1.2 or later)
"""

import json
from fractions import Fraction
from math import comb
from os import path
from mpmath import mp, mpf, erfc, exp, log, sqrt

mp.dps = 70
here = path.dirname(path.abspath(__file__))
oracle = json.load(open(path.join(here, '..', 'oracle.json')))


def digits(x):
    return x if isinstance(x, str) else mp.nstr(x, 50, strip_zeros=False)


def exact(number):
    """A decimal as it is written, not as its double."""
    f = Fraction(str(number))
    return mpf(f.numerator) / f.denominator


def bisect(f, low, high, steps=240):
    """Where f falls from above zero to below."""
    for _ in range(steps):
        middle = (low + high) / 2
        low, high = (middle, high) if f(middle) > 0 else (low, middle)
    return (low + high) / 2


def quantile(upper):
    """Of the normal distribution, from its upper tail."""
    return bisect(lambda z: erfc(z / sqrt(mpf(2))) / 2 - upper, mpf(0), mpf(20))


def weights(tables):
    """Number of ways for each sum of first cells, given all margins, and the observed sum."""
    low, ways = 0, [1]
    for (a, b), (c, d) in tables:
        first, events = a + b, a + c
        start, end = max(0, events - c - d), min(first, events)
        own = [comb(first, x) * comb(c + d, events - x) for x in range(start, end + 1)]
        ways = [sum(ways[i] * own[k - i] for i in range(len(ways)) if 0 <= k - i < len(own)) for k in range(len(ways) + len(own) - 1)]
        low += start
    return low, ways, sum(t[0][0] for t in tables)


def odds_ratio_of(low, ways, f):
    """The logarithm at which f, of the probabilities of the sums, falls through zero."""
    def at(theta):
        terms = [w * exp(theta * k) for k, w in enumerate(ways)]
        total = sum(terms)
        return f([t / total for t in terms])
    return exp(bisect(at, mpf(-40), mpf(40)))


def conditional(tables, alternative, level, half=mpf(1)):
    low, ways, observed = weights(tables)
    k, last = observed - low, len(ways) - 1
    tail = (1 - exact(level)) / (2 if alternative == 'two-sided' else 1)
    greater = lambda p: sum(p[k + 1:]) + half * p[k]
    less = lambda p: sum(p[:k]) + half * p[k]
    lower = mpf(0) if k == 0 or alternative == 'less' else odds_ratio_of(low, ways, lambda p: tail - greater(p))
    upper = 'Infinity' if k == last or alternative == 'greater' else odds_ratio_of(low, ways, lambda p: less(p) - tail)
    mean = lambda p: sum(i * q for i, q in enumerate(p))
    estimate = mpf(0) if k == 0 else 'Infinity' if k == last else odds_ratio_of(low, ways, lambda p: k - mean(p))
    median = odds_ratio_of(low, ways, lambda p: less(p) - mpf(1) / 2)
    return dict(odds_ratio=estimate, ci=[lower, upper], estimate_median_unbiased=median)


def barnard(x1, n1, x2, n2):
    """Pooled, two-sided; z² is compared as a fraction."""
    def square(a, b):
        events = a + b
        if events in (0, n1 + n2):
            return Fraction(0)
        return Fraction((a * n2 - b * n1) ** 2 * (n1 + n2), n1 * n2 * events * (n1 + n2 - events))
    observed = square(x1, x2)
    ways = [0] * (n1 + n2 + 1)
    for a in range(n1 + 1):
        for b in range(n2 + 1):
            if square(a, b) >= observed:
                ways[a + b] += comb(n1, a) * comb(n2, b)
    n = n1 + n2
    p = lambda x: sum(w * x**k * (1 - x) ** (n - k) for k, w in enumerate(ways) if w)
    slope = lambda x: sum(w * (k - n * x) * x ** (k - 1) * (1 - x) ** (n - k - 1) for k, w in enumerate(ways) if w)
    steps = 4000
    best = max(range(1, steps), key=lambda i: p(mpf(i) / steps))
    return p(bisect(slope, mpf(best - 1) / steps, mpf(best + 1) / steps))


def score_difference(x1, n1, x2, n2, level, factor):
    target = quantile((1 - exact(level)) / 2) ** 2
    part = lambda count, p: count / p if count else mpf(0)

    def statistic(d):
        slope = lambda p: part(x1, p + d) - part(n1 - x1, 1 - p - d) + part(x2, p) - part(n2 - x2, 1 - p)
        p = bisect(slope, max(mpf(0), -d), min(mpf(1), 1 - d))
        q = p + d
        return ((mpf(x1) / n1 - mpf(x2) / n2 - d) ** 2) / ((q * (1 - q) / n1 + p * (1 - p) / n2) * factor)

    estimate = mpf(x1) / n1 - mpf(x2) / n2
    return [
        bisect(lambda d: statistic(d) - target, mpf(-1), estimate),
        bisect(lambda d: target - statistic(d), estimate, mpf(1)),
    ]


def haldane(table, level):
    cells = [mpf(x) + mpf(1) / 2 for row in table for x in row]
    a, b, c, d = cells
    z, error = quantile((1 - exact(level)) / 2), sqrt(sum(1 / x for x in cells))
    return dict(odds_ratio=a * d / (b * c), ci=[exp(log(a * d / (b * c)) + sign * z * error) for sign in (-1, 1)])


def sample_size(w, df, alpha, power):
    assert df == 1
    z = quantile(exact(alpha) / 2)
    upper = lambda x: erfc(x / sqrt(mpf(2))) / 2
    reach = lambda shift: upper(z - shift) + upper(z + shift)
    shift = bisect(lambda s: exact(power) - reach(s), mpf(0), mpf(50))
    return (shift / exact(w)) ** 2


def answer(case):
    fn, i = case['fn'], case['inputs']
    if fn == 'fisher_2x2':
        return conditional([i['table']], i['alternative'], i['conf'])
    if fn == 'cmh_exact':
        return conditional(i['tables'], i['alternative'], i['conf'])
    if fn == 'or_midp':
        return conditional([i['table']], 'two-sided', i['conf'], mpf(1) / 2)
    if fn == 'barnard':
        return dict(p=barnard(i['x1'], i['n1'], i['x2'], i['n2']))
    if fn == 'diff_ci':
        n = i['n1'] + i['n2']
        factor = mpf(n) / (n - 1) if i['method'] == 'miettinen-nurminen' else mpf(1)
        return dict(ci=score_difference(i['x1'], i['n1'], i['x2'], i['n2'], i['conf'], factor))
    if fn == 'haldane_or':
        return haldane(i['table'], i['conf'])
    if fn == 'n_chisq':
        return dict(n=sample_size(i['w'], i['df'], i['alpha'], i['power']))
    raise ValueError(fn)


values = {}
for case in oracle['cases']:
    keys = sorted({key for peer in case.get('peer_deviation', {}).values() for key in peer['deviates']})
    if keys:
        found = answer(case)
        values[case['id']] = {key: [digits(x) for x in found[key]] if isinstance(found[key], list) else digits(found[key]) for key in keys}

print(json.dumps(dict(source='mpmath, 70 digits, shown to 50: python3 test/reference/where-we-differ.py', values=values), indent=1))
