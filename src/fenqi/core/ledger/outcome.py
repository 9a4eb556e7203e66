"""What became of a transaction or a hold, and the refusals for those who cannot go on without it."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType
from typing import ClassVar
from uuid import UUID

from fenqi.core.refusal import Kind, Refusal


class Outcome(StrEnum):
    """The answer of the books; its order is the number that the database answers with."""

    POSTED = "posted"
    """Written now."""
    REPLAYED = "replayed"
    """Written before, the same to the last bit."""
    CONFLICT = "conflict"
    """The id was used before for something else."""
    LIMIT = "limit"
    """An account would fall below its floor."""
    PERIOD_CLOSED = "period_closed"
    """The effective day lies in a closed period."""
    HOLD_UNKNOWN = "hold_unknown"
    """There is no such hold."""
    HOLD_ENDED = "hold_ended"
    """The hold was captured, voided, or its time is over."""
    HOLD_EXCEEDED = "hold_exceeded"
    """More would be drawn than is held."""
    HOLD_DIFFERS = "hold_differs"
    """The hold was made between other accounts."""
    ACCOUNT_DIFFERS = "account_differs"
    """An account does not exist in these books."""


OUTCOMES = tuple(Outcome)
ACCEPTED = frozenset({Outcome.POSTED, Outcome.REPLAYED})


@dataclass(frozen=True)
class Result:
    """One transaction or hold and what became of it."""

    identity: UUID
    outcome: Outcome

    @property
    def is_accepted(self) -> bool:
        """Whether it stands in the books, now or from before."""
        return self.outcome in ACCEPTED


class TransactionConflict(Refusal):
    """An id was used again for something else."""

    code: ClassVar[str] = "ledger_conflict"
    kind: ClassVar[Kind] = Kind.CONFLICT


class LimitExceeded(Refusal):
    """More was asked for than is available."""

    code: ClassVar[str] = "credit_limit_exceeded"
    kind: ClassVar[Kind] = Kind.RULE


class PeriodClosed(Refusal):
    """The day lies in a closed period."""

    code: ClassVar[str] = "ledger_period_closed"
    kind: ClassVar[Kind] = Kind.CONFLICT


class HoldUnknown(Refusal):
    """There is no such hold."""

    code: ClassVar[str] = "hold_unknown"
    kind: ClassVar[Kind] = Kind.UNKNOWN


class HoldEnded(Refusal):
    """The hold was captured, voided or has expired."""

    code: ClassVar[str] = "hold_ended"
    kind: ClassVar[Kind] = Kind.CONFLICT


class HoldExceeded(Refusal):
    """More was to be drawn than is held."""

    code: ClassVar[str] = "hold_exceeded"
    kind: ClassVar[Kind] = Kind.RULE


class HoldDiffers(Refusal):
    """The hold was made between other accounts."""

    code: ClassVar[str] = "hold_differs"
    kind: ClassVar[Kind] = Kind.CONFLICT


class AccountDiffers(Refusal):
    """An account does not exist in these books."""

    code: ClassVar[str] = "ledger_account_differs"
    kind: ClassVar[Kind] = Kind.CONFLICT


_REFUSALS: MappingProxyType[Outcome, tuple[type[Refusal], str]] = MappingProxyType(
    {
        Outcome.CONFLICT: (TransactionConflict, "the same content under the same id"),
        Outcome.LIMIT: (LimitExceeded, "at most what is available"),
        Outcome.PERIOD_CLOSED: (PeriodClosed, "the first open day, with value_on the day of the event"),
        Outcome.HOLD_UNKNOWN: (HoldUnknown, "a hold of this customer"),
        Outcome.HOLD_ENDED: (HoldEnded, "one capture of an open hold"),
        Outcome.HOLD_EXCEEDED: (HoldExceeded, "at most what was authorised"),
        Outcome.HOLD_DIFFERS: (HoldDiffers, "the accounts of the hold"),
        Outcome.ACCOUNT_DIFFERS: (AccountDiffers, "an account in the books of the leg"),
    }
)


def demand(*results: Result) -> None:
    """Go on only if everything stands in the books.

    Raises: the refusal of the first outcome that is neither posted nor replayed.
    """
    for result in refused(results):
        raise refusal_of(result.outcome, str(result.identity))


def refusal_of(outcome: Outcome, identity: str) -> Refusal:
    """The refusal of a transaction or a hold that does not stand in the books.

    Raises: KeyError for one that does.
    """
    refusal, allowed = _REFUSALS[outcome]
    return refusal(f"{outcome}: {identity}", allowed=allowed)


def refused(results: Iterable[Result]) -> tuple[Result, ...]:
    """Those that do not stand in the books."""
    return tuple(result for result in results if not result.is_accepted)
