"""More cases in the form of oracle.json, where that file has few or none: empty cells, ties, counts up to 2^53, P down to 1e-300,
unusual levels. Written from the published formulas in fractions of whole numbers and 60 digits; nothing of the code under test is
in it. Every value of R is left out on purpose: `binom.test`, `fisher.test` and `prop.test` lose their digits at such counts.

Run: python3 test/reference/wider-oracle.py > test/wider-oracle.reference.json   (mpmath 1.2 or later)
"""

import json
import random
from fractions import Fraction as F
import mpmath as m
from mpmath import mp, mpf

mp.dps = 60
rng = random.Random(20)
cases = []


def number(x):
    if isinstance(x, F):
        x = mpf(x.numerator) / x.denominator
    if isinstance(x, (bool, int)):
        return x
    return "NaN" if m.isnan(x) else ("Infinity" if x > 0 else "-Infinity") if m.isinf(x) else float(x)


def listed(value):
    return [listed(v) for v in value] if isinstance(value, (list, tuple)) else number(value)


LIMITS = {"rel": 1e-8, "abs": 1e-15}
PROBABILITY = {"rel": 1e-10, "abs": 0}
PLAIN = {"rel": 1e-10, "abs": 1e-14}


def case(fn, inputs, expected, source):
    tolerance = {k: LIMITS if k in ("ci", "ci95") else PROBABILITY if k.endswith("p") and k != "phi" else PLAIN for k in expected}
    if fn.startswith("d_"):
        tolerance = {"value": {"rel": 1e-12, "abs": 0}}
    cases.append({
        "id": f"w-{fn}-{sum(c['fn'] == fn for c in cases) + 1:03d}", "fn": fn, "inputs": inputs,
        "expected": {k: listed(v) for k, v in expected.items()}, "source": source, "tolerance": tolerance,
    })


def real(x):
    return mpf(x.numerator) / x.denominator if isinstance(x, F) else mpf(x)


def root(x):
    return m.sqrt(real(x))


# Regularised incomplete gamma functions: the positive series of P, Lentz's continued fraction of Q.
def gamma_p(a, x):
    if x >= a + 1:
        return 1 - gamma_q(a, x)
    term = total = mpf(1)
    k = 1
    while term > total * mpf(10)**-62:
        term *= x / (a + k)
        total += term
        k += 1
    return total * m.exp(-x + a * m.log(x) - m.loggamma(a + 1)) if x else mpf(0)


def gamma_q(a, x):
    if x < a + 1:
        return 1 - gamma_p(a, x)
    b, c = x + 1 - a, mpf(10)**300
    d = 1 / b
    h, i = d, 1
    while True:
        an = -i * (i - a)
        b += 2
        d = 1 / (an * d + b)
        c = b + an / c
        h *= d * c
        if abs(d * c - 1) < mpf(10)**-58:
            return h * m.exp(-x + a * m.log(x) - m.loggamma(a))
        i += 1


def chi_squared_tail(x, df):
    return gamma_q(mpf(df) / 2, real(x) / 2)


def normal_cdf(z):
    return m.erfc(-z / m.sqrt(2)) / 2


def critical(level):
    return m.findroot(lambda z: m.log(normal_cdf(-z)) - m.log((1 - mpf(level)) / 2), mpf(2))


def bisect(f, low, high):
    """The root of a function that changes sign, with Illinois steps."""
    at_low, at_high = f(low), f(high)
    for k in range(400):
        x = (low + high) / 2 if k % 3 == 2 else high - at_high * (high - low) / (at_high - at_low)
        value = f(x)
        if value == 0 or abs(high - low) < abs(x) * mpf(10)**-35:
            return x
        if (value > 0) != (at_high > 0):
            low, at_low = high, at_high
        else:
            at_low /= 2
        high, at_high = x, value
    raise ArithmeticError("no convergence")


def margins(table):
    return [sum(row) for row in table], [sum(column) for column in zip(*table)], sum(map(sum, table))


def random_table(rows, columns):
    kind = rng.choice(["sparse", "huge", "proportional", "unbalanced"])
    if kind == "sparse":
        table = [[rng.choice([0, 0, 1, 2, 5]) for _ in range(columns)] for _ in range(rows)]
    elif kind == "huge":
        mean = (2**53 - 1) // (rows * columns + 1)
        table = [[int(mean + rng.gauss(0, 3) * mean**0.5) for _ in range(columns)] for _ in range(rows)]
    elif kind == "proportional":
        left, right = [rng.randint(1, 2000) for _ in range(rows)], [rng.randint(1, 2000) for _ in range(columns)]
        table = [[1000 * x * y for y in right] for x in left]
        table[0][0] += rng.randint(0, 3)
    else:
        table = [[int(10**rng.uniform(0, 12)) for _ in range(columns)] for _ in range(rows)]
    if 0 in margins(table)[0] or 0 in margins(table)[1]:
        return random_table(rows, columns)
    return table


