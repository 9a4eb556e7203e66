"""`fenqi model bench early_warning`: who will be late, told on published data, beside LightGBM."""

import os
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import numpy as np

from fenqi.cli.benchmark import rival_python
from fenqi.cli.console import note, say, write_json
from fenqi.cli.exit_code import ExitCode
from fenqi.cli.model_rival import ENVIRONMENT, as_lightgbm, lightgbm_margins
from fenqi.learning.dataset import folders_of
from fenqi.learning.early_warning import (
    PLAN,
    SEED,
    Answer,
    Question,
    answer,
    answered,
    compared,
    loan_questions,
    panel_questions,
)
from fenqi.learning.panel.behaviour import snapshot_of
from fenqi.learning.panel.card import read_panel
from fenqi.learning.published import locate_published
from fenqi.learning.superlender import read_loans, sample_loans
from fenqi.learning.validate import Interval
from fenqi.settings import load_settings

DIGITS = 4


@dataclass(frozen=True)
class Beside:
    """Our answer and LightGBM's, with by how much ours ranks better; both None if LightGBM is not here."""

    ours: Answer
    theirs: Answer | None
    better_by: Interval | None


def bench_early_warning(*, json: bool) -> ExitCode:
    """Answer every question of both data sets.

    Raises: DatasetAbsent, DatasetAltered.
    """
    questions = list(_questions())
    python = rival_python(ENVIRONMENT)
    found = [_beside(question, python) for question in questions]
    if json:
        write_json({"seed": SEED, "booster": asdict(PLAN), "measured": [_as_dict(one) for one in found]})
    else:
        _show(found)
    return ExitCode.DONE if all(one.ours.holds for one in found) else ExitCode.CHECK_FAILED


def _questions() -> Iterator[Question]:
    folders = folders_of(load_settings(os.environ))
    panel = read_panel(*locate_published("card_panel", folders=folders))
    snapshot = snapshot_of(panel)
    yield from panel_questions(snapshot, panel.accounts[snapshot.places])
    yield from loan_questions(sample_loans(read_loans(*locate_published("superlender", folders=folders))))


def _beside(question: Question, python: Path | None) -> Beside:
    ours = answer(question, note)
    if python is None:
        return Beside(ours, None, None)
    folds = np.array(question.folds)
    margins = lightgbm_margins(python, question.columns, question.outcomes, folds, settings=as_lightgbm(PLAN))
    return Beside(ours, answered(question, margins), compared(question, ours.margins, margins))


def _as_dict(found: Beside) -> dict[str, Any]:
    question = found.ours.question
    ranked = question.ranked
    return {
        "data": question.data,
        "rows": question.rows,
        "sees": question.sees,
        "split": question.split,
        "features": len(question.columns),
        "ranked": int(ranked.sum()),
        "bad": int(question.outcomes[ranked].sum()),
        "auc": _interval(found.ours.auc),
        "aim": question.aim,
        "holds": found.ours.holds,
        "lightgbm": _interval(found.theirs.auc) if found.theirs else None,
        "better_by": _interval(found.better_by) if found.better_by else None,
    }


def _interval(interval: Interval) -> dict[str, float]:
    return {name: round(value, DIGITS) for name, value in asdict(interval).items()}


def _show(found: list[Beside]) -> None:
    say("AUC with its 95 % interval; LightGBM has the same trees, rate, leaves and ridge, and the same folds")
    for one in found:
        question = one.ours.question
        say(f"\n{question.data}, {question.rows}, by {question.sees}, {question.split} ({_bad_of(question)} bad)")
        say(f"  fenqi      {_text(one.ours.auc)}{_aim(one.ours)}")
        say(f"  LightGBM   {_text(one.theirs.auc) if one.theirs else 'not measured'}")
        if one.better_by:
            say(f"  better by  {_text(one.better_by)}")


def _bad_of(question: Question) -> str:
    ranked = question.ranked
    return f"{int(question.outcomes[ranked].sum()):,} of {int(ranked.sum()):,}"


def _aim(found: Answer) -> str:
    aim = found.question.aim
    return "" if aim is None else f", at least {aim}: {'reached' if found.holds else 'MISSED'}"


def _text(interval: Interval) -> str:
    return f"{interval.value:.3f} ({interval.low:.3f} to {interval.high:.3f})"
