"""Reference values of Fisher's exact test of a 2 x 2 table, to 17 digits.

    python3 fisher_2x2.py > ../fisher-exact-test.reference.json      (mpmath 1.3)

Everything is summed over the support with 60-digit weights; odds ratios and limits are bisected on 60 digits. No rule
is shared with the package but the definitions.
"""
import json, random
from mpmath import mp, mpf, loggamma, log, exp, findroot

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


def mid_ps(w):
    total = sum(w.values())
    both = sum(v for v in w.values() if v <= TIE)
    tied = sum(v for v in w.values() if v <= TIE and v * TIE >= 1)
    return {'half-observed': min((both - mpf(1) / 2) / total, 1), 'half-ties': (both - tied / 2) / total}


# Larger tables, whose sums are of another kind: by the same definitions, but weights are multiplied up from the observed table
# only, and roots found by secants within brackets.


def large_odds(a, b, c, d, conf):
    sample = mpf(a) * d / (mpf(b) * c)
    spread = 1 / (1 / mpf(a) + 1 / mpf(b) + 1 / mpf(c) + 1 / mpf(d))
    reach = int(26 * mp.sqrt(spread)) + 40
    up, down = [mpf(1)], [mpf(1)]
    for j in range(1, min(reach, b, c) + 1): up.append(up[-1] * sample * (b - j + 1) * (c - j + 1) / (mpf(a + j) * (d + j)))
    for j in range(1, min(reach, a, d) + 1): down.append(down[-1] * (a - j + 1) * (d - j + 1) / (sample * (b + j) * (c + j)))

    def sums(t):
        """sums of the weights above and below the observed table and their first moments, at sample * e^t"""
        out = []
        for w, step in ((up, exp(t)), (down, exp(-t))):
            s, m, f = mpf(0), mpf(0), mpf(1)
            for j in range(1, len(w)):
                f *= step
                v = w[j] * f
                s += v
                m += j * v
            out += [s, m]
        return out

    def tail(t, share, upper):
        s, _, r, _ = sums(t)
        return ((s if upper else r) + share) / (s + 1 + r)

    se = 1 / mp.sqrt(spread)
    root = lambda f: findroot(f, (-9 * se, 9 * se), solver='anderson', tol=mpf(10) ** -70, maxsteps=60, verify=False)
    alpha = 1 - mpf(conf)
    mle = root(lambda t: (lambda s: (s[1] - s[3]) / mp.sqrt(spread))(sums(t)))
    out = dict(mle=sample * exp(mle), median=sample * exp(root(lambda t: tail(t, mpf(1) / 2, True) - mpf(1) / 2)))
    ends = {}
    for name, share in (('exact', 1), ('mid-p', mpf(1) / 2)):
        ends[name] = [root(lambda t: log(tail(t, share, True) / alpha * 2)), root(lambda t: -log(tail(t, share, False) / alpha * 2))]
        out[name] = [sample * exp(t) for t in ends[name]]

    def blaker(t):
        """P under Blaker's order: the smaller tail, and of the other as much as is no more than that"""
        out = []
        for w, step in ((up, exp(t)), (down, exp(-t))):
            f, v = mpf(1), [mpf(1)]
            for j in range(1, len(w)):
                f *= step
                v.append(w[j] * f)
            out.append(v)
        above, below = sum(out[0]), sum(out[1])
        own = min(above, below)
        other, cum = out[1] if above <= below else out[0], mpf(0)
        for v in reversed(other):
            if cum + v > own: break
            cum += v
        return (own + cum) / (above + below - 1)

    def limit(t, sign):
        """the first crossing of alpha from outside, by steps of a fraction of what lies between two jumps"""
        step = sign / spread / 15
        while blaker(t + step) <= alpha: t += step
        low, high = t, t + step
        for _ in range(75):
            m = (low + high) / 2
            if blaker(m) > alpha: high = m
            else: low = m
        return sample * exp((low + high) / 2)

    out['blaker'] = [limit(ends['exact'][0] - se / 1000, 1), limit(ends['exact'][1] + se / 1000, -1)]
    return out


