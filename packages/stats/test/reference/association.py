"""Writes association.reference.json: measures of association and trend to 50 digits, rounded to doubles.

    python3 association.py > ../association.reference.json     (needs mpmath)

Each measure is its definition, summed over pairs of cells or observations; each error is the delta method with derivatives taken
numerically at 60 digits. Nothing is shared with the package.
"""

import json

from mpmath import erfc, gammainc, gamma, log, mp, mpf, sqrt

mp.dps = 60

TABLES = [
    [[40, 55], [22, 74]],
    [[1, 2, 1, 0], [3, 3, 6, 1], [10, 10, 14, 9], [6, 7, 12, 11]],
    [[26, 5], [12, 20], [1, 7], [5, 4]],
    [[5, 0, 3], [1, 8, 0]],
    [[4, 0, 2], [0, 0, 0], [1, 0, 7]],
    [[160, 1], [2, 190]],
    [[1000000000000007, 900000000000011], [1000000020000000, 900000000000001]],
    [[100000000000000, 200000000000000, 100000000000900], [300000000000100, 600000000000000, 300000000000000]],
]


def margins(t):
    return [sum(r) for r in t], [sum(c) for c in zip(*t)], sum(sum(r) for r in t)


def phi2(t):
    rows, columns, n = margins(t)
    return sum((o - r * c / n) ** 2 / (r * c / n) for r, row in zip(rows, t) for c, o in zip(columns, row) if r * c) / n


def pairs(t):
    c = d = mpf(0)
    for i, row in enumerate(t):
        for j, o in enumerate(row):
            for k in range(i + 1, len(t)):
                for l, p in enumerate(t[k]):
                    if l > j:
                        c += o * p
                    elif l < j:
                        d += o * p
    return c, d


def tied(t):
    rows, columns, n = margins(t)
    return n * n - sum(r * r for r in rows), n * n - sum(c * c for c in columns)


def entropy(parts):
    n = sum(parts)
    return -sum(p / n * log(p / n) for p in parts if p)


def information(t):
    rows, columns, n = margins(t)
    return sum(o / n * log(o * n / (r * c)) for r, row in zip(rows, t) for c, o in zip(columns, row) if o)


def transpose(t):
    return [list(c) for c in zip(*t)]


def levels(t):
    rows, columns, _ = margins(t)
    return sum(r > 0 for r in rows), sum(c > 0 for c in columns)


def gamma_(t):
    c, d = pairs(t)
    return (c - d) / (c + d)


def tau_b(t):
    c, d = pairs(t)
    w, v = tied(t)
    return 2 * (c - d) / sqrt(w * v)


def somers(t):
    c, d = pairs(t)
    return 2 * (c - d) / tied(t)[0]


def somers_symmetric(t):
    c, d = pairs(t)
    return 2 * (c - d) * 2 / sum(tied(t))


def tau(t):
    rows, columns, n = margins(t)
    b = sum(c * c for c in columns)
    return (n * sum(o * o / r for r, row in zip(rows, t) if r for o in row) - b) / (n * n - b)


def lam(t):
    _, columns, n = margins(t)
    return (sum(max(r) for r in t) - max(columns)) / (n - max(columns))


def lam_symmetric(t):
    rows, columns, n = margins(t)
    return (sum(max(r) for r in t) + sum(max(c) for c in transpose(t)) - max(rows) - max(columns)) / (2 * n - max(rows) - max(columns))


def uncertainty(t):
    return information(t) / entropy(margins(t)[1])


def uncertainty_symmetric(t):
    rows, columns, _ = margins(t)
    return 2 * information(t) / (entropy(rows) + entropy(columns))


def delta_error(f, t):
    """Standard error by the delta method, derivatives by central differences at 60 digits."""
    total = mpf(0)
    for i, row in enumerate(t):
        for j, o in enumerate(row):
            if not o:
                continue
            h = o * mpf(10) ** -15
            up = [list(r) for r in t]
            down = [list(r) for r in t]
            up[i][j] += h
            down[i][j] -= h
            total += o * ((f(up) - f(down)) / (2 * h)) ** 2
    return sqrt(total)


def null_spread(t):
    """Standard error of 2 (C - D) under independence: the derivative of a statistic whose denominator is held fixed."""
    n = margins(t)[2]
    values = []
    for i, row in enumerate(t):
        for j, o in enumerate(row):
            s = sum(p * ((k > i) - (k < i)) * ((l > j) - (l < j)) for k, r in enumerate(t) for l, p in enumerate(r))
            values.append((o, s))
    mean = sum(o * s for o, s in values) / n
    return 2 * sqrt(sum(o * (s - mean) ** 2 for o, s in values))


