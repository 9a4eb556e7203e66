"""Which action is best next in a case, and why."""

from dataclasses import dataclass

from fenqi.core.collection.strategy import CollectionStrategy, Rule, When

NEVER = 10_000
"""Days since a contact where there was none."""


@dataclass(frozen=True, kw_only=True)
class Standing:
    """What is known of a case when somebody asks what to do."""

    stage: str
    risk: str
    days_past_due: int
    overdue_minor: int
    promise: str = "none"
    """The last one: none, open, kept, broken, lapsed."""
    is_stopped: bool = False
    is_with_agency: bool = False
    is_legal: bool = False
    contact_count: int = 0
    contacted_days: int = NEVER
    """Days since the last contact that somebody may have noticed."""
    unanswered_count: int = 0
    """Calls in a row that nobody answered."""


def next_action(standing: Standing, strategy: CollectionStrategy) -> Rule:
    """The first rule that holds: its action, its script and its reason."""
    return next(rule for rule in strategy.rules if _holds(rule.when, standing))


def _holds(when: When, standing: Standing) -> bool:
    return _is_among(when, standing) and _is_as_said(when, standing) and _is_within(when, standing)


def _is_among(when: When, standing: Standing) -> bool:
    wanted = ((when.stages, standing.stage), (when.risks, standing.risk), (when.promises, standing.promise))
    return all(names is None or name in names for names, name in wanted)


def _is_as_said(when: When, standing: Standing) -> bool:
    wanted = (
        (when.stopped, standing.is_stopped),
        (when.agency, standing.is_with_agency),
        (when.legal, standing.is_legal),
    )
    return all(said is None or said == held for said, held in wanted)


def _is_within(when: When, standing: Standing) -> bool:
    least = (
        (when.days_min, standing.days_past_due),
        (when.contacts_min, standing.contact_count),
        (when.contacted_days_min, standing.contacted_days),
        (when.unanswered_min, standing.unanswered_count),
    )
    if any(wanted is not None and held < wanted for wanted, held in least):
        return False
    return when.overdue_minor_max is None or standing.overdue_minor <= when.overdue_minor_max
