"""An applicant of the demo: what the bureau stand-in knows, and the future that only the demo knows."""

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from fenqi.core.decision.features import CreditRecord
from fenqi.learning.taiwan import JULY, Customer

FIRST_ORDER_ON = date(2025, 6, 30)
"""The last day of the months that the score sees, so that the first instalment falls due in July."""


class Population(StrEnum):
    """Where applicants come from; every report names it."""

    TAIWAN = "UCI Taiwan customers, hold-out part"
    """Real people of 2005 whom training never saw."""
    GENERATED = "generated population"
    """Nobody real."""


@dataclass(frozen=True, slots=True)
class Applicant:
    """Somebody who orders on the first order day.

    `statuses` are the repayment statuses of June, then July, August and September: 0 or less is paid, from 1 on
    that many months late. `is_bad` is the outcome: two months late in July to September, or default in October.
    """

    number: int
    population: Population
    record: CreditRecord
    statuses: tuple[int, ...]
    defaulted_in_october: bool
    is_bad: bool


def pick(customers: Iterable[Customer], population: Population, *, count: int, seed: int) -> tuple[Applicant, ...]:
    """Draw applicants in the order of SHA-256 of seed and number: the same for the same seed, fewer if there are fewer.

    Of the real customers only those are drawn whom training never saw.
    """
    eligible = [customer for customer in customers if population is Population.GENERATED or customer.is_held_out]
    drawn = sorted(eligible, key=lambda customer: hashlib.sha256(f"{seed}:{customer.number}".encode()).digest())
    return tuple(_applicant(customer, population) for customer in drawn[:count])


def _applicant(customer: Customer, population: Population) -> Applicant:
    return Applicant(
        number=customer.number,
        population=population,
        record=customer.record,
        statuses=customer.statuses[JULY - 1 :],
        defaulted_in_october=customer.defaulted_in_october,
        is_bad=customer.is_bad,
    )
