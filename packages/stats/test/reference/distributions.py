"""Reference values of the distributions to 50 digits: writes ../distributions.reference.json.

Every lower tail is summed as a series of positive terms in 380 digits, so that its complement is right to 50 digits even where it is
1e-300. Needs Python 3 and mpmath. Run: python3 test/reference/distributions.py
"""

import json
import os
import random
from fractions import Fraction

import mpmath
from mpmath import mp, mpf

mp.dps = 380
random.seed(20261122)
DIGITS = 50
out = {}


def text(value):
    return mpmath.nstr(value, DIGITS, min_fixed=0, max_fixed=0) if value != 0 else "0"


def pair(lower):
    """Both tails and their logarithms."""
    upper = 1 - lower
    return [text(lower), text(upper), text(mp.log(lower)), text(mp.log(upper))]


def keep(lower):
    return lower > mpf(10) ** -310 and 1 - lower > mpf(10) ** -310


# --- gamma and chi-squared -------------------------------------------------------------------------------------------------------

SHIFT = 1300  # bits of the fixed-point sums


def gamma_lower(a, x):
    """P(a, x) by its positive series."""
    one = 1 << SHIFT
    a, x = mpf(a), mpf(x)
    numerator = int(mp.floor(x * mpf(2) ** 1200))
    term = total = one
    n = 0
    a_scaled = int(mp.floor(a * mpf(2) ** 1200))
    unit = 1 << 1200
    while term > 0:
        n += 1
        term = term * numerator // (a_scaled + n * unit)
        total += term
    return mp.exp(a * mp.log(x) - x - mp.loggamma(a + 1)) * mpf(total) / mpf(one)


def chi_squared_points():
    rows = []
    for df in [0.5, 1, 2, 3, 4, 5, 7, 10, 19, 37.5, 60, 79, 80, 81, 100, 200, 1000, 10000, 100000, 1000000]:
        xs = []
        for z in (-37, -30, -20, -12, -7, -4, -2, -1, -0.3, 0, 0.01, 0.5, 1, 1.7, 2.5, 4, 7, 12, 20, 30, 36.5):
            root = 1 - 2 / (9 * df) + z * (2 / (9 * df)) ** 0.5
            if root > 0.2:
                xs.append(df * root**3)
        for tail in ("1e-300", "1e-100", "1e-20", "1e-6", "0.01"):
            x = 2 * mp.exp((mp.log(mpf(tail)) + mp.loggamma(mpf(df) / 2 + 1)) / (mpf(df) / 2))
            if df < 200 and x > mpf(10) ** -290:
                xs.append(float(x))
        if df < 50:
            xs += [1, 20, 100, 700, 1350]
        if df >= 100000:
            xs = xs[::2]
        for x in sorted(set(xs)):
            lower = gamma_lower(mpf(df) / 2, mpf(x) / 2)
            if keep(lower):
                rows.append([x, df, *pair(lower)])
    return rows


def solve(function, start, goal):
    """Secant on logarithms from a start that is right to a few digits, to 60 digits."""
    x0 = mp.log(mpf(start))
    x1 = x0 + mpf(10) ** -12
    f0 = mp.log(function(mp.exp(x0))) - goal
    for _ in range(30):
        f1 = mp.log(function(mp.exp(x1))) - goal
        if f1 == f0:
            break
        x0, x1, f0 = x1, x1 - f1 * (x1 - x0) / (f1 - f0), f1
        if abs(x1 - x0) < mpf(10) ** -60:
            break
    return mp.exp(x1)


def chi_squared_quantiles():
    from scipy import stats

    rows = []
    for df in [0.5, 1, 2, 3, 5, 10, 30, 79, 81, 200, 1000, 10000]:
        for p in [1e-300, 1e-150, 1e-50, 1e-15, 1e-6, 1e-3, 0.025, 0.2, 0.4, 0.5]:
            if df >= 1000 and p not in (1e-300, 1e-15, 0.025, 0.5):
                continue
            a = mpf(df) / 2
            start = stats.chi2.ppf(p, df)
            if start > 1e-290:
                x = solve(lambda v: gamma_lower(a, v / 2), start, mp.log(mpf(p)))
                rows.append([p, df, "lower", text(x)])
            start = stats.chi2.isf(p, df)
            x = solve(lambda v: 1 - gamma_lower(a, v / 2), start, mp.log(mpf(p)))
            rows.append([p, df, "upper", text(x)])
    return rows