def null_error(gain, denominator, t):
    """Standard error of gain / denominator where the denominator is held fixed, the gain being a sum over observations."""
    n = margins(t)[2]
    return float(delta_error(lambda x: gain(x) / margins(x)[2], t) * n / denominator(t))


def guesses(t):
    return sum(max(r) for r in t) - max(margins(t)[1])


def errors(t):
    return margins(t)[2] - max(margins(t)[1])


def total_information(t):
    return margins(t)[2] * information(t)


def total_entropy(t):
    return margins(t)[2] * entropy(margins(t)[1])


def null_errors(gain, denominator, t, u):
    both_gains = null_error(lambda x: gain(x) + gain(transpose(x)), lambda x: denominator(x) + denominator(transpose(x)), t)
    return [null_error(gain, denominator, t), null_error(gain, denominator, u), both_gains]


def both(f, t, error=True):
    return [float(f(t)), float(delta_error(f, t)) if error else None]


def case(table):
    t = [[mpf(o) for o in row] for row in table]
    u = transpose(t)
    rows, columns, n = margins(t)
    R, C = levels(t)
    c, d = pairs(t)
    m = min(R, C)
    spread = null_spread(t)
    tau_c = 2 * m * (c - d) / (n * n * (m - 1))
    ties = any(sorted(r)[-1] == sorted(r)[-2] for r in [*t, *u, rows, columns])
    out = {"counts": table, "concordant": float(c), "discordant": float(d),
           "gamma": both(gamma_, t), "kendallsTauB": both(tau_b, t), "columnGivenRow": both(somers, t), "rowGivenColumn": both(somers, u),
           "symmetric": both(somers_symmetric, t), "stuartsTauC": [float(tau_c), float(spread * m / (n * n * (m - 1)))],
           "nullErrors": {"gamma": float(spread / (2 * (c + d))), "kendallsTauB": float(spread / sqrt(tied(t)[0] * tied(t)[1])),
                          "columnGivenRow": float(spread / tied(t)[0]), "rowGivenColumn": float(spread / tied(t)[1])},
           "pValue": float(erfc(abs(2 * (c - d) / spread) / sqrt(2))),
           "tau": [both(tau, t), both(tau, u)],
           "tauTest": [float((n - 1) * (C - 1) * tau(t)), float((n - 1) * (R - 1) * tau(u)), (R - 1) * (C - 1)],
           "lambda": [both(f, x, not ties) for f, x in [(lam, t), (lam, u), (lam_symmetric, t)]],
           "uncertainty": [both(f, x) for f, x in [(uncertainty, t), (uncertainty, u), (uncertainty_symmetric, t)]],
           "uncertaintyNullErrors": null_errors(total_information, total_entropy, t, u),
           "information": float(information(t))}
    if not ties:
        out["lambdaNullErrors"] = null_errors(guesses, errors, t, u)
    if R == len(rows) and C == len(columns):
        f = phi2(t)
        excess = max(mpf(0), f - (R - 1) * (C - 1) / (n - 1))
        room = min(R - (R - 1) ** 2 / (n - 1), C - (C - 1) ** 2 / (n - 1)) - 1
        out["nominal"] = {"phi": float(sqrt(f)), "contingencyCoefficient": float(sqrt(f / (1 + f))),
                          "tschuprowsT": float(sqrt(f / sqrt(mpf((R - 1) * (C - 1))))), "cramersV": float(sqrt(f / (m - 1))),
                          "biasCorrected": float(sqrt(excess / room))}
    x = [(i + 1, j + 1, o) for i, row in enumerate(t) for j, o in enumerate(row)]
    mx = sum(a * o for a, _, o in x) / n
    my = sum(b * o for _, b, o in x) / n
    r = sum((a - mx) * (b - my) * o for a, b, o in x) / sqrt(sum((a - mx) ** 2 * o for a, _, o in x) * sum((b - my) ** 2 * o for _, b, o in x))
    out["linearByLinear"] = [float(r), float((n - 1) * r * r)]
    if len(columns) == 2:
        p = columns[0] / n
        scores = [mpf(s * s) for s in range(len(rows))]
        mean = sum(s * q for s, q in zip(scores, rows)) / n
        squares = sum(q * (s - mean) ** 2 for s, q in zip(scores, rows))
        trend = sum(s * (row[0] - q * p) for s, q, row in zip(scores, rows, t))
        z = trend / sqrt(p * (1 - p) * squares)
        out["cochranArmitage"] = {"z": float(z), "slope": float(trend / squares), "departure": float(n * phi2(t) - z * z)}
    return out


print(json.dumps({"source": "association.py, mpmath at 60 digits", "cases": [case(t) for t in TABLES]}, indent=1))
