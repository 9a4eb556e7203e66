"""What closes a loan on a day, paid early or by withdrawing."""

from collections.abc import Iterable
from datetime import date

from fenqi.core.loan.agreement import Agreement
from fenqi.core.loan.event import Event, Withdrawn
from fenqi.core.loan.replay import replay


def quote_payoff(agreement: Agreement, events: Iterable[Event], *, on: date) -> int:
    """The amount that closes a loan if it is paid on a day, given what has happened so far.

    Principal, the interest or fee for the time used, and all charges. Paid as a payoff on that day it leaves nothing.

    Units: minor units.
    Source: 民法典 art. 677 for the time used.
    """
    return replay(agreement, events, as_of=on).payoff_minor


def quote_withdrawal(agreement: Agreement, events: Iterable[Event], *, on: date) -> int:
    """The amount that closes a loan if the borrower withdraws on a day, given what has happened so far.

    Units: minor units.
    """
    known = tuple(events)
    seq = 1 + max((event.seq for event in known), default=0)
    begun = Withdrawn(event_id="", on=on, seq=seq, amount_minor=0)
    return replay(agreement, (*known, begun), as_of=on).payoff_minor
