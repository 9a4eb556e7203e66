"""Which strategy decides on whom at an instant: a champion, and challengers by share of the customers."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum
from hashlib import sha256
from typing import ClassVar
from uuid import UUID

from fenqi.core.refusal import Kind, Refusal

CHALLENGED_PERMILLE_MAX = 500
"""The champion decides on half of the customers at least."""


class Role(StrEnum):
    """What a version is used for."""

    CHAMPION = "champion"
    """Decides on everybody whom no challenger has."""
    CHALLENGER = "challenger"
    """Decides on a share of the customers."""
    RETIRED = "retired"
    """Is no challenger any more."""


class ChampionNotRetired(Refusal):
    """Without a champion nobody decides."""

    code: ClassVar[str] = "strategy_champion_not_retired"
    kind: ClassVar[Kind] = Kind.CONFLICT


class ShareMissing(Refusal):
    """A challenger without a share, or something else with one."""

    code: ClassVar[str] = "strategy_share_missing"


class ShareTooLarge(Refusal):
    """The challengers together would decide on more customers than the champion."""

    code: ClassVar[str] = "strategy_share_too_large"
    kind: ClassVar[Kind] = Kind.RULE


@dataclass(frozen=True, kw_only=True)
class Use:
    """An approved use of a version, in force from an instant."""

    version: str
    role: Role
    share_permille: int
    salt: str
    from_at: datetime


@dataclass(frozen=True)
class Share:
    """A challenger and how many of a thousand customers it decides on."""

    version: str
    permille: int


@dataclass(frozen=True, kw_only=True)
class LineUp:
    """Who decides; `salt` is the champion's, so that a new champion deals the customers anew."""

    champion: str
    salt: str
    challengers: tuple[Share, ...] = ()

    @property
    def versions(self) -> tuple[str, ...]:
        """Every version that is used."""
        return (self.champion, *(share.version for share in self.challengers))

    def chosen(self, customer_id: UUID) -> tuple[str, Role]:
        """The version that decides on a customer, always the same while the line-up stands."""
        if not self.challengers:
            return self.champion, Role.CHAMPION
        place = place_of(customer_id, salt=self.salt)
        for share in self.challengers:
            if place < share.permille:
                return share.version, Role.CHALLENGER
            place -= share.permille
        return self.champion, Role.CHAMPION


def place_of(customer_id: UUID, *, salt: str) -> int:
    """A customer's place among a thousand: sha256(salt‖customer), as even as the hash is."""
    return int.from_bytes(sha256(salt.encode() + customer_id.bytes).digest()[:8], "big") % 1000


def line_ups(uses: Iterable[Use]) -> tuple[tuple[datetime, LineUp], ...]:
    """Every line-up there was or will be, each with its first instant, oldest first; uses of one instant in order.

    A version has one role: a new one takes the place of the old. A champion that is followed by another is retired.
    """
    found: dict[datetime, LineUp] = {}
    now: LineUp | None = None
    for use in sorted(uses, key=lambda use: use.from_at):
        now = _after(now, use)
        if now is not None:
            found[use.from_at] = now
    return tuple(found.items())


def require_use(present: LineUp | None, *, version: str, role: Role, share_permille: int) -> None:
    """Refuse a use that the line-up in force does not bear.

    Raises: ShareMissing, ChampionNotRetired, ShareTooLarge.
    """
    if (share_permille > 0) != (role is Role.CHALLENGER):
        raise ShareMissing("a challenger has a share of the customers, and nothing else has", allowed="1 to 500")
    if present is None:
        return
    if present.champion == version and role is not Role.CHAMPION:
        raise ChampionNotRetired("this version is the champion", allowed="another champion first")
    others = sum(share.permille for share in present.challengers if share.version != version)
    if role is Role.CHALLENGER and others + share_permille > CHALLENGED_PERMILLE_MAX:
        raise ShareTooLarge(
            f"challengers would decide on {others + share_permille} of a thousand customers",
            allowed=f"{CHALLENGED_PERMILLE_MAX} together",
        )


def _after(present: LineUp | None, use: Use) -> LineUp | None:
    if use.role is Role.CHAMPION:
        rest = () if present is None else tuple(share for share in present.challengers if share.version != use.version)
        return LineUp(champion=use.version, salt=use.salt, challengers=rest)
    if present is None or present.champion == use.version:
        return present
    challengers = tuple(share for share in present.challengers if share.version != use.version)
    if use.role is Role.CHALLENGER:
        challengers = (*challengers, Share(use.version, use.share_permille))
    return replace(present, challengers=challengers)
