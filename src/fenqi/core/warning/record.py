"""A judgement as it is stored: one canonical text, from which it can be made again, byte for byte."""

from datetime import date
from typing import ClassVar
from uuid import UUID

import msgspec

from fenqi.core.refusal import Kind, Refusal
from fenqi.core.warning.ladder import Judgement, Taken, judge
from fenqi.core.warning.signs import Signs
from fenqi.core.warning.strategy import WarningStrategy

FORMAT = 1


class WarningStrategyDiffers(Refusal):
    """The strategy is not the version that the judgement was made by."""

    code: ClassVar[str] = "warning_strategy_differs"
    kind: ClassVar[Kind] = Kind.CONFLICT


class Watched(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Everything that a judgement went by, besides the strategy."""

    customer_id: UUID
    on: date
    signs: Signs
    taken: tuple[Taken, ...] = ()


def judgement_record(watched: Watched, judged: Judgement, *, strategy_version: str) -> bytes:
    """The whole judgement as canonical JSON: keys sorted, no blanks, UTF-8."""
    content = {"format": FORMAT, "strategy_version": strategy_version, "watched": watched, "judged": judged}
    return msgspec.json.encode(content, order="deterministic")


def judged_now(watched: Watched, *, strategy: WarningStrategy) -> Judgement:
    """What follows from what was watched."""
    return judge(watched.customer_id, watched.signs, watched.taken, strategy=strategy, on=watched.on)


def replay_judgement(content: bytes, *, strategy: WarningStrategy) -> bytes:
    """The record that comes of judging again by the same signs.

    Raises: WarningStrategyDiffers.
    """
    stored = msgspec.json.decode(content, type=_Record)
    if stored.strategy_version != strategy.version:
        raise WarningStrategyDiffers(f"the judgement names {stored.strategy_version}", allowed="that version")
    again = judged_now(stored.watched, strategy=strategy)
    return judgement_record(stored.watched, again, strategy_version=strategy.version)


class _Record(msgspec.Struct, frozen=True):
    strategy_version: str
    watched: Watched
