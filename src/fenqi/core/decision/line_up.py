"""Which strategy decides on whom at an instant: a champion, challengers by share of the customers; and its shadows."""

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
SHADOWS_MAX = 5


class Role(StrEnum):
    """What a version is used for."""

    CHAMPION = "champion"
    """Decides on everybody whom no challenger has."""
    CHALLENGER = "challenger"
    """Decides on a share of the customers."""
    SHADOW = "shadow"
    """Decides on nobody; what it would have said is kept beside every decision."""
    RETIRED = "retired"
    """Is neither challenger nor shadow any more."""


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


class ShadowsTooMany(Refusal):
    """Each shadow computes every decision once more."""

    code: ClassVar[str] = "strategy_shadows_too_many"
    kind: ClassVar[Kind] = Kind.RULE


@dataclass(frozen=True, kw_only=True)
class Use:
    """An approved use of a version, in force from an instant."""

    use_id: UUID
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
    """Who decides; `salt` is the champion's, so that a new champion deals the customers anew.

    `shadows` are the uses by which versions run as shadows.
    """

    champion: str
    salt: str
    challengers: tuple[Share, ...] = ()
    shadows: tuple[Use, ...] = ()

    @property
    def versions(self) -> tuple[str, ...]:
        """Every version that decides on somebody."""
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


@dataclass(frozen=True)
class Span:
    """From when until before when a version ran as a shadow by one use; None while it still does."""

    use: Use
    from_at: datetime
    until_at: datetime | None

    def holds(self, at: datetime) -> bool:
        """Whether it ran at an instant."""
        return self.from_at <= at and (self.until_at is None or at < self.until_at)


def shadow_spans(steps: Iterable[tuple[datetime, LineUp]]) -> tuple[Span, ...]:
    """Every time that a version ran, runs or will run as a shadow, in the order of their beginnings."""
    spans: dict[UUID, Span] = {}
    for begins, line_up in steps:
        now = {use.use_id for use in line_up.shadows}
        for key, span in spans.items():
            if span.until_at is None and key not in now:
                spans[key] = replace(span, until_at=begins)
        for use in line_up.shadows:
            spans.setdefault(use.use_id, Span(use, begins, None))
    return tuple(spans.values())


def require_use(present: LineUp | None, *, version: str, role: Role, share_permille: int) -> None:
    """Refuse a use that the line-up in force does not bear.

    Raises: ShareMissing, ChampionNotRetired, ShareTooLarge, ShadowsTooMany.
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
    if role is Role.SHADOW and sum(use.version != version for use in present.shadows) >= SHADOWS_MAX:
        raise ShadowsTooMany(f"{SHADOWS_MAX} shadows run already", allowed=f"{SHADOWS_MAX} at one time")


def _after(present: LineUp | None, use: Use) -> LineUp | None:
    if present is None:
        return LineUp(champion=use.version, salt=use.salt) if use.role is Role.CHAMPION else None
    if present.champion == use.version and use.role is not Role.CHAMPION:
        return present
    challengers = tuple(share for share in present.challengers if share.version != use.version)
    shadows = tuple(one for one in present.shadows if one.version != use.version)
    rest = replace(present, challengers=challengers, shadows=shadows)
    match use.role:
        case Role.CHAMPION:
            return replace(rest, champion=use.version, salt=use.salt)
        case Role.CHALLENGER:
            return replace(rest, challengers=(*challengers, Share(use.version, use.share_permille)))
        case Role.SHADOW:
            return replace(rest, shadows=(*shadows, use))
        case Role.RETIRED:
            return rest
