"""Which strategy decides now: held in memory by every process, looked for again when somebody says that it changed."""

import asyncio
from bisect import bisect_right
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from fenqi.core.decision.graph_policy import GraphStrategy, read_policy
from fenqi.core.decision.line_up import LineUp, Role, Use, line_ups
from fenqi.core.refusal import Refusal
from fenqi.stores import strategy as strategies
from fenqi.stores.fetch import Connection
from fenqi.stores.strategy import HaltLine, Tally, UseLine


@dataclass(frozen=True)
class Deciding:
    """What decides on one customer at one instant; while deciding is halted, everything is referred."""

    strategy: GraphStrategy
    role: Role
    is_halted: bool


@dataclass(frozen=True)
class Live:
    """Everything that bears on who decides, as it was last looked for; `steps` are line-ups by their first instant."""

    tally: Tally | None
    steps: tuple[tuple[datetime, LineUp], ...] = ()
    halted: tuple[tuple[datetime, datetime | None], ...] = ()
    compiled: Mapping[str, GraphStrategy] = field(default_factory=dict[str, GraphStrategy])
    begins: tuple[datetime, ...] = ()

    def line_up(self, at: datetime) -> LineUp | None:
        """The line-up in force at an instant."""
        place = bisect_right(self.begins, at)
        return self.steps[place - 1][1] if place else None

    def is_halted(self, at: datetime) -> bool:
        """Whether deciding is halted at an instant."""
        return any(since <= at and (until is None or at < until) for since, until in self.halted)


class Strategies:
    """Who decides in this process; before anything was approved, the strategy that ships."""

    def __init__(self, shipped: GraphStrategy) -> None:
        self._shipped = shipped
        self._looking = asyncio.Lock()
        self._readable: dict[str, bool] = {}
        self.live = Live(None)

    def deciding(self, customer_id: UUID, *, at: datetime) -> Deciding:
        """What decides on a customer at an instant; costs no look into the database.

        A strategy that this program cannot compile decides nothing: everything is referred.
        """
        live = self.live
        line_up = live.line_up(at)
        version, role = (self._shipped.version, Role.CHAMPION) if line_up is None else line_up.chosen(customer_id)
        strategy = self._shipped if version == self._shipped.version else live.compiled.get(version)
        halted = live.halted and live.is_halted(at)
        return Deciding(strategy or self._shipped, role, bool(halted) or strategy is None)

    async def can_read(self, connection: Connection, *, version: str) -> bool:
        """Whether this program can compile a stored version; its text never changes, so it is tried once."""
        if version not in self._readable:
            known = version == self._shipped.version or version in self.live.compiled
            self._readable[version] = known or await compiled_strategy(connection, version=version) is not None
        return self._readable[version]

    async def refresh(self, connection: Connection) -> bool:
        """Look whether anything has changed, and take it in; whether it had.

        What may be approved next is compiled beforehand, so that nobody waits for it then.
        One look at a time: what an earlier one saw never takes the place of what a later one did.
        """
        async with self._looking:
            return await self._look(connection)

    async def _look(self, connection: Connection) -> bool:
        tally = await strategies.tally(connection)
        if tally == self.live.tally:
            return False
        uses, halts = await strategies.uses(connection), await strategies.halts(connection)
        steps = line_ups(approved_uses(uses))
        deciding = {version for _, line_up in steps for version in line_up.versions}
        wanted = (deciding | _about_to_decide(uses)) - {self._shipped.version}
        compiled = dict(self.live.compiled)
        for version in wanted - compiled.keys():
            strategy = await compiled_strategy(connection, version=version)
            if strategy is not None:
                compiled[version] = strategy
        self.live = Live(tally, steps, _spans(halts), compiled, tuple(begins for begins, _ in steps))
        return True


def approved_uses(uses: Sequence[UseLine]) -> tuple[Use, ...]:
    """The uses that two people stand for, each from its instant, or from the answer's if that came later."""
    return tuple(
        Use(
            use_id=use.use_id,
            version=use.version,
            role=Role(use.role),
            share_permille=use.share_permille,
            salt=use.salt,
            from_at=max(use.from_at, use.answered_at),
        )
        for use in uses
        if use.is_approved and use.answered_at is not None
    )


async def compiled_strategy(connection: Connection, *, version: str) -> GraphStrategy | None:
    """A stored version, compiled; None if there is none, or this program cannot read it any more."""
    stored = await strategies.find(connection, version=version)
    if stored is None:
        return None
    try:
        return await asyncio.to_thread(read_policy, stored.content, name=stored.name)
    except Refusal:
        return None


def _about_to_decide(uses: Sequence[UseLine]) -> set[str]:
    """The versions whose use waits for its answer."""
    return {use.version for use in uses if use.is_approved is None and use.role in {Role.CHAMPION, Role.CHALLENGER}}


def _spans(halts: Sequence[HaltLine]) -> tuple[tuple[datetime, datetime | None], ...]:
    return tuple((halt.halted_at, halt.approved_at) for halt in halts)