# --- normal ----------------------------------------------------------------------------------------------------------------------


def normal_points():
    zs = [-37.5, -37, -30, -25.3, -20, -15.1, -10, -8.3, -8, -6, -5.66, -5, -4, -3, -2.575, -1.96, -1.645, -1.3, -1, -0.7, -0.66, -0.5, -0.3]
    zs += [-0.1, -1e-3, -1e-10, 0]
    zs += [-z for z in zs] + [random.uniform(-37, 37) for _ in range(60)]
    rows = []
    for z in sorted(set(zs)):
        lower = mp.erfc(-mpf(z) / mp.sqrt(2)) / 2
        rows.append([z, *pair(lower)])
    return rows


def normal_quantiles():
    ps = [1e-300, 1e-250, 1e-200, 1e-150, 1e-100, 1e-50, 1e-30, 1e-20, 1e-17, 1e-15, 1e-12, 1e-10, 1e-8, 1e-6, 1e-5, 1e-4, 1e-3, 0.005]
    ps += [0.01, 0.025, 0.05, 0.1, 0.2, 0.25, 0.2599, 0.2601, 0.3, 0.4, 0.45, 0.49, 0.4999, 0.4999999, 0.5 - 1e-12, 0.5 + 1e-12, 0.51]
    ps += [0.6, 0.7, 0.74, 0.75, 0.8, 0.9, 0.95, 0.975, 0.99, 0.999, 1 - 2.0**-30, 1 - 2.0**-53]
    ps += [10 ** random.uniform(-300, -0.31) for _ in range(60)]
    rows = []
    for p in ps:
        goal = mpf(p)
        z = -mp.sqrt(2) * mp.erfinv(1 - 2 * goal) if p > 1e-12 else -mp.sqrt(-2 * mp.log(goal))
        for _ in range(60):
            value = mp.erfc(-z / mp.sqrt(2)) / 2
            step = mp.log(value / goal) * value / mp.npdf(z)
            z -= step
            if abs(step) < mpf(10) ** -80:
                break
        rows.append([p, text(z)])
    return rows


# --- beta and binomial -----------------------------------------------------------------------------------------------------------


def beta_lower(a, b, x):
    """I_x(a, b) by its positive series, which falls at least as fast as 2^-n on the nearer side."""
    a, b, x = mpf(a), mpf(b), mpf(x)
    if x > 0.5:
        return 1 - beta_lower(b, a, 1 - x)
    unit = 1 << 1200
    a_scaled = int(mp.floor(a * unit))
    sum_scaled = int(mp.floor((a + b) * unit))
    x_scaled = int(mp.floor(x * unit))
    one = 1 << SHIFT
    term = total = one
    n = 0
    while term > 0:
        term = term * (sum_scaled + n * unit) // (a_scaled + (n + 1) * unit) * x_scaled // unit
        n += 1
        total += term
    log_scale = a * mp.log(x) + b * mp.log(1 - x) + mp.loggamma(a + b) - mp.loggamma(a + 1) - mp.loggamma(b)
    return mp.exp(log_scale) * mpf(total) / mpf(one)


SHAPES = [
    (0.5, 0.5), (0.5, 1), (1, 1), (1, 20), (2, 3), (5, 5), (0.5, 20.5), (20.5, 0.5), (0.5, 1000.5), (1, 1e6), (3, 50), (10, 10),
    (20, 5), (62, 130), (95.5, 96.5), (99, 102), (101, 150), (101, 101), (300, 5), (1, 226), (226, 1), (500, 30), (1000, 1000),
    (150, 5000), (2000, 3), (5000, 12000), (1e5, 10), (40, 1e5), (3e4, 7e4), (5e5, 5e5), (200, 1e6), (1e6, 0.5),
]  # fmt: skip


def beta_points():
    rows = []
    for a, b in SHAPES:
        mean = a / (a + b)
        sd = (mean * (1 - mean) / (a + b + 1)) ** 0.5
        logit_sd = sd / (mean * (1 - mean))
        big = a + b > 50000
        for z in (-35, -14, -5, -2.1, -0.9, -0.1, 0.05, 0.6, 1.8, 4, 9, 25) if not big else (-34, -9, -3, -0.5, 0.02, 1.2, 6, 20):
            odds = a / b * pow(2.718281828459045, max(-600, min(600, z * logit_sd)))
            x = odds / (1 + odds)
            # So far below the mean that the tail is less than e^-3000.
            if not 1e-300 < x < 1 or (0.5 < x < mean and (1 - x) * a > 3000):
                continue
            lower = beta_lower(a, b, x)
            if keep(lower):
                rows.append([x, a, b, *pair(lower)])
    return rows


