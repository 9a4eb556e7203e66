"""What is known of lines and their customers, in columns and one by one."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache
from uuid import UUID

import numpy as np

from fenqi.core.dates.business_day import NOTHING_PUBLISHED, payable_until
from fenqi.core.dates.due_date import Frequency, add_units
from fenqi.core.limit.behaviour import Behaviour, Line
from fenqi.core.limit.rules import LimitRules
from fenqi.core.limit.table import (
    CHARGED_OFF,
    DISPUTE,
    HARDSHIP,
    STUDENT,
    SUSPECTED,
    SUSPENDED,
    TAKES_RISES,
    WARNED,
    Integers,
    LineTable,
)
from fenqi.stores import limit as limits
from fenqi.stores.fetch import Connection
from fenqi.stores.limit import BehaviourColumns

SERVICE_DAYS = 31
"""What falls due in the next so many days is a month's service."""
_KEY_BYTES = 18
_COUNT_BITS, _DAY_BITS = 10, 20
_COUNT_MAX, _DAYS_MAX = (1 << _COUNT_BITS) - 1, (1 << _DAY_BITS) - 1


@dataclass(frozen=True)
class Known:
    """Lines in columns; those of one place are also told one by one."""

    keys: bytes
    columns: dict[str, Integers]

    @property
    def table(self) -> LineTable:
        """What a look at all of them takes."""
        known = self.columns
        plain = {name: known[name] for name in LineTable.__slots__ if name != "service_minor"}
        return LineTable(**plain, service_minor=known["here_service_minor"] + known["outside_service_minor"])

    @property
    def buckets(self) -> Integers:
        """The bucket of each line."""
        pairs = np.frombuffer(self.keys, np.uint8).reshape(-1, _KEY_BYTES)
        return pairs[:, 1].astype(np.int64)

    def customer_id(self, place: int) -> UUID:
        """Whose line stands in a place."""
        start = place * _KEY_BYTES + 2
        return UUID(bytes=self.keys[start : start + 16])

    def behaviour(self, place: int) -> Behaviour:
        """What the customer in a place did."""
        known = {name: int(self.columns[name][place]) for name in _COUNTED}
        flags = int(self.columns["flags"][place])
        return Behaviour(
            **known,
            is_student=bool(flags & STUDENT),
            is_charged_off=bool(flags & CHARGED_OFF),
            is_suspected=bool(flags & SUSPECTED),
            is_in_hardship=bool(flags & HARDSHIP),
            is_in_dispute=bool(flags & DISPUTE),
            is_warned=bool(flags & WARNED),
        )

    def line(self, place: int) -> Line:
        """The line in a place as it was."""
        known = {name: int(self.columns[name][place]) for name in _OF_LINE}
        flags, points = int(self.columns["flags"][place]), int(self.columns["points"][place])
        return Line(
            **known,
            changed_on=date.fromordinal(int(self.columns["changed_on"][place])),
            points=None if points < 0 else points,
            is_suspended=bool(flags & SUSPENDED),
            takes_rises=bool(flags & TAKES_RISES),
        )


_COUNTS = ("due_count", "on_time_count", "late_count", "failed_debit_count")
_OF_LINE = ("anchor_minor", "fixed_minor", "special_minor")
_AMOUNTS = ("owed_minor", "here_service_minor", "outside_service_minor", "monthly_income_minor")
_COUNTED = (*_COUNTS, "days_late_max", "days_late", *_AMOUNTS)
_PLAIN = (*_AMOUNTS, *_OF_LINE, "changed_on")


async def behaviour_of(
    connection: Connection,
    *,
    lane: Sequence[int],
    rules: LimitRules,
    on: date,
    customer_ids: Sequence[UUID] | None = None,
) -> Known | None:
    """What the customers of a lane, or some of them, did in the rules' window up to a day; None if none has a line."""
    from_on = add_units(on, -rules.window_months, frequency=Frequency.MONTHS)
    found = await limits.behaviour(
        connection,
        lane=lane,
        customer_ids=customer_ids,
        on=on,
        from_on=from_on,
        until_on=on + timedelta(days=SERVICE_DAYS),
        payable_until=_payable(from_on, on),
    )
    if found is None or found.customer_id is None:
        return None
    return Known(found.customer_id, {name: _numbers(found, name) for name in _PLAIN} | _unpacked(found))


@lru_cache(maxsize=16)
def _payable(from_on: date, on: date) -> tuple[date, ...]:
    """Until when each day of the window, and of the month after it, can be paid."""
    days = (on - from_on).days + SERVICE_DAYS + 1
    return tuple(payable_until(from_on + timedelta(days=each), overrides=NOTHING_PUBLISHED) for each in range(days))


def _numbers(columns: BehaviourColumns, name: str) -> Integers:
    return np.frombuffer(getattr(columns, name), ">i8").astype(np.int64)


def _unpacked(columns: BehaviourColumns) -> dict[str, Integers]:
    counts, days = _numbers(columns, "counts"), _numbers(columns, "days")
    counted = {name: (counts >> (_COUNT_BITS * place)) & _COUNT_MAX for place, name in enumerate(_COUNTS)}
    return counted | {
        "flags": counts >> (_COUNT_BITS * len(_COUNTS)),
        "days_late_max": days & _DAYS_MAX,
        "days_late": (days >> _DAY_BITS) & _DAYS_MAX,
        "points": (days >> (2 * _DAY_BITS)) - 1,
    }