# Counts up to 2^53: sums of millions of terms, by Euler's and Maclaurin's formula from the table itself (the package sets out from half a
# step before it), with the integral cut into pieces of the spread.


class Huge:
    def __init__(self, a, b, c, d, t=0):
        self.cells, self.t = (a, b, c, d), t
        self.deviation = 1 / mp.sqrt(1 / mpf(a) + 1 / mpf(b) + 1 / mpf(c) + 1 / mpf(d))
        self.own = mpf(0)
        self.own = self.log_weight(0)

    def log_weight(self, j):
        a, b, c, d = self.cells
        return self.t * j - loggamma(a + j + 1) - loggamma(b - j + 1) - loggamma(c - j + 1) - loggamma(d + j + 1) - self.own

    def tail(self, j, sign):
        """sum of the weights from the table moved by j on, upward or downward"""
        f = lambda x: exp(self.log_weight(j + sign * x))
        integral, x = mpf(0), mpf(0)
        while True:
            part = mp.quad(f, [x, x + self.deviation / 2], maxdegree=4)
            integral += part
            x += self.deviation / 2
            if part < integral * mpf(10) ** -28: break
        h = self.deviation * mpf(10) ** -8
        slope = (self.log_weight(j + sign * h) - self.log_weight(j - sign * h)) / (2 * h)
        return integral + f(0) / 2 - f(0) * slope / 12 + f(0) * slope ** 3 / 720

    def first(self, low, high, holds):
        """the smallest whole number in low … high at which a rising condition holds"""
        while low < high:
            m = (low + high) // 2
            if holds(m): high = m
            else: low = m + 1
        return low


def huge_ps(a, b, c, d):
    h = Huge(a, b, c, d)
    upper, lower = h.tail(0, 1), h.tail(0, -1)
    total = upper + lower - 1
    centre = round(mpf(b * c - a * d) / (a + b + c + d))  # steps to the mean
    near, sign = (lower, 1) if centre > 0 else (upper, -1)
    reach = abs(centre)
    limit = log(TIE)
    # On the way to the mean probabilities rise, beyond it they fall.
    inner = h.first(1, reach, lambda j: h.log_weight(sign * j) > limit) - 1 if reach > 1 else 0
    outer = h.first(reach + 1, reach + int(40 * h.deviation), lambda j: h.log_weight(sign * j) <= limit)
    opposite = sum(exp(h.log_weight(sign * j)) for j in range(1, inner + 1)) + h.tail(sign * outer, sign)
    tied, j = mpf(1), -1
    while h.log_weight(sign * j) >= -limit: tied += exp(h.log_weight(sign * j)); j -= 1
    for j in range(1, inner + 1): tied += exp(h.log_weight(sign * j))
    j = outer
    while h.log_weight(sign * j) >= -limit: tied += exp(h.log_weight(sign * j)); j += 1
    small, away = min((upper, -1), (lower, 1))
    cut = h.first(max(0, away * centre), abs(centre) + int(40 * h.deviation), lambda j: h.tail(away * j, away) <= small * TIE)
    return {'less': lower / total, 'greater': upper / total, 'probability': (near + opposite) / total, 'doubling': min(1, 2 * small / total),
            'blaker': min(1, (small + h.tail(away * cut, away)) / total), 'half-observed': (near + opposite - mpf(1) / 2) / total,
            'half-ties': (near + opposite - tied / 2) / total}


