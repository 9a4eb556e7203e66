"""Who is tied to whom by what they share: strong edges only, two hops, bounded."""

from dataclasses import dataclass

from fenqi.core.velocity.definition import DAY_US
from fenqi.core.velocity.event import Key

STRONG: tuple[Key, ...] = ("device", "address", "card", "contact")
"""Keys that tie people together; an IP address or a merchant ties strangers."""
LINK_US = 30 * DAY_US
"""How long a shared key ties."""
CUSTOMERS_MAX = 64
"""A ring is not followed beyond so many people."""
DEGREE_MAX = 24
"""A key that more people share is a pick-up point or a shop's tablet, and is not followed."""


@dataclass(frozen=True, kw_only=True)
class Tie:
    """A key that a customer uses; `hops` says how far the customer is from where the search began."""

    customer: str
    key: Key
    value: str
    hops: int


@dataclass(frozen=True, kw_only=True)
class Ring:
    """The people that a search reached, nearest first, with every tie that led to them or that they share.

    `frozen` and `fraud` are those of them whose orders are frozen now, or about whom fraud was found.
    """

    customers: tuple[str, ...] = ()
    ties: tuple[Tie, ...] = ()
    frozen: frozenset[str] = frozenset()
    fraud: frozenset[str] = frozenset()
    fraud_keys: frozenset[Key] = frozenset()
    """Which of the searched keys were themselves used in a fraud that people found."""
    is_cut: bool = False
    """There were more than are followed."""


NO_RING = Ring()
