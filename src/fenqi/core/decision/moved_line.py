"""A credit line that moved since it was granted goes before what an application would be granted anew."""

from dataclasses import replace

from fenqi.core.decision.facts import Facts
from fenqi.core.decision.graph_policy import Judged
from fenqi.core.decision.limit import limit_of
from fenqi.core.decision.outcome import Outcome
from fenqi.core.decision.reason import REASONS, Reason
from fenqi.core.decision.rules import financed_minor

LINE = "line_minor"
"""The fact that a line moved, and to what; nobody states it while the line is as it was granted."""
_AMOUNT = REASONS["limit_below_order"]


def with_moved_line(judged: Judged, facts: Facts) -> Judged:
    """The line in the place of what the score carries; law and income still bound it, and the order has to fit in."""
    line_minor, limit = facts.number(LINE), judged.limit
    if line_minor is None or limit is None:
        return judged
    exposure_minor = facts.number("exposure_minor") or 0
    moved = limit_of(
        by_score_minor=line_minor,
        by_law_minor=limit.by_law_minor,
        affordable_minor=limit.by_affordability_minor - exposure_minor,
        exposure_minor=exposure_minor,
        step_minor=1,
    )
    others = tuple(reason for reason in judged.declined if reason != _AMOUNT)
    if financed_minor(facts) > moved.available_minor:
        return replace(judged, limit=moved, declined=(*others, _AMOUNT))
    return replace(judged, limit=moved, declined=others, outcome=_without_amount(judged, others))


def _without_amount(judged: Judged, others: tuple[Reason, ...]) -> Outcome:
    """What the graph would have concluded of the same order under a line that suffices."""
    if others or judged.is_score_low or _AMOUNT not in judged.declined:
        return judged.outcome
    return Outcome.REFER if judged.referred else Outcome.APPROVE
