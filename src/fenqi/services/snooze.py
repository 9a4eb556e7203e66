"""The screening's rules that people put to sleep for some key, held in memory: decisions look at them at no cost."""

from collections.abc import Sequence
from datetime import datetime

from fenqi.core.velocity.event import KEYS, OrderEvent
from fenqi.stores.snooze import Snooze


class Snoozes:
    """The rules that sleep now, held in memory: decisions look at them without a round trip."""

    def __init__(self) -> None:
        self._until: dict[tuple[str, str], dict[str, datetime]] = {}

    def hold(self, snoozes: Sequence[Snooze]) -> None:
        """Take up what is stored."""
        until: dict[tuple[str, str], dict[str, datetime]] = {}
        for one in snoozes:
            asleep = until.setdefault((one.pivot_key, one.pivot_value), {})
            asleep[one.rule_code] = max(one.until, asleep.get(one.rule_code, one.until))
        self._until = until

    def for_event(self, event: OrderEvent, *, at: datetime) -> frozenset[str]:
        """The codes of the rules that sleep for some key of an order."""
        if not self._until:
            return frozenset()
        asleep = (self._until.get((key, getattr(event, key) or ""), {}) for key in KEYS)
        return frozenset(code for found in asleep for code, until in found.items() if at < until)
