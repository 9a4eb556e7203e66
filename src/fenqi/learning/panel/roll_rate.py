"""How accounts roll from one status to the next, month after month."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from fenqi.learning.panel.card import CLOSED, NO_LOAN, STATUSES, UNSEEN, Statuses

_CODES = (0, 1, 2, 3, 4, 5, CLOSED, NO_LOAN)


@dataclass(frozen=True)
class RollRates:
    """Pairs of consecutive months counted by the status of both.

    Shapes: `pairs` (from, to), in the order of STATUSES.
    """

    pairs: NDArray[np.int64]

    def rate(self, before: str, after: str) -> float:
        """The share of the months in one status that another followed; 0 where nobody was in the first."""
        row = self.pairs[STATUSES.index(before)]
        return float(row[STATUSES.index(after)] / max(row.sum(), 1))


def roll_rates(statuses: Statuses) -> RollRates:
    """Count every pair of consecutive months in both of which the account was seen, closed ones and all.

    Shapes: `statuses` (accounts, months), the oldest month first.
    """
    before, after = statuses[:, :-1].ravel(), statuses[:, 1:].ravel()
    both = (before != UNSEEN) & (after != UNSEEN)
    place = np.zeros(6 - NO_LOAN, dtype=np.int64)
    place[np.array(_CODES) - NO_LOAN] = np.arange(len(_CODES))
    pairs = np.zeros((len(_CODES), len(_CODES)), dtype=np.int64)
    np.add.at(pairs, (place[before[both] - NO_LOAN], place[after[both] - NO_LOAN]), 1)
    return RollRates(pairs)
