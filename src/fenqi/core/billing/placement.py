"""How one payment is divided over several loans; what each part discharges is its loan's own affair."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import ClassVar
from uuid import UUID

from fenqi.core.loan.state import LoanState
from fenqi.core.refusal import Refusal


class PlacementRule(StrEnum):
    """In which order loans take a payment."""

    OLDEST_DUE = "oldest_due"
    """By due day over all loans; what falls due on one day in the order of the loans."""
    DEAREST_FIRST = "dearest_first"
    """What is due by due day, then what is to come from the loan with the highest rate: the borrower pays least."""
    AS_CHOSEN = "as_chosen"
    """Loan after loan as the borrower put them, each as far as it goes."""


@dataclass(frozen=True)
class Claim:
    """What a loan can take on a day: its dues by due day, and what closes it."""

    loan_id: UUID
    dues: tuple[tuple[date, int], ...]
    payoff_minor: int
    rate_per_year: Decimal = Decimal(0)


@dataclass(frozen=True)
class Part:
    """What one loan gets of a payment."""

    loan_id: UUID
    amount_minor: int
    pays_off: bool


@dataclass(frozen=True)
class Placement:
    """A payment divided: the parts in order, and what no loan can take."""

    parts: tuple[Part, ...]
    left_minor: int


class LoansRepeated(Refusal):
    """A loan stands twice in the order of a payment."""

    code: ClassVar[str] = "loans_repeated"


def claim_of(loan_id: UUID, state: LoanState, *, rate_per_year: Decimal) -> Claim:
    """What a loan can take: its open instalments, as far as they go beyond what closes it today."""
    left, dues = state.payoff_minor, list[tuple[date, int]]()
    for row in sorted(state.rows, key=lambda row: row.due_on):
        minor = min(row.outstanding.total, left)
        if minor > 0:
            dues.append((row.due_on, minor))
            left -= minor
    return Claim(loan_id, tuple(dues), state.payoff_minor, rate_per_year)


def due_minor(claims: Sequence[Claim], *, until_on: date) -> int:
    """What falls due by a day, that day included."""
    return sum(minor for claim in claims for due_on, minor in claim.dues if due_on <= until_on)


def place(amount_minor: int, claims: Sequence[Claim], *, rule: PlacementRule, on: date) -> Placement:
    """Divide a payment over loans, none getting more than what closes it.

    The claims come in the borrower's order, or in the order of the loans where the rule decides.

    Units: minor units of one currency.
    Raises: LoansRepeated.
    """
    if len({claim.loan_id for claim in claims}) != len(claims):
        raise LoansRepeated("a loan is named twice", allowed="each loan once")
    left, got = amount_minor, dict[UUID, int]()
    for loan_id, minor in _in_order(claims, rule=rule, on=on):
        part = min(minor, left)
        if part:
            got[loan_id] = got.get(loan_id, 0) + part
            left -= part
    payoff = {claim.loan_id: claim.payoff_minor for claim in claims}
    parts = tuple(Part(loan_id, minor, pays_off=minor == payoff[loan_id]) for loan_id, minor in got.items())
    return Placement(parts, left)


def _in_order(claims: Sequence[Claim], *, rule: PlacementRule, on: date) -> list[tuple[UUID, int]]:
    lines = [
        (due_on, place, -claim.rate_per_year, claim.loan_id, minor)
        for place, claim in enumerate(claims)
        for due_on, minor in claim.dues
    ]
    match rule:
        case PlacementRule.OLDEST_DUE:
            lines.sort(key=lambda line: (line[0], line[1]))
        case PlacementRule.DEAREST_FIRST:
            due = sorted((line for line in lines if line[0] <= on), key=lambda line: (line[0], line[2], line[1]))
            lines = due + sorted((line for line in lines if line[0] > on), key=lambda line: (line[2], line[1], line[0]))
        case PlacementRule.AS_CHOSEN:
            lines.sort(key=lambda line: (line[1], line[0]))
    return [(loan_id, minor) for *_, loan_id, minor in lines]