def pearson(table):
    rows, columns, n = margins(table)
    return sum((o - F(rows[i] * columns[j], n))**2 / F(rows[i] * columns[j], n) for i, row in enumerate(table) for j, o in enumerate(row))


def with_p(expected, key, statistic, df):
    p = chi_squared_tail(statistic, df)
    return {**expected, key: p} if p > mpf(10)**-300 else expected


def power_divergence(table, power):
    """2 / (λ (λ + 1)) Σ O ((O / E)^λ - 1), where O (O / E)^λ is 0 at O = 0 for λ > -1."""
    rows, columns, n = margins(table)
    total = mpf(0)
    for i, row in enumerate(table):
        for j, o in enumerate(row):
            if o:
                total += o * ((real(F(o * n, rows[i] * columns[j])))**real(power) - 1)
    return 2 * total / real(power * (power + 1))


def independence():
    tables = [random_table(rng.randint(2, 4), rng.randint(2, 4)) for _ in range(16)] + [[[0, 5, 3], [4, 0, 2], [1, 1, 0]], [[1, 0], [1, 2]]]
    for table in tables:
        rows, columns, n = margins(table)
        df = (len(rows) - 1) * (len(columns) - 1)
        x2 = pearson(table)
        least = min(F(r * c, n) for r in rows for c in columns)
        expected = with_p({"statistic": x2, "df": df, "min_expected": least}, "p", x2, df)
        case("chisq_independence", {"table": table, "correction": False}, expected, "fractions")
        for power in ["-3/4", "-1/2", "2/3"]:
            mp.dps = 120
            statistic = power_divergence(table, F(power))
            mp.dps = 60
            case("cressie_read", {"table": table, "lambda": power}, with_p({"statistic": statistic, "df": df}, "p", statistic, df), "120 digits")
        phi2, smaller = x2 / n, min(len(rows), len(columns)) - 1
        shrunk = min(len(v) - F((len(v) - 1)**2, n - 1) for v in (rows, columns)) - 1
        expected = {
            "phi": root(phi2), "cramers_v": root(phi2 / smaller), "contingency_c": root(x2 / (x2 + n)),
            "tschuprow_t": m.sqrt(real(phi2) / m.sqrt(df)),
            "cramers_v_bias_corrected": root(max(F(0), phi2 - F(df, n - 1)) / shrunk),
        }
        case("nominal_association", {"table": table}, expected, "fractions; Bergsma 2013")
    # A statistic of 1e13: the interval of V asks for noncentral tails with as large a noncentrality.
    table = [[763, 4, 17970885096], [106, 5051774552, 700512745497], [226491345178, 0, 178]]
    x2 = pearson(table)
    case("nominal_association", {"table": table}, {"phi": root(x2 / margins(table)[2])}, "fractions")


def kappa():
    tables = [[[2, 0, 1, 0], [0, 2, 0, 0], [0, 0, 0, 0], [0, 0, 2, 0]], [[9, 0], [0, 1]], [[67, 0, 0], [0, 0, 0], [8, 0, 0]],
              [[74, 51151358978, 126], [347, 873, 6], [365060653, 29505731726, 33]]] + [random_table(k, k) for k in (2, 3, 4, 3)]
    z = critical("0.95")
    for table in tables:
        rows, columns, n = margins(table)
        k = len(rows)
        cells = [(i, j) for i in range(k) for j in range(k)]
        for weights, power in (("none", 0), ("linear", 1), ("quadratic", 2)):
            w = {(i, j): F(i == j) if power == 0 else 1 - F(abs(i - j), k - 1)**power for i, j in cells}
            po = sum(w[i, j] * F(table[i][j], n) for i, j in cells)
            pe = sum(w[i, j] * F(rows[i] * columns[j], n * n) for i, j in cells)
            estimate = (po - pe) / (1 - pe)
            by_row = [sum(F(columns[j], n) * w[i, j] for j in range(k)) for i in range(k)]
            by_column = [sum(F(rows[i], n) * w[i, j] for i in range(k)) for j in range(k)]
            v = sum(F(table[i][j], n) * (w[i, j] - (by_row[i] + by_column[j]) * (1 - estimate))**2 for i, j in cells)
            v0 = sum(F(rows[i] * columns[j], n * n) * (w[i, j] - by_row[i] - by_column[j])**2 for i, j in cells) - pe**2
            se = root((v - (estimate - pe * (1 - estimate))**2) / n) / real(1 - pe)
            expected = {"kappa": estimate, "po": po, "pe": pe, "se": se, "se0": root(v0 / n) / real(1 - pe),
                        "ci95": [real(estimate) - z * se, real(estimate) + z * se]}
            case("cohen_kappa", {"table": table, "weights": weights}, expected, "fractions; Fleiss, Cohen and Everitt 1969")


