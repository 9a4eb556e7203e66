"""Loans valued one by one by a replay, as a single loan is."""

from values_batch import LATE_PER_DAY, LOANS, ON, Loan, told

from fenqi.core.loan.agreement import Agreement
from fenqi.core.loan.event import Disbursed, Event, Repaid
from fenqi.core.loan.policy import Policy
from fenqi.core.loan.replay import replay
from fenqi.core.loan.valuation import value

COUNT = 40


def _known(loan: Loan) -> tuple[Agreement, list[Event]]:
    minor = sum(row.principal_minor for row in loan.rows)
    policy = Policy(late_rate_per_day=LATE_PER_DAY)
    agreement = Agreement(terms=loan.terms, currency="CNY", limit_minor=minor, signed_on=loan.drawn_on, policy=policy)
    events: list[Event] = [Disbursed(event_id="0", on=loan.drawn_on, seq=0, amount_minor=minor)]
    for row in loan.rows[: loan.paid]:
        number = row.instalment
        events.append(Repaid(event_id=str(number), on=row.due_on, seq=number, amount_minor=row.total_minor))
    return agreement, events


KNOWN = [_known(loan) for loan in LOANS[:COUNT]]


def accrual() -> list[int]:
    return [
        value(agreement, events, on=ON).interest_minor + replay(agreement, events, as_of=ON).outstanding.penalty
        for agreement, events in KNOWN
    ]


def payoff() -> list[int]:
    return [replay(agreement, events, as_of=ON).payoff_minor for agreement, events in KNOWN]


answer = told