def beta_quantiles():
    from scipy import stats

    rows = []
    for a, b in [(0.5, 0.5), (1, 20), (2, 3), (0.5, 20.5), (62, 130), (63, 129), (95.5, 96.5), (1, 226), (226, 1), (1000, 1000), (3, 5e4), (5000, 12000)]:
        for p in [1e-300, 1e-100, 1e-20, 1e-6, 0.025, 0.3, 0.5]:
            for side in ("lower", "upper"):
                start = stats.beta.ppf(p, a, b) if side == "lower" else stats.beta.ppf(p, b, a)
                if not 1e-290 < start < 1:
                    continue
                # The upper quantile is 1 less the lower one of the mirrored variable; small ones are solved as they are.
                u, v = (a, b) if side == "lower" else (b, a)
                x = solve(lambda t: beta_lower(u, v, t), start, mp.log(mpf(p)))
                rows.append([p, a, b, side, text(x if side == "lower" else 1 - x)])
    return rows


def binomial_probability(k, n, p):
    return mp.exp(mp.loggamma(n + 1) - mp.loggamma(k + 1) - mp.loggamma(n - k + 1) + k * mp.log(p) + (n - k) * mp.log(1 - p))


def binomial_points():
    rows = []
    for n, p in [(1, 0.3), (5, 0.5), (20, 0.5), (191, 0.25), (226, 0.845), (925, 0.75), (4000, 1e-3), (10000, 0.3), (1000000, 0.5), (1000000, 2e-6), (100000, 0.97)]:
        sd = (n * p * (1 - p)) ** 0.5
        big = n > 50000
        for z in (-35, -20, -8, -3, -1.2, -0.4, 0, 0.3, 1, 2, 5, 12, 25, 36) if not big else (-33, -6, -1, 0, 2, 15):
            k = round(n * p + z * sd)
            if not 0 <= k <= n:
                continue
            exact = mpf(p)
            lower = mpf(1) if k == n else 1 - beta_lower(k + 1, n - k, exact)
            below = mpf(0) if k == 0 else 1 - beta_lower(k, n - k + 1, exact)
            probability = binomial_probability(mpf(k), mpf(n), exact)
            if probability < mpf(10) ** -300:
                continue
            rows.append([k, n, p, text(probability), text(lower), text(1 - below)])
    for n, p, ks in [(2**50, 0.5, [2**49 + d for d in (-600000000, -30000000, 0, 90000000)]), (10**15, 0.3, [3 * 10**14 + 10**8, 3 * 10**14 - 4 * 10**8])]:
        for k in ks:
            rows.append([k, n, p, text(binomial_probability(mpf(k), mpf(n), mpf(p))), None, None])
    return rows


# --- hypergeometric --------------------------------------------------------------------------------------------------------------


