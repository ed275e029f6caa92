"""Writes two-stage.reference.json: what the two-stage procedure of Benjamini, Krieger and Yekutieli rejects, level by level.

    python3 two-stage.py > ../two-stage.reference.json     (needs statsmodels)
"""

import json
import random

import statsmodels
from statsmodels.stats.multitest import multipletests

random.seed(20210711)
CASES = [[0.01, 0.02, 0.03, 0.04, 0.05],
         [0.0001, 0.0004, 0.0019, 0.0095, 0.0201, 0.0278, 0.0298, 0.0344, 0.0459, 0.3240, 0.4262, 0.5719, 0.6528, 0.7590, 1.0],
         [round(random.random() ** 4, 4) for _ in range(40)]]
LEVELS = [0.001, 0.01, 0.05, 0.1, 0.2, 0.5, 0.9]
print(json.dumps({
    "source": f"statsmodels {statsmodels.__version__}, multipletests(p, alpha, method='fdr_tsbky')[0], script two-stage.py",
    "cases": [{"p": p, "rejected": [{"level": a, "which": [bool(x) for x in multipletests(p, alpha=a, method='fdr_tsbky')[0]]} for a in LEVELS]} for p in CASES],
}))
