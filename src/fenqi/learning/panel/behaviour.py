"""What accounts did up to a snapshot, and whether they were 30 days late in the months after it.

Every feature is worked out from the snapshot's month and those before it, as a lender would know them at its end.
"""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from fenqi.learning.panel.card import CLOSED, FIRST_MONTH, LATE_30, NO_LOAN, UNSEEN, CardPanel, Statuses

SNAPSHOT_MONTH = -12
OUTCOME_MONTHS = 6
RECENT_MONTHS = 18
WINDOWS = (3, 6, 12, 24, SNAPSHOT_MONTH + 1 - FIRST_MONTH)
"""How many months up to the snapshot are counted over; the last window is all that there are."""

Floats = NDArray[np.float64]
Columns = Mapping[str, Floats]


@dataclass(frozen=True)
class Snapshot:
    """The accounts that are watched: their places in the panel, who holds them, and which were to be late.

    Shapes: one entry an account in each; `own`, `others` and `applied` are columns of features.
    """

    places: NDArray[np.int64]
    borrowers: NDArray[np.int64]
    outcomes: NDArray[np.bool_]
    months_seen: NDArray[np.int64]
    own: Columns
    others: Columns
    applied: Columns


def snapshot_of(panel: CardPanel, *, month: int = SNAPSHOT_MONTH) -> Snapshot:
    """Watch every account that was seen and not closed in the month, for the six months after it."""
    now = panel.month(month)
    active = np.flatnonzero((now != UNSEEN) & (now != CLOSED))
    before = panel.months(FIRST_MONTH, month + 1)
    late = np.any(panel.months(month + 1, month + 1 + OUTCOME_MONTHS) >= LATE_30, axis=1)
    own = {name: column[active] for name, column in own_behaviour(before).items()}
    others = {name: column[active] for name, column in others_behaviour(before, panel.borrowers).items()}
    applied = {name: panel.applications.values[active, place] for place, name in enumerate(panel.applications.names)}
    return Snapshot(
        active,
        panel.borrowers[active],
        np.asarray(late)[active],
        (before != UNSEEN).sum(axis=1)[active],
        own,
        others,
        applied,
    )


def own_behaviour(before: Statuses) -> Columns:
    """What each account itself did: its last months, counts over windows, and how long ago something last was.

    Shapes: `before` (accounts, months up to the snapshot), the oldest first; one entry an account in each column.
    """
    columns = {f"status_{ago}": _known(before[:, -1 - ago]) for ago in range(RECENT_MONTHS)}
    months = (before != UNSEEN).sum(axis=1)
    columns["months_seen"] = months.astype(float)
    for window in WINDOWS:
        columns |= _counted(before[:, -window:], months_seen=np.minimum(months, window), window=window)
    for name, met in (("late", before >= LATE_30), ("due", before == 0), ("late_60", before >= LATE_30 + 1)):
        columns[f"months_since_{name}"] = _months_since(met)
    same = before == before[:, -1:]
    columns["months_unchanged"] = np.nan_to_num(_months_since(~same), nan=float(before.shape[1]))
    fell = (before[:, 1:] >= LATE_30) & (before[:, :-1] < LATE_30)
    columns["times_fell_late"] = fell.sum(axis=1).astype(float)
    return columns


def others_behaviour(before: Statuses, borrowers: NDArray[np.int64]) -> Columns:
    """What the other accounts of the same borrower did, closed ones and all: whoever is late on one is soon on another.

    Shapes: as for `own_behaviour`; one borrower an account.
    """
    now = before[:, -1]
    quarter, year = before[:, -3:], before[:, -12:]
    own = {
        "accounts": (before != UNSEEN).any(axis=1),
        "open": (now != UNSEEN) & (now != CLOSED),
        "months_seen": (before != UNSEEN).sum(axis=1),
        "late_now": np.maximum(now, 0),
        "late_3": (quarter >= LATE_30).sum(axis=1),
        "due_3": (quarter == 0).sum(axis=1),
        "late_12": (year >= LATE_30).sum(axis=1),
        "late_ever": (before >= LATE_30).sum(axis=1),
    }
    columns = {f"others_{name}": _of_others(column.astype(float), borrowers) for name, column in own.items()}
    columns["others_late_share"] = _share(columns["others_late_ever"], columns["others_months_seen"])
    columns["others_due_share"] = _share(columns["others_due_3"], columns["others_open"])
    return columns


def _counted(part: Statuses, *, months_seen: NDArray[np.int64], window: int) -> dict[str, Floats]:
    late, due, idle = ((part >= LATE_30), (part == 0), (part == NO_LOAN))
    found: dict[str, Floats] = {f"worst_{window}": part.max(axis=1).astype(float)}
    for name, met in (("late", late), ("due", due), ("idle", idle)):
        count = met.sum(axis=1).astype(float)
        found |= {f"{name}_{window}": count, f"{name}_share_{window}": _share(count, months_seen.astype(float))}
    return found


def _known(column: Statuses) -> Floats:
    return np.where(column == UNSEEN, np.nan, column.astype(float))


def _months_since(met: NDArray[np.bool_]) -> Floats:
    """How many months ago it last was so; NaN if never."""
    backwards = met[:, ::-1]
    return np.where(backwards.any(axis=1), backwards.argmax(axis=1), np.nan)


def _of_others(column: Floats, borrowers: NDArray[np.int64]) -> Floats:
    _, places = np.unique(borrowers, return_inverse=True)
    return np.bincount(places, weights=column)[places] - column


def _share(part: Floats, whole: Floats) -> Floats:
    return np.where(whole > 0, part / np.maximum(whole, 1), np.nan)
