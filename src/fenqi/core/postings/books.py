"""The books of one loan as cumulative amounts: every posting is the difference of two of these."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from types import MappingProxyType
from typing import Any

from fenqi.core.loan.component import Component
from fenqi.core.loan.state import Books, Flow

NO_FLOWS: Books = MappingProxyType({})


@dataclass(frozen=True, kw_only=True)
class LoanBooks:
    """What the fold of a loan counts, and what its merchant and its subsidy add to it.

    Units: minor, counted since the loan began; each may only be corrected by a later difference.
    """

    flows: Books = field(default_factory=lambda: NO_FLOWS)
    discount_minor: int = 0
    """The merchant's discount, less what went back."""
    subsidy_minor: int = 0
    """What was paid or promised in the borrower's place."""
    subsidy_earned_minor: int = 0
    subsidy_returned_minor: int = 0

    def count(self, flow: Flow, component: Component) -> int:
        """One cumulative amount of the fold."""
        return self.flows.get((flow, component), 0)


NO_BOOKS = LoanBooks()


def with_earned(books: LoanBooks, *, interest_minor: int, fee_minor: int) -> LoanBooks:
    """The books after more was earned of interest and fees."""
    earned = {(Flow.EARNED, Component.INTEREST): interest_minor, (Flow.EARNED, Component.FEE): fee_minor}
    flows = {**books.flows, **{key: books.count(*key) + minor for key, minor in earned.items()}}
    return replace(books, flows=MappingProxyType({key: minor for key, minor in flows.items() if minor}))


def books_to_record(books: LoanBooks) -> dict[str, Any]:
    """The books as JSON can hold them."""
    return {
        "flows": {f"{flow.value}.{component.name.lower()}": minor for (flow, component), minor in books.flows.items()},
        "discount_minor": books.discount_minor,
        "subsidy_minor": books.subsidy_minor,
        "subsidy_earned_minor": books.subsidy_earned_minor,
        "subsidy_returned_minor": books.subsidy_returned_minor,
    }


def books_from_record(record: Mapping[str, Any]) -> LoanBooks:
    """The books as they were recorded; an empty record is the books of a loan that has not begun."""
    amounts = {name: minor for name, minor in record.items() if name != "flows"}
    return LoanBooks(flows={_flow(name): minor for name, minor in record.get("flows", {}).items()}, **amounts)


def _flow(name: str) -> tuple[Flow, Component]:
    flow, component = name.split(".")
    return Flow(flow), Component[component.upper()]