def hypergeometric_points(odds_ratios):
    rows = []
    urns = [(3, 4, 2), (10, 10, 10), (62, 129, 95), (26, 135, 25), (190, 36, 161), (500, 700, 40), (5000, 5000, 5000), (40, 100000, 5000), (300000, 700000, 1000)]
    if odds_ratios == [1]:
        urns += [(500000, 500000, 400000)]
    for white, black, drawn in urns:
        for ratio in odds_ratios:
            if white + black > 50000 and ratio not in (1, 0.3, 7.5):
                continue
            weights = {}
            low, high = max(0, drawn - black), min(white, drawn)
            psi = mpf(ratio)
            # Outward from the mode until terms are below 1e-360 of the largest.
            a, b, c = psi - 1, -(psi * (white + drawn + 2) + black - drawn), psi * (white + 1) * (drawn + 1)
            mode = int(2 * c / (-b + mp.sqrt(b * b - 4 * a * c))) if a != 0 else int(-c / b)
            mode = max(low, min(high, mode))
            scale = 1 << 1500
            ratio_top, ratio_bottom = Fraction(ratio).numerator, Fraction(ratio).denominator
            weights[mode] = scale
            t, k = scale, mode
            while k < high and t > 0:
                t = t * ((white - k) * (drawn - k) * ratio_top) // ((k + 1) * (black - drawn + k + 1) * ratio_bottom)
                k += 1
                weights[k] = t
            t, k = scale, mode
            while k > low and t > 0:
                t = t * (k * (black - drawn + k) * ratio_bottom) // ((white - k + 1) * (drawn - k + 1) * ratio_top)
                k -= 1
                weights[k] = t
            total = sum(weights.values())
            keys = sorted(weights)
            cumulative, running = {}, 0
            for k in keys:
                running += weights[k]
                cumulative[k] = running
            mean = mpf(sum(k * w for k, w in weights.items())) / total
            second = mpf(sum(k * k * w for k, w in weights.items())) / total
            variance = second - mean * mean
            wanted = set()
            for z in (-36, -20, -8, -3, -1, 0, 0.7, 2, 5, 13, 30):
                k = int(mp.nint(mean + z * mp.sqrt(variance)))
                if k in weights:
                    wanted.add(k)
            for k in sorted(wanted):
                probability = mpf(weights[k]) / total
                if probability < mpf(10) ** -300:
                    continue
                lower = mpf(cumulative[k]) / total
                upper = mpf(total - cumulative[k] + weights[k]) / total
                row = [k, white, black, drawn] + ([] if odds_ratios == [1] else [ratio])
                rows.append(row + [text(probability), text(lower), text(upper)] + ([] if odds_ratios == [1] else [text(mean), text(variance)]))
    if odds_ratios == [1]:
        half = 2**51
        for k in (half // 2, half // 2 + 20000000, half // 2 - 300000000):
            lg = mp.loggamma
            choose = lambda n, m: lg(mpf(n) + 1) - lg(mpf(m) + 1) - lg(mpf(n - m) + 1)
            value = mp.exp(choose(half, k) + choose(half, half - k) - choose(2 * half, half))
            rows.append([k, half, half, half, text(value), None, None])
    return rows


# --- Poisson ---------------------------------------------------------------------------------------------------------------------


def poisson_points():
    rows = []
    for mean in [1e-5, 0.3, 1, 7.5, 20, 100, 1000, 50000, 500000]:
        sd = mean**0.5
        for z in (-36, -12, -4, -1, 0, 1, 3, 10, 35) if mean < 1e5 else (-30, -2, 1, 9):
            k = round(mean + z * sd)
            if k < 0:
                continue
            m = mpf(mean)
            probability = mp.exp(k * mp.log(m) - m - mp.loggamma(k + 1))
            lower = 1 - gamma_lower(k + 1, m)
            upper = mpf(1) if k == 0 else gamma_lower(k, m)
            if probability > mpf(10) ** -300:
                rows.append([k, mean, text(probability), text(lower), text(upper)])
        for k in (0, 1, 5, 60):
            m = mpf(mean)
            probability = mp.exp(k * mp.log(m) - m - mp.loggamma(k + 1))
            if probability > mpf(10) ** -300 and mean < 1000:
                rows.append([k, mean, text(probability), text(1 - gamma_lower(k + 1, m)), text(mpf(1) if k == 0 else gamma_lower(k, m))])
    return rows


# --- noncentral chi-squared ------------------------------------------------------------------------------------------------------


def noncentral_lower(x, df, ncp):
    """Poisson mixture, downwards from where the weight is below 1e-370."""
    a, y, m = mpf(df) / 2, mpf(x) / 2, mpf(ncp) / 2
    top = int(m + 45 * mp.sqrt(m) + 400)
    while top * mp.log(m) - m - mp.loggamma(top + 1) > -1050:
        top += 50
    weight = mp.exp(top * mp.log(m) - m - mp.loggamma(top + 1))
    step = mp.exp((a + top) * mp.log(y) - y - mp.loggamma(a + top + 1))
    part = gamma_lower(a + top, y)
    total = weight * part
    for j in range(top, 0, -1):
        step *= (a + j) / y
        part += step
        weight *= j / m
        total += weight * part
    return total


def noncentral_points():
    rows = []
    for df in [1, 2, 4, 10, 100]:
        for ncp in [0.01, 1, 7.849, 40, 300, 5000]:
            if ncp == 5000 and df not in (1, 10):
                continue
            mean, sd = df + ncp, (2 * (df + 2 * ncp)) ** 0.5
            xs = [mean + z * sd for z in (-30, -8, -3, -1, 0, 0.5, 2, 6, 15, 33)] + [1e-8, 1e-3, 0.5, 3.841458820694124]
            for x in sorted(set(xs)):
                if x <= 0:
                    continue
                lower = noncentral_lower(x, df, ncp)
                if keep(lower):
                    rows.append([x, df, ncp, *pair(lower)])
    return rows


def noncentral_quantiles():
    from scipy import stats

    rows = []
    for df, ncp in [(1, 0.5), (1, 7.849), (4, 10), (10, 100)]:
        for p in [1e-100, 1e-10, 0.01, 0.2, 0.5]:
            start = float(stats.ncx2.ppf(p, df, ncp)) if p >= 1e-10 else 1e-3
            if p >= 1e-10:
                rows.append([p, df, ncp, "lower", text(solve(lambda v: noncentral_lower(v, df, ncp), start, mp.log(mpf(p))))])
            start = float(stats.ncx2.isf(p, df, ncp)) if p >= 1e-10 else df + ncp + 460 + 2 * (460 * ncp) ** 0.5
            rows.append([p, df, ncp, "upper", text(solve(lambda v: 1 - noncentral_lower(v, df, ncp), start, mp.log(mpf(p))))])
    return rows


def log_gamma_points():
    xs = [1e-300, 1e-20, 1e-5, 0.1, 0.3, 0.49, 0.5, 0.51, 0.75, 0.9, 0.99, 1 - 1e-8, 1 + 1e-8, 1.01, 1.25, 1.49, 1.5, 1.51, 1.75, 1.99]
    xs += [2 - 1e-8, 2 + 1e-8, 2.01, 2.3, 2.49, 2.5, 2.51, 3, 3.3, 4.7, 6, 8.2, 9.99, 10, 10.01, 15, 33.3, 100, 171.5, 1000.25, 1e6, 1e10, 2.0**53, 1e100]
    xs += [random.uniform(0.01, 12) for _ in range(80)] + [10 ** random.uniform(1, 15) for _ in range(40)]
    return [[x, text(mp.loggamma(mpf(x)))] for x in sorted(xs)]


def log_binomial_coefficient_points():
    rows = []
    for n, k in [(1, 0), (5, 2), (10, 5), (52, 5), (191, 95), (226, 161), (1000, 7), (1000, 8), (1000, 500), (10**6, 2), (10**6, 333333), (10**9, 12), (2**53 - 1, 2), (2**53 - 1, 2**52), (10**15, 10**7)]:
        value = mp.loggamma(mpf(n) + 1) - mp.loggamma(mpf(k) + 1) - mp.loggamma(mpf(n - k) + 1)
        rows.append([n, k, text(value)])
    return rows


JOBS = {
    "logGamma": log_gamma_points,
    "logBinomialCoefficient": log_binomial_coefficient_points,
    "normal": normal_points,
    "normalQuantile": normal_quantiles,
    "chiSquared": chi_squared_points,
    "chiSquaredQuantile": chi_squared_quantiles,
    "beta": beta_points,
    "betaQuantile": beta_quantiles,
    "binomial": binomial_points,
    "hypergeometric": lambda: hypergeometric_points([1]),
    "noncentralHypergeometric": lambda: hypergeometric_points([1e-6, 0.05, 0.3, 1, 1.4, 7.5, 200, 1e9]),
    "poisson": poisson_points,
    "noncentralChiSquared": noncentral_points,
    "noncentralChiSquaredQuantile": noncentral_quantiles,
}

if __name__ == "__main__":
    import sys
    import time

    target = os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "distributions.reference.json")
    if len(sys.argv) > 1 and os.path.exists(target):
        out = json.load(open(target))
        out.pop("source", None)
    for name, job in JOBS.items():
        if len(sys.argv) > 1 and name not in sys.argv[1:]:
            continue
        started = time.time()
        out[name] = job()
        print(name, len(out[name]), round(time.time() - started, 1), "s", flush=True)
    with open(target, "w") as file:
        file.write('{\n"source": "mpmath ' + mpmath.__version__ + ', 380 digits; test/reference/distributions.py"')
        for name in JOBS:
            if name in out:
                file.write(',\n"%s": [\n' % name + ",\n".join(json.dumps(row) for row in out[name]) + "\n]")
        file.write("\n}\n")
