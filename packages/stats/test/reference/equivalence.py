"""Reference values of tests against a margin, and of Blaker's interval, from their definitions in 50 digits: writes ../equivalence.reference.json.

Needs Python 3 and mpmath. Run: python3 test/reference/equivalence.py
"""

import json
import os

from mpmath import findroot, mp, mpf, nstr, sqrt, ncdf, log, binomial

mp.dps = 50


def restricted(x1, n1, x2, n2, effect, value):
    """Maximum of the likelihood along the restriction, by golden section and then by Newton on the derivative."""
    first = (lambda q: q + value) if effect == "difference" else (lambda q: q * value)
    low = max(mpf(0), -value) if effect == "difference" else mpf(0)
    high = min(mpf(1), 1 - value) if effect == "difference" else min(mpf(1), 1 / value)

    def likelihood(q):
        p = first(q)
        total = mpf(0)
        for count, share in ((x1, p), (n1 - x1, 1 - p), (x2, q), (n2 - x2, 1 - q)):
            if count > 0:
                if share <= 0:
                    return -mp.inf
                total += count * log(share)
        return total

    golden = (sqrt(mpf(5)) - 1) / 2
    a, b = low, high
    for _ in range(260):
        c, d = b - golden * (b - a), a + golden * (b - a)
        if likelihood(c) > likelihood(d):
            b = d
        else:
            a = c
    q = (a + b) / 2
    return first(q), q


def z_of(x1, n1, x2, n2, effect, value):
    p, q = restricted(x1, n1, x2, n2, effect, value)
    weight = value if effect == "ratio" else mpf(1)
    variance = p * (1 - p) / n1 + weight**2 * q * (1 - q) / n2
    distance = mpf(x1) / n1 - (value * x2 / n2 if effect == "ratio" else mpf(x2) / n2 + value)
    return distance / sqrt(variance)


rows = []
for x1, n1, x2, n2 in [(86, 93, 83, 93), (9, 10, 8, 10), (40, 95, 22, 96), (5, 5, 4, 6), (0, 12, 3, 15), (150, 200, 80, 120), (10, 10, 10, 10)]:
    for effect, values in (("difference", (-0.2, -0.1, -0.05, 0.1, 0.3)), ("ratio", (0.5, 0.8, 0.95, 1.25, 2))):
        for value in values:
            z = z_of(x1, n1, x2, n2, effect, mpf(value))
            rows.append([x1, n1, x2, n2, effect, value, nstr(z, 20), nstr(ncdf(-z), 20)])


def blaker_lower(x, n, alpha):
    """Smallest p that Blaker's test does not reject: scan upwards, then bisect where the confidence curve first reaches alpha."""

    def curve(p):
        f = [binomial(n, k) * p**k * (1 - p) ** (n - k) for k in range(n + 1)]
        upper = sum(f[x:])
        lower = sum(f[: x + 1])
        tail = min(upper, lower)
        if upper <= lower:
            best = mpf(0)
            running = mpf(0)
            for y in range(n + 1):
                running += f[y]
                if running > tail * (1 + mpf(10) ** -30):
                    break
                best = running
        else:
            best = mpf(0)
            running = mpf(0)
            for y in range(n, -1, -1):
                running += f[y]
                if running > tail * (1 + mpf(10) ** -30):
                    break
                best = running
        return min(mpf(1), tail + best)

    step = mpf(1) / 4000
    p = step / 7
    while curve(p) < alpha:
        p += step
    low, high = max(mpf(0), p - step), p
    for _ in range(110):
        middle = (low + high) / 2
        if curve(middle) < alpha:
            low = middle
        else:
            high = middle
    return high


blaker = []
for x, n in [(1, 5), (3, 10), (7, 20), (12, 20), (19, 20), (20, 20), (5, 40)]:
    for level in (0.9, 0.95):
        blaker.append([x, n, level, nstr(blaker_lower(x, n, 1 - mpf(level)), 20)])

target = os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "equivalence.reference.json")
with open(target, "w") as file:
    file.write('{\n"source": "definitions in mpmath, 50 digits; test/reference/equivalence.py",\n"margin": [\n')
    file.write(",\n".join(json.dumps(row) for row in rows) + '\n],\n"blaker": [\n' + ",\n".join(json.dumps(row) for row in blaker) + "\n]\n}\n")
