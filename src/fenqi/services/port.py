"""What every service is handed: clocks, chance, the outside world and what decides."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Protocol
from uuid import UUID

from fenqi.gateways.feature.port import OrderLog
from fenqi.gateways.keys.port import Keys
from fenqi.services.authority import Authority
from fenqi.services.live_strategy import Strategies
from fenqi.services.snooze import Snoozes


class BusinessClock(Protocol):
    """The time on which contracts, bills and jobs depend; may be moved by hand in a demo."""

    def now(self) -> datetime:
        """An aware instant in UTC."""
        ...

    def today(self) -> date:
        """The day in Asia/Shanghai."""
        ...


class WallClock(Protocol):
    """The time of signatures, expiry of tokens, rate limits."""

    def now(self) -> datetime:
        """An aware instant in UTC."""
        ...


@dataclass(frozen=True)
class Channel:
    """What an order says about the payment channel; the channel itself is called between transactions."""

    name: str
    is_stand_in: bool


@dataclass(frozen=True)
class Ports:
    """What a service may use besides its connection and its command.

    Whoever is outside (channel, bureau, registry, messenger) is called between transactions, by the edge or a worker.
    """

    business: BusinessClock
    wall: WallClock
    new_id: Callable[[], UUID]
    """A fresh UUIDv7."""
    chance: Callable[[int], bytes]
    """So many random bytes."""
    keys: Keys
    authority: Authority
    strategies: Strategies
    channel: Channel
    snoozes: Snoozes
    """The screening's rules that sleep for some key."""
    orders: OrderLog
    """What was attempted before, counted; every attempt takes its place there."""
