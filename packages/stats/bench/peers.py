"""Times SciPy, and statsmodels where it is there, on the work of the benchmarks; prints seconds of processor time by key as JSON."""

import json
import statistics
import time
import warnings

import numpy as np
from scipy import stats

warnings.simplefilter("ignore")


def median_seconds(f, calls=1):
    for _ in range(3):
        f()
    samples = []
    for _ in range(7):
        start = time.process_time()
        for _ in range(calls):
            f()
        samples.append((time.process_time() - start) / calls)
    return statistics.median(samples)


random = np.random.default_rng(1)
table = [[40, 55], [22, 74]]
job = [[1, 2, 1, 0], [3, 3, 6, 1], [10, 10, 14, 9], [6, 7, 12, 11]]
p = random.random(1_000_000)
x = random.integers(0, 4, 10_000_000, dtype=np.uint8)
y = random.integers(0, 5, 10_000_000, dtype=np.uint8)
times = {
    "chi-squared 2x2": median_seconds(lambda: stats.chi2_contingency(table, correction=False), 200),
    "chi-squared 4x4": median_seconds(lambda: stats.chi2_contingency(job, correction=False), 200),
    "fisher p 191": median_seconds(lambda: stats.fisher_exact(table), 50),
    "fisher p 1e8": median_seconds(lambda: stats.fisher_exact([[25005000, 24995000], [24993000, 25007000]]), 20),
    "odds ratio 191": median_seconds(lambda: stats.contingency.odds_ratio(table).confidence_interval(), 5),
    # SciPy puts the groups into columns.
    "boschloo 200": median_seconds(lambda: stats.boschloo_exact([[110, 70], [90, 130]])),
    "barnard 200": median_seconds(lambda: stats.barnard_exact([[110, 70], [90, 130]])),
    "crosstab": median_seconds(lambda: np.bincount(x * np.uint8(5) + y, minlength=20)),
}
if hasattr(stats, "false_discovery_control"):
    times["BH"] = median_seconds(lambda: stats.false_discovery_control(p))
try:
    from statsmodels.stats.multitest import multipletests
    from statsmodels.stats.proportion import confint_proportions_2indep, multinomial_proportions_confint

    # SciPy has it from 1.11 on.
    if "BH" not in times:
        times["BH"] = median_seconds(lambda: multipletests(p, method="fdr_bh"))
    times["holm"] = median_seconds(lambda: multipletests(p, method="holm"))
    times["hommel 3000"] = median_seconds(lambda: multipletests(p[:3000], method="hommel"))
    score = {"method": "score", "compare": "diff"}
    times["miettinen-nurminen"] = median_seconds(lambda: confint_proportions_2indep(40, 95, 22, 96, **score), 20)
    times["newcombe"] = median_seconds(lambda: confint_proportions_2indep(40, 95, 22, 96, method="newcomb"), 20)
    times["sison-glaz"] = median_seconds(lambda: multinomial_proportions_confint([89, 37, 30, 35], method="sison-glaz"), 2)
except ImportError:
    pass
print(json.dumps(times))