def mid_p_limit(x, n, tail, lower):
    """Where the tail of x without half of its own probability is `tail`: sums of binomial probabilities outwards from x."""
    log_choose = m.loggamma(n + 1) - m.loggamma(x + 1) - m.loggamma(n - x + 1)

    def excess(logit):
        p = 1 / (1 + m.exp(-logit))
        term = m.exp(log_choose + x * m.log(p) + (n - x) * m.log1p(-p))
        total, k, odds = term / 2, x, p / (1 - p)
        while (k < n if lower else k > 0) and term > total * mpf(10)**-40:
            term *= odds * mpf(n - k) / (k + 1) if lower else mpf(k) / (odds * (n - k + 1))
            k += 1 if lower else -1
            total += term
        return m.log(total / tail)

    centre = m.log((x + mpf(1) / 2) / (n - x + mpf(1) / 2))
    step = -1 if lower else 1
    far = centre
    while excess(far) > 0:
        far += step
    near = centre
    while excess(near) < 0:
        near -= step
    return 1 / (1 + m.exp(-bisect(excess, near, far)))


def proportions():
    big = 2**53 - 1
    for x, n in [(1, big), (3, 10**15), (big - 2, big), (7, 20), (2, 3)]:
        for level in ["0.5", "0.95", "0.99999"]:
            tail = (1 - mpf(float(level))) / 2
            ci = [mid_p_limit(x, n, tail, True), mid_p_limit(x, n, tail, False)]
            case("prop_ci", {"x": x, "n": n, "conf": float(level), "method": "mid-p"}, {"ci": ci}, "sums of binomial probabilities")
    # Wilson's limits lie next to those of mid-P at such n: x of n/2, n/3, where the tails have 10^8 terms.
    for x in [big // 3, (big - 1) // 2]:
        z = critical(mpf(0.95))
        half = z * m.sqrt(mpf(x) * (big - x) / big + z * z / 4)
        ci = [(x + z * z / 2 - half) / (big + z * z), (x + z * z / 2 + half) / (big + z * z)]
        for method in ["wilson", "mid-p"]:
            case("prop_ci", {"x": x, "n": big, "conf": 0.95, "method": method}, {"ci": ci}, "Wilson 1927; mid-P differs by less than 1e-15")


def sison_glaz():
    """May and Johnson, Journal of Statistical Software 5(6), 2000, with the upper cut at count + c as they have it."""
    def probability(counts, c):
        n = sum(counts)
        product, mean, variance, third, fourth = mpf(1), mpf(0), mpf(0), mpf(0), mpf(0)
        for x in counts:
            low, high = max(x - c, 0), x + c
            pmf = [m.exp(k * m.log(x) - x - m.loggamma(k + 1)) if x else mpf(k == 0) for k in range(high + 1)]
            within = m.fsum(pmf[low:])
            f1, f2, f3, f4 = [mpf(x)**r * m.fsum(pmf[max(low - r, 0):max(high - r + 1, 0)]) / within for r in range(1, 5)]
            v = f2 + f1 - f1**2
            product *= within
            mean += f1
            variance += v
            third += f3 + f2 * (3 - 3 * f1) + f1 - 3 * f1**2 + 2 * f1**3
            fourth += f4 + f3 * (6 - 4 * f1) + f2 * (7 - 12 * f1 + 6 * f1**2) + f1 - 4 * f1**2 + 6 * f1**3 - 3 * f1**4 - 3 * v**2
        z, skew, kurtosis = (n - mean) / m.sqrt(variance), third / variance**mpf(1.5), fourth / variance**2
        series = (1 + skew * (z**3 - 3 * z) / 6 + kurtosis * (z**4 - 6 * z**2 + 3) / 24
                  + skew**2 * (z**6 - 15 * z**4 + 45 * z**2 - 15) / 72)
        of_total = m.exp(n * m.log(n) - n - m.loggamma(n + 1))
        return product * series * m.exp(-z * z / 2) / m.sqrt(2 * m.pi * variance) / of_total

    for counts, level in [([31, 0], 0.99), ([0, 10], 0.99), ([20, 0, 5], 0.95), ([9, 1, 1, 14], 0.8), ([5, 5, 1], 0.99)]:
        n, c, before = sum(counts), 1, mpf(0)
        while (now := probability(counts, c)) <= mpf(level):
            c, before = c + 1, now
        share = (mpf(level) - before) / (now - before)
        ci = [[max(mpf(0), mpf(x - c + 1) / n), min(mpf(1), (x + c - 1 + 2 * share) / n)] for x in counts]
        case("multinomial_ci_sisonglaz", {"counts": counts, "conf": level}, {"ci": ci}, "50 digits; statsmodels 0.13.5 agrees where it answers")


def noncentral_chi_squared():
    """On one degree of freedom X = (Z + √ncp)², so both tails are differences of normal ones."""
    for _ in range(30):
        ncp = 10**rng.uniform(2, 15.5)
        x = float((m.sqrt(mpf(ncp)) + rng.choice([1, 0.1]) * rng.uniform(-36, 36))**2)
        a, b = m.sqrt(mpf(x)), m.sqrt(mpf(ncp))
        lower = normal_cdf(a - b) - normal_cdf(-a - b)
        upper = normal_cdf(b - a) + normal_cdf(-a - b)
        for fn, tail in (("d_ncx2_cdf", lower), ("d_ncx2_sf", upper)):
            if tail > mpf(10)**-300:
                case(fn, {"x": x, "df": 1, "ncp": ncp}, {"value": tail}, "normal tails")


def fisher():
    """Tables whose tails are short enough to be added up, at totals up to 2^53."""
    for table in [[[5, 10**15], [0, 10**15]], [[0, 3], [10**9, 10**9]], [[7, 10**14], [1, 3 * 10**15]], [[40, 1], [10**12, 10**13]]]:
        (a, b), (c, d) = table
        rows, columns, n = margins(table)
        low, high = max(0, columns[0] - rows[1]), min(rows[0], columns[0])
        weights = [mpf(1)]
        for k in range(low, high):
            weights.append(weights[-1] * (rows[0] - k) * (columns[0] - k) / ((k + 1) * (rows[1] - columns[0] + k + 1)))
        total, at = m.fsum(weights), a - low
        for alternative, chosen in (
            ("less", weights[:at + 1]), ("greater", weights[at:]), ("two-sided", [w for w in weights if w <= weights[at] * (1 + mpf(10)**-7)])
        ):
            inputs = {"table": table, "alternative": alternative, "conf": 0.95}
            case("fisher_2x2", inputs, {"p": m.fsum(chosen) / total}, "sum of hypergeometric probabilities")


def stratified():
    for _ in range(6):
        tables = [[[rng.randint(1, mx) for _ in range(2)] for _ in range(2)] for mx in (5, 10**rng.randint(2, 13), 40)]
        variance = excess = r = s = pr = mixed = qs = F(0)
        for (a, b), (c, d) in tables:
            n = a + b + c + d
            excess += a - F((a + b) * (a + c), n)
            variance += F((a + b) * (c + d) * (a + c) * (b + d), n * n * (n - 1))
            r_k, s_k, p_k, q_k = F(a * d, n), F(b * c, n), F(a + d, n), F(b + c, n)
            r, s, pr, mixed, qs = r + r_k, s + s_k, pr + p_k * r_k, mixed + p_k * s_k + q_k * r_k, qs + q_k * s_k
        ratio, se, z = real(r / s), root(pr / (2 * r**2) + mixed / (2 * r * s) + qs / (2 * s**2)), critical("0.95")
        for correct in (True, False):
            statistic = (abs(excess) - (min(F(1, 2), abs(excess)) if correct else 0))**2 / variance
            expected = {"statistic": statistic, "df": 1, "odds_ratio": ratio, "ci": [ratio * m.exp(-z * se), ratio * m.exp(z * se)], "se_log": se}
            case("cmh_2x2xk", {"tables": tables, "correct": correct}, with_p(expected, "p", statistic, 1), "Robins, Breslow and Greenland 1986")


independence()
kappa()
proportions()
sison_glaz()
noncentral_chi_squared()
fisher()
stratified()
print(json.dumps({"count": len(cases), "cases": cases}, indent=None, separators=(",", ":")).replace('{"id"', '\n{"id"'))
