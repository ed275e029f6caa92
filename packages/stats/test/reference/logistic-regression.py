"""Writes logistic-regression.reference.json: (penalized) maximum likelihood with profile limits, solved at 40 digits.

    python3 logistic-regression.py > ../logistic-regression.reference.json     (needs mpmath)
"""

import json

from mpmath import det, diff, erfc, exp, findroot, inverse, log, matrix, mp, mpf, sqrt

mp.dps = 40
CRITICAL = mpf("3.841458820694124032258055")  # chi-squared, 1 degree of freedom, upper 5 %

CASES = {
    "beetles": [(6, 59, [1.6907]), (13, 60, [1.7242]), (18, 62, [1.7552]), (28, 56, [1.7842]),
                (52, 63, [1.8113]), (53, 59, [1.8369]), (61, 62, [1.861]), (60, 60, [1.8839])],
    "two by two": [(40, 95, [1]), (22, 96, [0])],
    "two factors": [(14, 93, [0, 0]), (11, 52, [0, 1]), (6, 38, [1, 0]), (32, 81, [1, 1])],
    "separated": [(0, 21, [0]), (9, 170, [1])],
    "separated completely": [(0, 5, [1]), (0, 5, [2]), (4, 4, [3]), (6, 6, [4])],
}


def design(groups):
    return [[mpf(1), *[mpf(repr(x)) for x in xs]] for _, _, xs in groups]


def share(beta, x):
    return 1 / (1 + exp(-sum(b * v for b, v in zip(beta, x))))


def information(groups, beta):
    X = design(groups)
    p = len(X[0])
    I = matrix(p, p)
    for (_, m, _), x in zip(groups, X):
        s = share(beta, x)
        for i in range(p):
            for j in range(p):
                I[i, j] += m * s * (1 - s) * x[i] * x[j]
    return I


def likelihood(groups, beta, firth):
    total = mpf(0)
    for (y, m, _), x in zip(groups, design(groups)):
        s = share(beta, x)
        total += y * log(s) + (m - y) * log(1 - s)
    return total + (log(det(information(groups, beta))) / 2 if firth else 0)


def gradient(groups, beta, firth):
    X = design(groups)
    inverse_information = inverse(information(groups, beta)) if firth else None
    out = [mpf(0)] * len(beta)
    for (y, m, _), x in zip(groups, X):
        s = share(beta, x)
        r = y - m * s
        if firth:
            h = m * s * (1 - s) * sum(x[i] * inverse_information[i, j] * x[j] for i in range(len(x)) for j in range(len(x)))
            r += h * (mpf(1) / 2 - s)
        for j, v in enumerate(x):
            out[j] += r * v
    return out


def scoring(groups, firth, beta, free):
    for _ in range(400):
        I = information(groups, beta)
        g = gradient(groups, beta, firth)
        block = matrix([[I[i, j] for j in free] for i in free])
        step = inverse(block) * matrix([g[i] for i in free])
        scale = min(mpf(1), 2 / max(abs(s) for s in step)) if max(abs(s) for s in step) > 0 else mpf(1)
        for k, j in enumerate(free):
            beta[j] += scale * step[k]
        if max(abs(s) for s in step) < mpf(10) ** -25:
            break
    return beta


def fit(groups, firth):
    p = len(design(groups)[0])
    beta = scoring(groups, firth, [mpf(0)] * p, list(range(p)))
    best = likelihood(groups, beta, firth)
    V = inverse(information(groups, beta))
    coefficients = []
    for j in range(p):
        def cost(b):
            start = list(beta)
            start[j] = b
            return 2 * (best - likelihood(groups, scoring(groups, firth, start, [i for i in range(p) if i != j]), firth))

        se = sqrt(V[j, j])
        limits = []
        for sign in (-1, 1):
            far = 2 * se
            while cost(beta[j] + sign * far) < CRITICAL:
                far *= mpf("1.3")
            limits.append(findroot(lambda b: cost(b) - CRITICAL, (beta[j], beta[j] + sign * far), solver="anderson", tol=1e-24))
        coefficients.append({"estimate": float(beta[j]), "standardError": float(se), "waldP": float(erfc(abs(beta[j] / se) / sqrt(2))),
                             "profileP": float(erfc(sqrt(cost(mpf(0)) / 2))), "lower": float(limits[0]), "upper": float(limits[1])})
    return coefficients


out = []
for name, groups in CASES.items():
    case = {"name": name, "groups": [{"events": y, "trials": m, "predictors": xs} for y, m, xs in groups], "firth": fit(groups, True)}
    if not name.startswith("separated"):
        case["none"] = fit(groups, False)
    out.append(case)
print(json.dumps({"source": "logistic-regression.py, mpmath at 40 digits", "cases": out}, indent=1))
