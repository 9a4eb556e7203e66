"""The part of the graph of ties that was asked for so far, and what a search lacked."""

from collections.abc import Mapping
from typing import Any

from fenqi.core.velocity.event import OrderEvent
from fenqi.core.velocity.link import Ring
from fenqi.velocity.link import LinkGraph, Value, strong


class FoundGraph(LinkGraph):
    """A graph that is filled from answers; a search goes on as if what it lacks were empty, and says what that was."""

    def __init__(self) -> None:
        super().__init__()
        self.values_lacking: dict[Value, None] = {}
        self.customers_lacking: dict[str, None] = {}

    def take_users(self, value: Any, users: Mapping[str, int]) -> None:
        """The customers who used a value."""
        self._customers[value] = {**users}

    def take_held(self, customer: str, held: Mapping[str, int]) -> None:
        """The values that a customer used."""
        pairs = ((one.partition(" "), at) for one, at in held.items())
        found: dict[Any, int] = {(key, value): at for (key, _, value), at in pairs}
        self._values[customer] = found

    def take_marks(self, customer: str, frozen_at: int | None, fraud_at: int | None) -> None:
        """What people found about a customer."""
        self._frozen |= {customer: frozen_at} if frozen_at else {}
        self._fraud |= {customer: fraud_at} if fraud_at else {}

    def take_fraud(self, value: Any, at_us: int) -> None:
        """A value was used in a fraud."""
        self._fraud_values[value] = at_us

    def reach(self, event: OrderEvent) -> list[Value]:
        """What an order and its customer use."""
        return [*strong(event), *self._values.get(event.customer or "", {})]

    def ring(self, event: OrderEvent) -> Ring:
        """The ring as far as it is known."""
        self.values_lacking, self.customers_lacking = {}, {}
        return super().ring(event)

    def _users(self, value: Value, origin: str | None, *, since: int) -> list[str]:
        if value not in self._customers:
            self.values_lacking[value] = None
        return super()._users(value, origin, since=since)

    def _held(self, customer: str, *, since: int) -> list[Value]:
        if customer not in self._values:
            self.customers_lacking[customer] = None
        return super()._held(customer, since=since)
