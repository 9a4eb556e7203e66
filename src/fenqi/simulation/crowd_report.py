"""What became of a crowd: who was approved and rightly so, who is behind, what was lent, earned and lost."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from fenqi.core.ledger.account import AccountKind
from fenqi.simulation.applicant import Applicant
from fenqi.simulation.arrears import Arrears, arrears_on, days_past_due, is_paid
from fenqi.simulation.behaviour import Origin
from fenqi.simulation.caller import Json
from fenqi.simulation.conduct import PAID_IN_ITS_MONTH, month_end
from fenqi.simulation.crowd_member import Member
from fenqi.simulation.selection import Selection, select

DEFAULT_AFTER_DAYS = 90
TWO_MONTHS = 2


@dataclass(frozen=True)
class MonthArrears:
    """How many loans stood in which bucket at a month's end, and whether the data or the simulation says so."""

    on: date
    origin: Origin
    loans: Mapping[Arrears, int]


@dataclass(frozen=True)
class Followed:
    """Whether instalments were left unpaid exactly when the conduct says so."""

    instalment_count: int
    contradiction_count: int
    jump_count: int
    """Months of the data in which a paid-up borrower is two months late at once."""
    late_start_count: int
    """Months of the data in which a paid-up borrower becomes late in any way."""


@dataclass(frozen=True)
class Money:
    """What was lent, earned and lost, as the ledger and the loans have it.

    Lost is what is owed on loans in default: more than 90 days past due at the end. Units: minor.
    """

    loan_count: int
    lent_minor: int
    repaid_minor: int
    outstanding_minor: int
    interest_minor: int
    late_charge_minor: int
    subsidy_minor: int
    merchant_fee_minor: int
    defaulted_count: int
    lost_principal_minor: int
    lost_interest_minor: int

    @property
    def earned_minor(self) -> int:
        """Everything earned."""
        return self.interest_minor + self.late_charge_minor + self.subsidy_minor + self.merchant_fee_minor

    @property
    def lost_minor(self) -> int:
        """Everything that is owed on loans in default."""
        return self.lost_principal_minor + self.lost_interest_minor


def selected(members: Iterable[Member]) -> Selection:
    """Compare what the decision did with what became of the applicants."""
    return select((member.outcome, member.applicant.is_bad) for member in members)


def reasons_given(members: Iterable[Member], *, language: str) -> dict[str, int]:
    """How many of the declined were given each reason, the most frequent first."""
    declined = (member for member in members if member.outcome == "decline")
    return dict(Counter(reason[language] for member in declined for reason in member.decision["reasons"]).most_common())


def arrears_by_month(members: Iterable[Member]) -> tuple[MonthArrears, ...]:
    """The buckets at the end of every month that was played."""
    borrowers = [member for member in members if member.bought]
    if not borrowers:
        return ()
    return tuple(
        MonthArrears(
            on=month_end(month.month),
            origin=month.origin,
            loans=arrears_on((member.loan for member in borrowers), month_end(month.month)),
        )
        for month in borrowers[0].behaviour
    )


def followed(members: Iterable[Member]) -> Followed:
    """Hold every instalment to the conduct of its month, but for those who were moved or whose plan changed."""
    borrowers = [member for member in members if member.bought and not member.helped and not member.has_reacted]
    kept = [held for member in borrowers for held in _instalments_held(member)]
    steps = [step for member in borrowers for step in _steps(member.applicant)]
    return Followed(
        instalment_count=len(kept),
        contradiction_count=kept.count(False),
        jump_count=sum(before <= 0 and now >= TWO_MONTHS for before, now in steps),
        late_start_count=sum(before <= 0 < now for before, now in steps),
    )


def _instalments_held(member: Member) -> list[bool]:
    paid_in = {(each.month.year, each.month.month): each.conduct in PAID_IN_ITS_MONTH for each in member.behaviour}
    held: list[bool] = []
    for row in member.loan["instalments"]:
        due_on = date.fromisoformat(row["due_on"])
        if (due_on.year, due_on.month) in paid_in:
            held.append(is_paid(row, on=month_end(due_on)) is paid_in[due_on.year, due_on.month])
    return held


def _steps(applicant: Applicant) -> list[tuple[int, int]]:
    return list(zip(applicant.statuses, applicant.statuses[1:], strict=False))


def money(members: Iterable[Member], balances: Mapping[str, int], *, on: date) -> Money:
    """Add up what was lent, earned and lost by a day."""
    loans = [member.loan for member in members if member.bought]
    lost = [loan for loan in loans if days_past_due(loan, on=on) > DEFAULT_AFTER_DAYS]
    lent, outstanding = sum(_principal(loan) for loan in loans), balances.get(AccountKind.LOAN_PRINCIPAL, 0)
    return Money(
        loan_count=len(loans),
        lent_minor=lent,
        repaid_minor=lent - outstanding,
        outstanding_minor=outstanding,
        interest_minor=balances.get(AccountKind.INTEREST_INCOME, 0),
        late_charge_minor=balances.get(AccountKind.PENALTY_INCOME, 0),
        subsidy_minor=balances.get(AccountKind.SUBSIDY_INCOME, 0),
        merchant_fee_minor=balances.get(AccountKind.MERCHANT_FEE_INCOME, 0),
        defaulted_count=len(lost),
        lost_principal_minor=sum(loan["outstanding"]["principal_minor"] for loan in lost),
        lost_interest_minor=sum(_due_beside_principal(loan) for loan in lost),
    )


def _principal(loan: Json) -> int:
    principal: int = loan["principal_minor"]
    return principal


def _due_beside_principal(loan: Json) -> int:
    overdue: dict[str, Any] = loan["overdue"]
    due: int = overdue["total_minor"] - overdue["principal_minor"]
    return due
