"""What the passing of days adds to the books of a loan."""

from dataclasses import dataclass
from types import MappingProxyType

from fenqi.core.ledger.entry import Transaction
from fenqi.core.loan.component import Component
from fenqi.core.loan.state import Flow
from fenqi.core.postings.accrue import accrue
from fenqi.core.postings.books import NO_BOOKS, LoanBooks
from fenqi.core.postings.party import Cause, Party
from fenqi.core.postings.subsidise import subsidise


@dataclass(frozen=True, kw_only=True)
class Earned:
    """What has become earned of one loan since it was last booked. Units: minor units."""

    interest_minor: int = 0
    fee_minor: int = 0
    penalty_minor: int = 0
    subsidy_minor: int = 0


def earn(party: Party, earned: Earned, *, cause: Cause) -> tuple[Transaction, ...]:
    """The transactions of a day on which nothing happened to a loan but that time passed.

    They are those of `post_difference`, whose other postings have nothing to record.
    """
    after = LoanBooks(
        flows=MappingProxyType(
            {
                (Flow.EARNED, Component.INTEREST): earned.interest_minor,
                (Flow.EARNED, Component.FEE): earned.fee_minor,
                (Flow.EARNED, Component.PENALTY): earned.penalty_minor,
            }
        ),
        subsidy_earned_minor=earned.subsidy_minor,
    )
    postings = (subsidise, accrue) if earned.subsidy_minor else (accrue,)
    posted = [posting(party, NO_BOOKS, after, cause=cause) for posting in postings]
    return tuple(transaction for transaction in posted if transaction is not None)
