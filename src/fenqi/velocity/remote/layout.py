"""How what is counted lies in the server: shards of groups, a group for each value of a key."""

import hashlib
from collections.abc import Mapping
from functools import cached_property

import msgspec

from fenqi.core.velocity.definition import DAY_US, LONGEST_US, Definition
from fenqi.core.velocity.entry import EntryKind
from fenqi.core.velocity.event import KEYS, Key
from fenqi.velocity.plan import KeyPlan

KINDS = {kind: chr(ord("A") + place) for place, kind in enumerate(EntryKind)}
"""One letter a kind: what its names in a group begin with."""
PEERS = {key: str(place) for place, key in enumerate(KEYS)}
USERS, HELD = "u", "h"
"""The customers who used a value, and the values that a customer used."""
FROZEN, FRAUD, IN_FRAUD, REGION, REGION_AT = "z", "x", "v", "r", "ra"
"""Facts about a customer, and, the third, about a value."""
KEPT_US = LONGEST_US + DAY_US
"""How long anything is kept: an order may come a day late and still be answered exactly."""


class Layout:
    """Names in the server.

    What one script touches begins with one tag in braces, so that it lies on one node of a cluster. The tag names the
    owner of the log and the definition too: other features begin anew, from the log, and two logs never meet.
    """

    def __init__(self, definitions: Mapping[EntryKind, Definition], *, owner: str, shard_count: int) -> None:
        self.definitions = definitions
        self.shard_count = shard_count
        self.plans: Mapping[EntryKind, tuple[KeyPlan, ...]] = {
            kind: tuple(plan for key in KEYS if (plan := KeyPlan(one, key)).used) for kind, one in definitions.items()
        }
        text = msgspec.json.encode((owner, sorted(definitions.items())))
        self.space = f"fenqi:{hashlib.sha256(text).hexdigest()[:12]}"

    def mark(self, shard: int) -> str:
        """The key that says how far a shard has come; what all of its keys begin with."""
        return f"{{{self.space}:{shard}}}"

    def shard_of(self, group: str) -> int:
        """The shard that a group lies in."""
        if self.shard_count == 1:
            return 0
        return int.from_bytes(hashlib.sha256(group.encode()).digest()[:4], "big") % self.shard_count

    @cached_property
    def endings(self) -> tuple[str, ...]:
        """What the keys of a group end in."""
        found = ["", USERS, HELD]
        for kind, plans in self.plans.items():
            letter = KINDS[kind]
            found += [letter, f"{letter}f", *(peers_of(letter, peer) for plan in plans for peer in plan.peers)]
        return tuple(dict.fromkeys(found))


def group_of(key: Key, value: str) -> str:
    """The group of one value of a key."""
    return f"{key}:{value}:"


def peers_of(letter: str, peer: Key) -> str:
    """The ending of the set of peers of one kind of entry."""
    return f"{letter}{PEERS[peer]}"
