"""What many loans have earned by a day and what would close them, from their instalments as they stand."""

from dataclasses import dataclass

import numpy as np

from fenqi.core.loan.arrears_table import DueTable, Flags, Integers, LateRule
from fenqi.core.loan.value_figure import late_rule


@dataclass(frozen=True, slots=True)
class ValueTable:
    """Steady loans to which nothing has happened but one draw and payments.

    Their instalments stand in order of loan and due day; every loan has one.

    Shapes: `dues`, `principal_minor`, `interest_minor`, `fee_minor` (rows); `drawn_on`, `terms_of` (loans), the places
    of their terms in `figures` (terms, figures).
    Units: days are ordinals, amounts minor units.
    """

    dues: DueTable
    principal_minor: Integers
    interest_minor: Integers
    fee_minor: Integers
    drawn_on: Integers
    terms_of: Integers
    figures: Integers

    @property
    def late_rule(self) -> LateRule:
        """The late charge of each loan."""
        return late_rule(self.figures[self.terms_of])


@dataclass(frozen=True, slots=True)
class Accruals:
    """What each loan has earned by a day and is not due yet, and what its late charge has grown by since it was booked.

    Shapes: all (loans); `is_told` is false where columns cannot tell, and a replay has to.
    Units: minor units.
    """

    interest_minor: Integers
    fee_minor: Integers
    late_minor: Integers
    is_told: Flags


@dataclass(frozen=True, slots=True)
class Payoffs:
    """What closes each loan on a day.

    Shapes: both (loans); `is_told` as in `Accruals`.
    Units: minor units.
    """

    payoff_minor: Integers
    is_told: Flags


def accrual_many(table: ValueTable, *, on: int) -> Accruals:
    """What loans have earned by a day, as their replay would find it, as long as nothing has happened to them.

    An instalment to come must stand as planned on what is still owed; where one was paid in part or ahead of its day,
    interest has moved between instalments, and columns do not tell.

    Units: `on` is an ordinal.
    """
    out, is_told = _valued(table, on)
    return Accruals(out[:, 0], out[:, 1], out[:, 2], is_told)


def payoff_many(table: ValueTable, *, on: int) -> Payoffs:
    """What closes loans on a day: what is due, the principal to come, and what the time used has cost.

    Units: `on` is an ordinal.
    Source: 民法典 art. 677 for the time used.
    """
    out, is_told = _valued(table, on)
    return Payoffs(out[:, 0] + out[:, 1] + out[:, 2] + out[:, 3], is_told)


def _valued(table: ValueTable, on: int) -> tuple[Integers, Flags]:
    from fenqi.core.loan.value_kernel import accrue

    dues, count = table.dues, len(table.drawn_on)
    out, is_told = np.zeros((count, 4), np.int64), np.empty(count, np.bool_)
    accrue(
        dues.loan_of,
        table.drawn_on,
        table.terms_of,
        dues.due_on,
        dues.outstanding_minor,
        dues.principal_unpaid_minor,
        dues.late_weight,
        dues.late_from_on,
        table.principal_minor,
        table.interest_minor,
        table.fee_minor,
        table.figures,
        on,
        out,
        is_told,
    )
    return out, is_told
