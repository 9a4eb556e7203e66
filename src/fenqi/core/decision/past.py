"""Stored decisions under another strategy: who would change, and what the book would have been.

A graph is run over columns of the facts as they were seen, and so is the graph of the day. Where both say the same, the
decision stands; the others are decided whole, on the facts, law, score, catalogue and screening of their day.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from functools import lru_cache
from typing import Any
from uuid import UUID

import msgspec
import numpy as np

from fenqi.core.decision.facts import Facts
from fenqi.core.decision.graph_policy import GraphStrategy, graph_input, graph_strategy
from fenqi.core.decision.law import DecisionLaw
from fenqi.core.decision.outcome import Outcome
from fenqi.core.decision.record import decided_again, facts_of_record, screening_of
from fenqi.core.decision.scorecard import Scorecard
from fenqi.core.product.catalogue import Catalogue
from fenqi.core.strategy.backtest import OUTCOMES, Moved, Past, Segmentation, SegmentFigure, figures_of
from fenqi.core.strategy.columnar import NULL, ColumnarStrategy, compile_columnar
from fenqi.core.strategy.graph import read_graph
from fenqi.core.strategy.plan import plan_of
from fenqi.core.strategy.scalar import Result, Unsettled

POINTS_STEP = 40
ORDER_STEPS_MINOR = (0, 100_000, 300_000, 600_000, 1_000_000)
"""From which amounts on orders are counted apart."""


@dataclass(frozen=True)
class Then:
    """A decision as it was stored, which product was drawn on it, and whether the loan went bad; None if unknown."""

    decision_id: UUID
    content: bytes
    product_id: str | None
    is_bad: bool | None


@dataclass(frozen=True)
class Kept:
    """What decisions were made with, by version."""

    texts: Mapping[str, bytes]
    scorecards: Mapping[str, Scorecard]
    catalogues: Mapping[str, Catalogue]


@dataclass(frozen=True, kw_only=True)
class Change:
    """A decision that would be another."""

    decision_id: str
    decided_at: str
    before: str
    after: str
    reasons: tuple[str, ...]
    order_minor: int | None
    limit_minor: int | None


@dataclass(frozen=True)
class Tested:
    """A part of the past under a strategy."""

    segments: tuple[SegmentFigure, ...]
    moved: tuple[Moved, ...]
    changes: tuple[Change, ...]


@dataclass(frozen=True, kw_only=True)
class _Ended:
    """How one decision ends; offers as their records."""

    outcome: str
    reasons: tuple[str, ...]
    limit_minor: int | None
    offers: Sequence[Mapping[str, Any]]
    is_settled: bool = True


@dataclass(frozen=True)
class _Row:
    then: Then
    stored: dict[str, Any]
    facts: Facts
    input: dict[str, Any]


def decided_anew(text: bytes, decisions: Iterable[Then], *, kept: Kept, loss_percent: int) -> Tested:
    """A part of the past under the strategy of a text.

    `loss_percent` is what a loan that goes bad is taken to lose of its principal.

    Raises: every refusal of a graph that does not hold together.
    """
    rows = tuple(_row(then) for then in decisions)
    strategy, columnar = _compiled(text)
    ended = tuple(
        _ended(row, says, was, strategy=strategy, kept=kept)
        for row, says, was in zip(rows, _answers(columnar, rows), _answers_then(rows, kept), strict=True)
    )
    return Tested(_figures(rows, ended, loss_percent=loss_percent), _moves(rows, ended), tuple(_changes(rows, ended)))


@lru_cache(maxsize=8)
def _compiled(text: bytes) -> tuple[GraphStrategy, ColumnarStrategy]:
    plan = plan_of(read_graph(text))
    return graph_strategy(plan, name="tested"), compile_columnar(plan)


def _row(then: Then) -> _Row:
    stored: dict[str, Any] = msgspec.json.decode(then.content)
    facts, law = facts_of_record(stored), msgspec.convert(stored["law"], DecisionLaw)
    points = stored["score"]["points"] if stored["score"] else None
    return _Row(then, stored, facts, graph_input(facts, law=law, points=points))


def _answers(strategy: ColumnarStrategy, rows: Sequence[_Row]) -> list[Result | Unsettled]:
    if not rows:
        return []
    out = strategy.run(strategy.columns(row.input for row in rows))
    return [strategy.decoded(out, place) for place in range(len(rows))]


def _answers_then(rows: Sequence[_Row], kept: Kept) -> list[Result | Unsettled | None]:
    """What the graph of the day says of each; None where a list of rules decided, or nothing did."""
    answers: list[Result | Unsettled | None] = [None] * len(rows)
    places: dict[str, list[int]] = {}
    for place, row in enumerate(rows):
        made_by = row.stored["strategy"]
        if made_by["version"] in kept.texts and not made_by.get("halted", False):
            places.setdefault(made_by["version"], []).append(place)
    for version, held in places.items():
        found = _answers(_compiled(kept.texts[version])[1], [rows[place] for place in held])
        for place, answer in zip(held, found, strict=True):
            answers[place] = answer
    return answers


def _ended(
    row: _Row, says: Result | Unsettled, was: Result | Unsettled | None, *, strategy: GraphStrategy, kept: Kept
) -> _Ended:
    stored = row.stored
    if not isinstance(says, Unsettled) and says == was:
        limit = stored["limit"]
        return _Ended(
            outcome=stored["outcome"],
            reasons=tuple(reason["code"] for reason in stored["reasons"]),
            limit_minor=limit["granted_minor"] if limit else None,
            offers=stored["offers"],
        )
    decision = decided_again(
        stored | {"strategy": {"version": strategy.version}},
        strategy=strategy,
        scorecard=kept.scorecards[stored["scorecard_version"]],
        catalogue=kept.catalogues[stored["catalogue_version"]],
        screening=screening_of(stored),
    )
    return _Ended(
        outcome=decision.outcome,
        reasons=tuple(reason.code for reason in decision.reasons),
        limit_minor=decision.limit.granted_minor if decision.limit else None,
        offers=[offer.record for offer in decision.offers],
        is_settled=not isinstance(says, Unsettled),
    )


def _figures(rows: Sequence[_Row], ended: Sequence[_Ended], *, loss_percent: int) -> tuple[SegmentFigure, ...]:
    past = Past(
        outcomes=_column(OUTCOMES.index(row.stored["outcome"]) for row in rows),
        is_bad=_column(NULL if row.then.is_bad is None else row.then.is_bad for row in rows),
        profit_minor=_column(
            _profit_minor(row, end.offers, loss_percent) for row, end in zip(rows, ended, strict=True)
        ),
        segmentations=tuple(_segmentation([name(row) for row in rows]) for name in (_month, _points, _order)),
    )
    return figures_of(
        past,
        outcomes=_column(OUTCOMES.index(end.outcome) for end in ended),
        limits_minor=_column(NULL if end.limit_minor is None else end.limit_minor for end in ended),
        settled=_column(end.is_settled for end in ended),
    )


def _column(values: Iterable[int]) -> Any:
    return np.fromiter(values, np.int64)


def _segmentation(names: Sequence[str]) -> Segmentation:
    known = {name: place for place, name in enumerate(sorted(set(names)))}
    return Segmentation(tuple(known), _column(known[name] for name in names))


def _month(row: _Row) -> str:
    return f"month:{row.stored['decided_at'][:7]}"


def _points(row: _Row) -> str:
    points = row.input["points"]
    return "points:none" if points is None else f"points:{points // POINTS_STEP * POINTS_STEP}"


def _order(row: _Row) -> str:
    order_minor = row.facts.number("order_minor") or 0
    return f"order:{max(step for step in ORDER_STEPS_MINOR if step <= max(order_minor, 0))}"


def _profit_minor(row: _Row, offers: Sequence[Mapping[str, Any]], loss_percent: int) -> int:
    """Interest and fees of the plan, less the expected loss: of the product drawn, or else of the longest plan."""
    if not offers:
        return 0
    of_product = [offer for offer in offers if offer["product_id"] == row.then.product_id]
    plan = max(of_product or offers, key=lambda offer: offer["tenor"])
    pd = Decimal(str(row.stored["score"]["pd"])) if row.stored["score"] else Decimal(0)
    loss = pd * plan["principal_minor"] * loss_percent / 100
    return int(plan["cost_minor"] - loss.quantize(Decimal(1), ROUND_HALF_UP))


def _moves(rows: Sequence[_Row], ended: Sequence[_Ended]) -> tuple[Moved, ...]:
    reasons: dict[tuple[str, str], Counter[str]] = {}
    counts = Counter[tuple[str, str]]()
    for row, end in zip(rows, ended, strict=True):
        pair = (row.stored["outcome"], str(end.outcome))
        if pair[0] != pair[1]:
            counts[pair] += 1
            reasons.setdefault(pair, Counter()).update(() if end.outcome == Outcome.APPROVE else end.reasons)
    return tuple(Moved(*pair, counts[pair], tuple(reasons[pair].most_common())) for pair in sorted(counts))


def _changes(rows: Sequence[_Row], ended: Sequence[_Ended]) -> Iterable[Change]:
    for row, end in zip(rows, ended, strict=True):
        if row.stored["outcome"] != end.outcome:
            yield Change(
                decision_id=str(row.then.decision_id),
                decided_at=row.stored["decided_at"],
                before=row.stored["outcome"],
                after=str(end.outcome),
                reasons=end.reasons,
                order_minor=row.facts.number("order_minor"),
                limit_minor=end.limit_minor,
            )
