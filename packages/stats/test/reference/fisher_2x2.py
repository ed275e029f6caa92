"""Reference values of Fisher's exact test of a 2 x 2 table, to 17 digits.

    python3 fisher_2x2.py > ../fisher-exact-test.reference.json      (mpmath 1.3)

Everything is summed over the support with 60-digit weights; odds ratios and limits are bisected on 60 digits. No rule
is shared with the package but the definitions.
"""
import json, random
from mpmath import mp, mpf, loggamma, log, exp, inf

mp.dps = 60
TIE = 1 + mpf(10) ** -7


def weights(a, b, c, d):
    """(offset of the first table from the observed one, weights relative to the observed one) as far as they matter."""
    lo, hi = -min(a, d), min(b, c)
    out = {0: mpf(1)}
    # outward until 1e-45 of the largest weight so far and past the peak
    w, top = mpf(1), mpf(1)
    for j in range(1, hi + 1):
        r = mpf(b - j + 1) * (c - j + 1) / (mpf(a + j) * (d + j))
        w *= r
        out[j] = w
        top = max(top, w)
        if r < 1 and w < top * mpf(10) ** -45 and w < mpf(10) ** -45: break
    w, top = mpf(1), mpf(1)
    for j in range(-1, lo - 1, -1):
        r = mpf(a + j + 1) * (d + j + 1) / (mpf(b - j) * (c - j))
        w *= r
        out[j] = w
        top = max(top, w)
        if r < 1 and w < top * mpf(10) ** -45 and w < mpf(10) ** -45: break
    return out


def ps(a, b, c, d):
    w = weights(a, b, c, d)
    total = sum(w.values())
    less = sum(v for j, v in w.items() if j <= 0) / total
    greater = sum(v for j, v in w.items() if j >= 0) / total
    both = sum(v for v in w.values() if v <= TIE) / total
    small = min(less, greater)
    up = sorted(w)
    cum, lower = mpf(0), {}
    for j in up: cum += w[j]; lower[j] = cum / total
    cum, upper = mpf(0), {}
    for j in reversed(up): cum += w[j]; upper[j] = cum / total
    blaker = sum(w[j] for j in up if min(lower[j], upper[j]) <= small * TIE) / total
    return dict(less=less, greater=greater, probability=min(1, both), doubling=min(1, 2 * small), blaker=min(1, blaker))


def tilted(w, psi):
    t = {j: v * psi ** j for j, v in w.items()}
    s = sum(t.values())
    return {j: v / s for j, v in t.items()}


def bisect(f, lo, hi):
    """root in log psi of an increasing f"""
    for _ in range(170):
        m = (lo + hi) / 2
        if f(exp(m)) < 0: lo = m
        else: hi = m
    return exp((lo + hi) / 2)


def odds(a, b, c, d, conf):
    lo, hi = -min(a, d), min(b, c)
    w = {j: exp(-(loggamma(a + j + 1) + loggamma(b - j + 1) + loggamma(c - j + 1) + loggamma(d + j + 1)
                  - loggamma(a + 1) - loggamma(b + 1) - loggamma(c + 1) - loggamma(d + 1))) for j in range(lo, hi + 1)}
    alpha = 1 - mpf(conf)
    B = mpf(60)
    up = lambda psi, h: (lambda t: sum(v for j, v in t.items() if j > 0) + h * t[0])(tilted(w, psi))
    down = lambda psi, h: (lambda t: sum(v for j, v in t.items() if j < 0) + h * t[0])(tilted(w, psi))
    mle = mpf(0) if lo == 0 else None if hi == 0 else bisect(lambda p: sum(j * v for j, v in tilted(w, p).items()), -B, B)
    out = dict(mle=mle)
    for name, h in (('exact', 1), ('mid-p', mpf(1) / 2)):
        L = mpf(0) if lo == 0 else bisect(lambda p: up(p, h) - alpha / 2, -B, B)
        U = None if hi == 0 else bisect(lambda p: alpha / 2 - down(p, h), -B, B)
        out[name] = [L, U]
    out['median'] = mpf(0) if lo == 0 else None if hi == 0 else bisect(lambda p: up(p, mpf(1) / 2) - mpf(1) / 2, -B, B)

    # Blaker: scan for the outermost psi with P > alpha, then bisect
    def blaker(psi):
        t = tilted(w, psi)
        U, Lo = up(psi, 1), down(psi, 1)
        s = min(U, Lo)
        p, cum = s, mpf(0)
        side = sorted(t) if s == U else sorted(t, reverse=True)
        for j in side:
            if cum + t[j] <= s: cum += t[j]
            else: break
        return p + cum

    def outer(start, towards):
        """the first crossing of blaker(psi) > alpha from outside, on a fine grid in log psi and then by bisection"""
        n = 400
        prev = start
        for i in range(1, n + 1):
            x = start + (towards - start) * i / n
            if blaker(exp(x)) > alpha:
                a_, b_ = prev, x
                for _ in range(120):
                    m = (a_ + b_) / 2
                    if blaker(exp(m)) > alpha: b_ = m
                    else: a_ = m
                return exp((a_ + b_) / 2)
            prev = x
        raise ValueError

    L = mpf(0) if lo == 0 else outer(log(out['exact'][0]), log(bisect(lambda p: up(p, 1) - alpha, -B, B)) + mpf(10) ** -20)
    U = None if hi == 0 else outer(log(out['exact'][1]), log(bisect(lambda p: alpha - down(p, 1), -B, B)) - mpf(10) ** -20)
    out['blaker'] = [L, U]
    return out


def number(x):
    if x is None: return None
    if isinstance(x, list): return [number(y) for y in x]
    return float(x)


random.seed(20)
P = []
tables = [(3, 1, 1, 3), (12, 14, 13, 122), (0, 5, 5, 4), (5, 0, 2, 4), (40, 55, 22, 74), (1, 0, 0, 1), (700, 10, 12, 690),
          (2600, 2400, 2350, 2650), (250, 10000, 120, 30000), (400, 100, 90, 420), (3000, 1000, 1000, 3000),
          (2, 1000000, 9, 1000000), (60, 1000000, 20, 1000000), (25050, 24950, 24930, 25070), (250500, 249500, 249300, 250700),
          (25005000, 24995000, 24993000, 25007000), (2500050000, 2499950000, 2499930000, 2500070000),
          (900, 100, 100, 900), (480, 20, 20, 480), (1, 999, 500, 500),
          # a pair of tables whose probabilities differ by a relative 1.1e-8: tied under the rule
          (50, 79, 159, 202), (60, 69, 149, 212)]
tables += [tuple(random.randrange(0, m) for _ in range(4)) for m in (5, 8, 15, 40, 100, 300, 3000) for _ in range(6)]
for t in tables:
    if 0 in (t[0] + t[1], t[2] + t[3], t[0] + t[2], t[1] + t[3]): continue
    v = ps(*t)
    P.append(dict(table=[list(t[:2]), list(t[2:])], **{k: float(x) for k, x in v.items()}, logProbability=float(log(v['probability']))))
O = []
for t in [x for x in tables if sum(x) < 400 and 0 not in (x[0] + x[1], x[2] + x[3], x[0] + x[2], x[1] + x[3])][:26]:
    for conf in ((0.95, 0.99) if sum(t) < 30 else (0.9,)):
        O.append(dict(table=[list(t[:2]), list(t[2:])], level=conf, **{k: number(x) for k, x in odds(*t, conf).items()}))
print(json.dumps(dict(source='mpmath 1.3, 60 digits: python3 reference/fisher_2x2.py', pValues=P, oddsRatios=O)))
