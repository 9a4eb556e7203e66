"""What a payment would do: the fold with the payment in it, beside the fold without."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from fenqi.core.loan.agreement import Agreement
from fenqi.core.loan.component import Component, Parts, add_parts
from fenqi.core.loan.event import Event, Repaid
from fenqi.core.loan.replay import replay
from fenqi.core.loan.state import InstalmentState, LoanState

_TRIAL = "trial"
_COSTS = (Component.INTEREST, Component.FEE, Component.PENALTY)


@dataclass(frozen=True, slots=True, kw_only=True)
class Trial:
    """A payment that nobody has made: what it would discharge, and the loan on that day without it and with it."""

    on: date
    amount_minor: int
    pays_off: bool
    parts: Parts
    overpaid_minor: int
    """What would find nothing to discharge."""
    before: LoanState
    after: LoanState

    @property
    def saved_minor(self) -> int:
        """What the loan would cost less if everything else is paid when it falls due."""
        return cost_minor(self.before) - cost_minor(self.after)


@dataclass(frozen=True, slots=True)
class RowChange:
    """An instalment before and after; None where there is none."""

    before: InstalmentState | None
    after: InstalmentState | None


def try_payment(agreement: Agreement, events: Iterable[Event], *, on: date, amount_minor: int | None = None) -> Trial:
    """Play a payment of a day after everything that is known by then; without an amount, the one that closes the loan.

    Units: minor.
    """
    known = tuple(events)
    before = replay(agreement, known, as_of=on)
    pays_off = amount_minor is None
    minor = before.payoff_minor if amount_minor is None else amount_minor
    seq = 1 + max((event.seq for event in known), default=0)
    paid = Repaid(event_id=_TRIAL, on=on, seq=seq, amount_minor=minor, pays_off=pays_off)
    after = replay(agreement, (*known, paid), as_of=on) if minor else before
    effects = [effect for effect in after.timeline if effect.event_id == _TRIAL]
    return Trial(
        on=on,
        amount_minor=minor,
        pays_off=pays_off,
        parts=add_parts(effect.parts for effect in effects),
        overpaid_minor=sum(effect.overpaid_minor for effect in effects),
        before=before,
        after=after,
    )


def cost_minor(state: LoanState) -> int:
    """Interest, fees and penalties of a whole plan, paid and to be paid."""
    return sum(row.due[component] for row in state.rows for component in _COSTS)


def due_so_far(state: LoanState) -> Parts:
    """What has fallen due up to the day, paid or not."""
    return add_parts(row.due for row in state.rows if row.due_on <= state.as_of)


def accrued(payoff: Parts, state: LoanState) -> Parts:
    """Interest and fee that the time used has cost and that are not due yet, from the parts of a payoff of that day."""
    owed = add_parts(row.outstanding for row in state.rows if row.due_on <= state.as_of)
    return Parts(0, max(payoff.interest - owed.interest, 0), max(payoff.fee - owed.fee, 0), 0)


def changed_rows(before: Sequence[InstalmentState], after: Sequence[InstalmentState]) -> tuple[RowChange, ...]:
    """The instalments that two states of a loan do not have in common, by number."""
    count = max(len(before), len(after))
    pairs = ((_at(before, place), _at(after, place)) for place in range(count))
    return tuple(RowChange(old, new) for old, new in pairs if _told(old) != _told(new))


def _at(rows: Sequence[InstalmentState], place: int) -> InstalmentState | None:
    return rows[place] if place < len(rows) else None


def _told(row: InstalmentState | None) -> tuple[object, ...]:
    return () if row is None else (row.due_on, row.due, row.paid, row.paid_on)
