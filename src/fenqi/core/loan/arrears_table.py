"""How late many loans are, from their instalments as they stood when each was last booked."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Integers = NDArray[np.int64]
Flags = NDArray[np.bool_]
NEVER = np.iinfo(np.int64).max


@dataclass(frozen=True, slots=True)
class DueTable:
    """Instalments of steady loans, one element each.

    Shapes: all (rows); `loan_of` is the place of each row's loan.
    Units: days are ordinals, amounts minor units; `late_weight` is principal × days.
    """

    loan_of: Integers
    due_on: Integers
    payable_until: Integers
    outstanding_minor: Integers
    principal_unpaid_minor: Integers
    late_weight: Integers
    late_from_on: Integers


@dataclass(frozen=True, slots=True)
class LateRule:
    """The late charge of each loan: a daily rate as a ratio, and whether parts of a minor unit are dropped.

    Shapes: all (loans).
    """

    numerator: Integers
    denominator: Integers
    truncates: Flags


@dataclass(frozen=True, slots=True)
class Arrears:
    """What is late of each loan on a day.

    Shapes: all (loans).
    Units: days, minor units.
    """

    days_past_due: Integers
    overdue_minor: Integers
    late_minor: Integers
    """What the late charge has grown by since the loan was last booked; contained in what is overdue."""


def arrears_many(dues: DueTable, rule: LateRule, *, on: int) -> Arrears:
    """How late loans are on a day, as their replay would find it, as long as nothing has happened to them.

    Units: `on` is an ordinal.
    """
    count = len(rule.numerator)
    grown = _late_growth(dues, rule, on)
    outstanding = dues.outstanding_minor + grown
    unpaid = (dues.due_on <= on) & (outstanding > 0)
    oldest_due_on = np.full(count, NEVER)
    np.minimum.at(oldest_due_on, dues.loan_of[unpaid], dues.due_on[unpaid])
    is_oldest = unpaid & (dues.due_on == oldest_due_on[dues.loan_of])
    payable_until = np.full(count, NEVER)
    np.minimum.at(payable_until, dues.loan_of[is_oldest], dues.payable_until[is_oldest])
    return Arrears(
        days_past_due=np.maximum(on - np.minimum(payable_until, on), 0),
        overdue_minor=_by_loan(np.where(dues.payable_until < on, outstanding, 0), dues, count),
        late_minor=_by_loan(grown, dues, count),
    )


def _late_growth(dues: DueTable, rule: LateRule, on: int) -> Integers:
    days = np.where(dues.due_on < on, np.maximum(on - dues.late_from_on, 0), 0)
    weight = dues.late_weight + dues.principal_unpaid_minor * days
    return _charge(weight, dues, rule) - _charge(dues.late_weight, dues, rule)


def _charge(weight: Integers, dues: DueTable, rule: LateRule) -> Integers:
    numerator, denominator = rule.numerator[dues.loan_of], rule.denominator[dues.loan_of]
    plus = np.where(rule.truncates[dues.loan_of], 0, denominator)
    return (2 * weight * numerator + plus) // (2 * denominator)


def _by_loan(minor: Integers, dues: DueTable, count: int) -> Integers:
    sums = np.zeros(count, np.int64)
    np.add.at(sums, dues.loan_of, minor)
    return sums
