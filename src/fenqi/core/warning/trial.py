"""A warning strategy tried on what was seen before: whom it would have warned, when, and whether that came true."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from fenqi.core.warning.ladder import Taken, next_step
from fenqi.core.warning.score import warning_score
from fenqi.core.warning.signs import Signs
from fenqi.core.warning.strategy import Action, WarningStrategy

ALL = "all"
"""The figure of every warning, by the day on which it opened; the others are of the rungs, by the day of each."""


@dataclass(frozen=True)
class SeenDay:
    """What was seen of a customer on a day; on a day that is not among them, nothing was."""

    on: date
    signs: Signs


@dataclass(frozen=True)
class PastCustomer:
    """A customer's days, the oldest first, and the days on which an instalment had been late for so long."""

    seen: Sequence[SeenDay]
    behind: Sequence[date]


@dataclass(frozen=True)
class PastWarning:
    """A warning that there would have been, with the rungs that it would have come to."""

    opened_on: date
    taken: tuple[Taken, ...]


@dataclass(frozen=True, kw_only=True)
class Outcome:
    """When a warning came true: the customer fell behind within so many days; after `until_on` nothing is known."""

    days: int
    until_on: date


@dataclass
class Figure:
    """Warnings, or rungs: how many; of those old enough to be judged, how many came true, and how long before."""

    count: int = 0
    judged_count: int = 0
    leads: Counter[int] = field(default_factory=Counter[int])
    """How many came true so many days later."""

    def add(self, on: date, behind: Sequence[date], outcome: Outcome) -> None:
        """Count what began on a day."""
        self.count += 1
        if (outcome.until_on - on).days < outcome.days:
            return
        self.judged_count += 1
        lead = next((((day - on).days) for day in behind if day >= on), None)
        if lead is not None and lead <= outcome.days:
            self.leads[lead] += 1

    def take_in(self, other: "Figure") -> None:
        """Add another part's."""
        self.count += other.count
        self.judged_count += other.judged_count
        self.leads += other.leads

    @property
    def true_count(self) -> int:
        """How many came true."""
        return self.leads.total()

    @property
    def precision_permille(self) -> int | None:
        """How many of 1,000 came true; None while none is old enough."""
        return self.true_count * 1000 // self.judged_count if self.judged_count else None

    @property
    def lead_days(self) -> int | None:
        """How long before, the middle one."""
        days = sorted(self.leads.elements())
        return days[len(days) // 2] if days else None


@dataclass
class Tried:
    """What a strategy would have come to."""

    customer_count: int = 0
    behind_count: int = 0
    """Customers who fell behind after something had been seen of them."""
    foretold_count: int = 0
    """Those of them who would have been warned before."""
    figures: dict[str, Figure] = field(default_factory=lambda: {name: Figure() for name in (ALL, *Action)})

    def take_in(self, other: "Tried") -> None:
        """Add another part's."""
        self.customer_count += other.customer_count
        self.behind_count += other.behind_count
        self.foretold_count += other.foretold_count
        for name, figure in other.figures.items():
            self.figures[name].take_in(figure)


def try_strategy(customers: Sequence[PastCustomer], strategy: WarningStrategy, *, outcome: Outcome) -> Tried:
    """Try a strategy on what was seen of customers; nobody is left out for measuring."""
    tried = Tried()
    for customer in customers:
        warnings = past_warnings(customer.seen, strategy)
        tried.customer_count += 1
        behind_on = next((day for day in customer.behind if customer.seen and day >= customer.seen[0].on), None)
        if behind_on is not None:
            tried.behind_count += 1
            tried.foretold_count += any(warning.opened_on <= behind_on for warning in warnings)
        for warning in warnings:
            tried.figures[ALL].add(warning.opened_on, customer.behind, outcome)
            for rung in warning.taken:
                tried.figures[rung.action].add(rung.on, customer.behind, outcome)
    return tried


def past_warnings(seen: Sequence[SeenDay], strategy: WarningStrategy) -> tuple[PastWarning, ...]:
    """The warnings that there would have been, each ended after its calm days, as `judge` comes to them day by day."""
    found: list[PastWarning] = []
    opened_on, last_on, taken = None, None, list[Taken]()
    for day in seen:
        points = warning_score(day.signs, strategy).points
        if points < strategy.points_min:
            continue
        if opened_on is not None and last_on is not None and (day.on - last_on).days > strategy.calm_days:
            found.append(PastWarning(opened_on, tuple(taken)))
            opened_on, taken = None, []
        opened_on, last_on = opened_on or day.on, day.on
        step = next_step(points, taken, strategy=strategy, on=day.on)
        if step is not None:
            taken.append(Taken(step.action, day.on))
    if opened_on is not None:
        found.append(PastWarning(opened_on, tuple(taken)))
    return tuple(found)


def unseen(strategy: WarningStrategy, seen_beyond: Mapping[str, int]) -> tuple[str, ...]:
    """The signs of which the strategy wants to know more than was looked for."""
    return tuple(fact for fact, beyond in sorted(seen_beyond.items()) if strategy.beyond(fact) < beyond)