def huge_odds(a, b, c, d, conf):
    sample = mpf(a) * d / (mpf(b) * c)
    se = mp.sqrt(1 / mpf(a) + 1 / mpf(b) + 1 / mpf(c) + 1 / mpf(d))

    def root(target, share, sign):
        """where the upper (or, sign -1, lower) tail reaches the target: secants from where the normal distribution has it"""
        def f(t):
            h = Huge(a, b, c, d, t + log(sample))
            own, other = h.tail(0, sign), h.tail(0, -sign)
            return log((own - 1 + share) / (own + other - 1) / target)
        t = -sign * se * mp.sqrt(2) * mp.erfinv(1 - 2 * target)
        return sample * exp(findroot(f, (t, t + se * mpf(10) ** -6), solver='secant', tol=mpf(10) ** -48, maxsteps=7, verify=False))

    alpha = 1 - mpf(conf)
    out = dict(median=root(mpf(1) / 2, mpf(1) / 2, 1))
    for name, share in (('exact', 1), ('mid-p', mpf(1) / 2)): out[name] = [root(alpha / 2, share, 1), root(alpha / 2, share, -1)]
    return out


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


def large(t, values): return dict(table=[list(t[:2]), list(t[2:])], **{k: number(x) for k, x in values.items()})


L = []
for t in [(100000, 90000, 90000, 100000), (120000, 118500, 117500, 120500), (120500, 120000, 119500, 120000), (400000, 210000, 300100, 157000),
          (3, 5000000, 40, 20000000), (30, 100000, 2 ** 40, 2 ** 52), (0, 1000000, 10 ** 9, 10 ** 13), (2, 2 ** 31, 5, 2 ** 52),
          (20000, 10 ** 10, 16000, 10 ** 10), (16000, 10 ** 10, 20000, 10 ** 10), (7000, 10 ** 10, 5600, 10 ** 10), (1, 99999, 50000, 50000),
          (0, 300, 2500, 10 ** 7), (5, 0, 3, 2 ** 50), (0, 7, 2 ** 50, 9), (900, 4, 2 ** 45, 2 ** 43), (4000, 3000, 0, 9000), (0, 4000, 5000, 200),
          # the most probable table is at an edge that rounding may miss
          (2 ** 52, 3, 2, 0), (2 ** 52 - 5, 2, 7, 1), (2 ** 52 + 11, 4, 3, 0), (3, 2 ** 52, 0, 2), (1, 2 ** 51 + 1, 1, 2 ** 50 + 3),
          # neighbours of the most probable table tied with it, within a relative 1e-7
          (25000001, 25000000, 25000000, 25000002), (25000000, 25000000, 25000000, 25000000), (25000001, 25000000, 24999999, 25000000),
          (24999998, 25000000, 25000000, 25000001)]:
    w = weights(*t)
    v = ps(*t)
    L.append(dict(large(t, {**v, **mid_ps(w)}), logProbability=float(log(v['probability']))))
mp.dps = 40
for t in [(2 ** 40 + 1500000, 2 ** 40, 2 ** 40, 2 ** 40 + 1700000), (2 ** 50, 2 ** 51 + 2 ** 25, 2 ** 50 + 2 ** 26, 2 ** 51 - 2 ** 27),
          (2 ** 41, 2 ** 50 + 2 ** 33, 2 ** 41 + 2 ** 21, 2 ** 50), (5 * 10 ** 12, 10 ** 15, 10 ** 10 + 10 ** 6, 2 * 10 ** 12)]:
    L.append(large(t, huge_ps(*t)))
M = []
for t, level in [((100000, 95000, 93000, 110000), 0.9), ((30000, 2 * 10 ** 8, 400000, 3 * 10 ** 9), 0.99), ((10 ** 7, 10 ** 5, 3 * 10 ** 6, 40000), 0.999999)]:
    M.append(dict(large(t, large_odds(*t, level)), level=level))
for t, level in [((2 ** 41, 2 ** 50 + 2 ** 33, 2 ** 41 + 2 ** 21, 2 ** 50), 0.99), ((2 ** 50, 2 ** 51 + 2 ** 25, 2 ** 50 + 2 ** 26, 2 ** 51 - 2 ** 27), 0.95)]:
    M.append(dict(large(t, huge_odds(*t, level)), level=level))
print(json.dumps(dict(source='mpmath 1.3, 60 digits: python3 reference/fisher_2x2.py', pValues=P, oddsRatios=O, largePValues=L, largeOddsRatios=M)))
