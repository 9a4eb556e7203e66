"""What a borrower who asked for help could be offered: worked out now, on the loans as they stand."""

from dataclasses import dataclass
from datetime import date

from fenqi.core.collection.hardship import HardshipRequest, Stated
from fenqi.core.collection.relief import ReliefLoan, ReliefOption, options_of, suggested
from fenqi.core.loan.state import Status
from fenqi.core.rulepack.ceiling import CostCeiling, cost_ceiling
from fenqi.services.ask_hardship import law_of, stated_of
from fenqi.services.book_loan import OpenLoan
from fenqi.services.loans_of import open_loans
from fenqi.services.port import Ports
from fenqi.stores.fetch import Connection


@dataclass(frozen=True)
class Weighed:
    """Every way out, the one that suits best, and what they were weighed by."""

    on: date
    stated: Stated
    loans: tuple[OpenLoan, ...]
    options: tuple[ReliefOption, ...]
    suggested: str | None
    ceiling: CostCeiling

    def option(self, option_id: str) -> ReliefOption | None:
        """One way out."""
        return next((option for option in self.options if option.option_id == option_id), None)


async def weigh_relief(
    connection: Connection, ports: Ports, request: HardshipRequest, *, is_locking: bool = False
) -> Weighed:
    """Every way out over the customer's open loans, by the rules and the ceiling of today."""
    on, authority = ports.business.today(), ports.authority
    ceiling = cost_ceiling(authority.pack, lender_type=authority.house.lender_type, on=on)
    stated = await stated_of(connection, ports, request)
    every = await open_loans(connection, customer_id=request.customer_id, is_locking=is_locking)
    loans = tuple(loan for loan in every if _can_change(loan, on=on))
    options = options_of(
        [ReliefLoan(loan_id=each.row.loan_id, agreement=each.agreement, events=each.events) for each in loans],
        menu=law_of(ports).menu,
        on=on,
        percent_max=ceiling.percent,
        room_minor=stated.room_minor,
    )
    return Weighed(on, stated, loans, options, suggested(options), ceiling)


def _can_change(loan: OpenLoan, *, on: date) -> bool:
    state = loan.state(as_of=on)
    return state.status is Status.ACTIVE and state.charged_off_on is None
