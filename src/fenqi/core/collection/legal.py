"""The way of a case through court: which step follows which, and who may take the first."""

from enum import StrEnum
from typing import ClassVar

from fenqi.core.refusal import Kind, Refusal


class LegalStep(StrEnum):
    """How far a case has come in court."""

    PROPOSED = "proposed"
    """Somebody wants to go to court."""
    APPROVED = "approved"
    """Somebody else agreed."""
    FILED = "filed"
    JUDGED = "judged"
    ENFORCING = "enforcing"
    ENDED = "ended"
    """Withdrawn, settled or enforced."""


FOLLOWS = {
    None: frozenset({LegalStep.PROPOSED}),
    LegalStep.PROPOSED: frozenset({LegalStep.APPROVED, LegalStep.ENDED}),
    LegalStep.APPROVED: frozenset({LegalStep.FILED, LegalStep.ENDED}),
    LegalStep.FILED: frozenset({LegalStep.JUDGED, LegalStep.ENDED}),
    LegalStep.JUDGED: frozenset({LegalStep.ENFORCING, LegalStep.ENDED}),
    LegalStep.ENFORCING: frozenset({LegalStep.ENDED}),
    LegalStep.ENDED: frozenset({LegalStep.PROPOSED}),
}
"""After a step, which may come next."""


class LegalStepOutOfOrder(Refusal):
    """The step does not follow the one before."""

    code: ClassVar[str] = "legal_step_out_of_order"
    kind: ClassVar[Kind] = Kind.CONFLICT


class WriteOffTooEarly(Refusal):
    """The rule lets nobody write the loan off yet."""

    code: ClassVar[str] = "write_off_too_early"
    kind: ClassVar[Kind] = Kind.RULE


def require_follows(step: LegalStep, *, after: str | None) -> None:
    """Refuse a step that does not follow.

    Raises: LegalStepOutOfOrder.
    """
    following = FOLLOWS[LegalStep(after) if after else None]
    if step not in following:
        raise LegalStepOutOfOrder(f"{step} after {after or 'nothing'}", allowed=", ".join(sorted(following)))


def require_write_off(*, days_past_due: int, contact_count: int, days: int, contacts: int, source: str) -> None:
    """Refuse to give up what is not late enough, or was hardly asked for.

    Raises: WriteOffTooEarly.
    """
    if days_past_due < days or contact_count < contacts:
        raise WriteOffTooEarly(
            f"{days_past_due} days past due, {contact_count} contacts",
            allowed=f"from {days} days past due on, after {contacts} contacts",
            source=source,
        )
