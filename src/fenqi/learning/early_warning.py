"""How well it can be told who will be late, measured on published data: the protocol, the aims, the figures."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime

import numpy as np
from numpy.typing import NDArray

from fenqi.learning.boost.grow import Limits
from fenqi.learning.boost.train import Plan
from fenqi.learning.folds import booster_of, deal_by_group, out_of_fold
from fenqi.learning.panel.behaviour import Snapshot
from fenqi.learning.ranking import auc, auc_difference, auc_interval
from fenqi.learning.sample import deal
from fenqi.learning.superlender import LoanSample
from fenqi.learning.validate import Interval, mean_interval

SEED, FOLDS = 20250101, 5
PLAN = Plan(trees=300, rate=0.03, feature_share=0.4, seed=SEED, limits=Limits(leaves=12, rows_min=40, ridge=5.0))
MONTHS_KNOWN = 4
"""An account that is known for fewer months has hardly shown anything yet."""
FIRST_OF_JULY, SPLIT_AT = datetime(2017, 7, 1, tzinfo=UTC), datetime(2017, 7, 21, tzinfo=UTC)

Floats = NDArray[np.float64]
Bools = NDArray[np.bool_]
Columns = Mapping[str, Floats]
Report = Callable[[str], None]


@dataclass(frozen=True)
class Question:
    """Rows to be ranked by what is seen of them; `folds` says which rows a score may not have been trained on.

    A fold of −1 is always trained on and never ranked. Shapes: one entry a row in each column, `outcomes`, `folds`.
    """

    data: str
    rows: str
    sees: str
    split: str
    columns: Columns
    outcomes: Bools
    folds: tuple[int, ...]
    aim: float | None = None

    @property
    def ranked(self) -> Bools:
        """Which rows are ranked."""
        return np.array(self.folds) >= 0


@dataclass(frozen=True)
class Answer:
    """What a question came to: the AUC with its interval, and each row's margin (NaN where it is not ranked)."""

    question: Question
    auc: Interval
    margins: Floats

    @property
    def holds(self) -> bool:
        """Whether the aim, if there is one, is reached."""
        return self.question.aim is None or self.auc.value >= self.question.aim


def panel_questions(snapshot: Snapshot, accounts: NDArray[np.int64]) -> Iterator[Question]:
    """The card panel's questions: all active accounts, then those known for some months, then borrowers kept apart.

    Shapes: one account's number a row of the snapshot.
    """
    everything = np.ones(len(snapshot.outcomes), dtype=np.bool_)
    known = snapshot.months_seen >= MONTHS_KNOWN
    own, applied = snapshot.own, snapshot.applied
    behaviour = {**own, **snapshot.others}
    for rows, keep, sees, columns, aim in (
        ("active", everything, "application", applied, None),
        ("active", everything, "own months", own, None),
        ("active", everything, "behaviour", behaviour, 0.825),
        ("active", everything, "behaviour and application", {**behaviour, **applied}, 0.84),
        (f"known for {MONTHS_KNOWN} months", known, "own months", own, 0.825),
        (f"known for {MONTHS_KNOWN} months", known, "own months and application", {**own, **applied}, 0.84),
    ):
        folds = deal(accounts[keep].tolist(), snapshot.outcomes[keep].tolist(), folds=FOLDS, seed=SEED)
        part = {name: column[keep] for name, column in columns.items()}
        yield Question("card_panel", rows, sees, "five folds", part, snapshot.outcomes[keep], folds, aim)
    apart = deal_by_group(snapshot.borrowers, folds=FOLDS, seed=SEED)
    for sees, columns in (("behaviour", behaviour), ("behaviour and application", {**behaviour, **applied})):
        yield Question("card_panel", "active", sees, "five folds, borrowers apart", columns, snapshot.outcomes, apart)


def loan_questions(sample: LoanSample) -> Iterator[Question]:
    """Superlender's questions, by time: July's last days from its first, and all of July from what was closed before.

    The second asks no outcome that was not known on 30 June; a loan without any before it tells nothing there.
    """
    current = [loan.went_bad is not None for loan in sample.loans]
    july = sample.part(current)
    halves = tuple(0 if loan.approved_at >= SPLIT_AT else -1 for loan in july.loans)
    yield Question(
        "superlender", "21 to 30 July", "earlier loans", "trained on 1 to 20 July", july.columns, july.outcomes, halves
    )
    keep = [
        loan.went_bad is not None or (loan.closed_at is not None and loan.closed_at < FIRST_OF_JULY)
        for loan in sample.loans
    ]
    known = [kept and closed > 0 for kept, closed in zip(keep, sample.columns["loans_closed"], strict=True)]
    rest = sample.part(known)
    turns = tuple(-1 if loan.went_bad is None else 0 for loan in rest.loans)
    yield Question(
        "superlender", "all of July", "earlier loans", "trained before July", rest.columns, rest.outcomes, turns
    )


def answer(question: Question, report: Report) -> Answer:
    """Rank a question's rows with boosters of our own, scored by our compiled trees."""
    report(f"{question.data}: {question.rows}, {question.sees}, {question.split}")
    if question.ranked.all():
        margins = out_of_fold(question.columns, question.outcomes, question.folds, PLAN)
    else:
        margins = _trained_apart(question)
    return answered(question, margins)


def answered(question: Question, margins: Floats) -> Answer:
    """Measure margins: the mean AUC of the folds with Student's interval, or of one fold with DeLong's."""
    folds = np.array(question.folds)
    if folds.max() == 0:
        ranked = question.ranked
        return Answer(question, auc_interval(margins[ranked], question.outcomes[ranked]), margins)
    return Answer(question, mean_interval(_aucs_of_folds(question, margins)), margins)


def compared(question: Question, margins: Floats, against: Floats) -> Interval:
    """By how much margins rank better than others of the same rows: paired by fold, or by DeLong within one."""
    ranked = question.ranked
    if max(question.folds) == 0:
        return auc_difference(margins[ranked], against[ranked], question.outcomes[ranked])
    pairs = zip(_aucs_of_folds(question, margins), _aucs_of_folds(question, against), strict=True)
    return mean_interval([ours - theirs for ours, theirs in pairs])


def _aucs_of_folds(question: Question, margins: Floats) -> tuple[float, ...]:
    folds = np.array(question.folds)
    marks = [folds == turn for turn in range(int(folds.max()) + 1)]
    return tuple(auc(margins[mark], question.outcomes[mark]) for mark in marks)


def _trained_apart(question: Question) -> Floats:
    ranked = question.ranked
    trained = {name: column[~ranked] for name, column in question.columns.items()}
    booster = booster_of(trained, question.outcomes[~ranked], PLAN, name=question.data)
    margins = np.full(len(ranked), np.nan)
    margins[ranked] = booster.margins({name: column[ranked] for name, column in question.columns.items()})
    return margins
