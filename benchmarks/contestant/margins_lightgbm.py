"""LightGBM's margins of the rows of a file: of each fold by trees that never saw it, a fold of -1 always trained on.

Called with a file of arrays (`matrix`, `outcomes`, `folds`) and, as JSON, what differs from LightGBM's defaults.
"""

import json
import sys

import lightgbm
import numpy as np

TREES = 100
SAME_EACH_TIME = {"objective": "binary", "verbosity": -1, "num_threads": 1, "seed": 1, "deterministic": True}

arrays, settings = np.load(sys.argv[1]), json.loads(sys.argv[2])
matrix, outcomes, folds = arrays["matrix"], arrays["outcomes"], arrays["folds"]
trees = settings.pop("trees", TREES)
margins = np.full(len(outcomes), np.nan)
for turn in range(folds.max() + 1):
    ranked = folds == turn
    training = lightgbm.Dataset(matrix[~ranked], outcomes[~ranked])
    grown = lightgbm.train({**SAME_EACH_TIME, **settings}, training, num_boost_round=trees)
    margins[ranked] = grown.predict(matrix[ranked], raw_score=True)
json.dump({"margins": [None if np.isnan(margin) else margin for margin in margins]}, sys.stdout)
