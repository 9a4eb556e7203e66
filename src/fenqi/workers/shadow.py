"""The loop that lets shadows judge what was decided: after the commit, apart, each decision once."""

import asyncio
from collections.abc import Sequence
from concurrent.futures import Executor
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from functools import lru_cache
from uuid import UUID

from fenqi.core.decision.graph_policy import GraphStrategy, read_policy
from fenqi.core.decision.line_up import Span, shadow_spans
from fenqi.core.decision.past import Kept
from fenqi.core.decision.record import versions_of_record
from fenqi.core.decision.shadow import Beside, ToJudge, judged_beside
from fenqi.core.ledger.account import BUCKET_COUNT
from fenqi.services.live_strategy import Live, Strategies
from fenqi.services.publish_strategy import find_strategy
from fenqi.services.replay_stored_decision import kept_catalogue, kept_scorecard
from fenqi.stores import shadow as shadows
from fenqi.stores.fetch import Connection
from fenqi.stores.horizon import begun_below, ended_below
from fenqi.stores.shadow import Decided, Place
from fenqi.wiring import Installation
from fenqi.workers.apart import done_apart, process_apart

AT_ONCE = 100
SETTLE_MS = 2_000
"""So much may the clocks differ of two machines that give out ids."""
STEP_MS, STEP_MS_MAX = 10_000, 86_400_000
"""Decisions are looked for in a stretch of time, a longer one after one in which there were none."""
_OVER_AFTER = timedelta(minutes=1)
_RANDOM_BITS = 80
_LANE = range(BUCKET_COUNT)


@dataclass(frozen=True)
class _Bound:
    """An id that was past at an instant, and how many transactions had begun to write by then."""

    id: UUID
    begun_below: int
    at: datetime


@dataclass
class Shadowing:
    """What one process needs to go on with: up to where it may, how far it looks, what it has read.

    Ids are in the order of the clock, commits are not. Whoever gives out an id has locked a row before, so its
    transaction has a number: an id is settled once all transactions have ended that had one when the id was past.
    """

    executor: Executor | None
    settle_ms: int = SETTLE_MS
    step_ms: int = STEP_MS
    bound: _Bound | None = None
    kept: Kept = field(default_factory=lambda: Kept({}, {}, {}))

    async def step(self, installation: Installation) -> int:
        """Judge the next decisions of every shadow that goes on; how many there were."""
        async with installation.reading() as connection:
            if not await shadows.is_any_open(connection):
                return 0
            self.bound = bound = self.bound or await self._bound(connection, installation)
        async with installation.transaction() as connection:
            places = await shadows.take_places(connection)
            if not places or await ended_below(connection) < bound.begun_below:
                return 0
            await installation.ports.strategies.refresh(connection)
            return await self._go_on(connection, installation, places, bound)

    async def _bound(self, connection: Connection, installation: Installation) -> _Bound:
        now_ms = installation.ports.new_id().int >> _RANDOM_BITS
        settled, at = _first_id(now_ms - self.settle_ms), installation.ports.business.now()
        return _Bound(settled, await begun_below(connection), at)

    async def _go_on(
        self, connection: Connection, installation: Installation, places: Sequence[Place], bound: _Bound
    ) -> int:
        live = installation.ports.strategies.live
        spans = {span.use.use_id: span for span in shadow_spans(live.steps)}
        after_id = min(place.after_id for place in places)
        until_id = min(bound.id, _first_id((after_id.int >> _RANDOM_BITS) + self.step_ms))
        found = await shadows.decided(connection, lane=_LANE, after_id=after_id, until_id=until_id, most=AT_ONCE)
        tasks = [task for one in found if (task := _task(one, places, spans, live)) is not None]
        legible = await _legible(connection, installation.ports.strategies, tasks)
        await shadows.add(connection, await self._judged(connection, installation, legible))
        is_whole = len(found) < AT_ONCE
        end_id = until_id if is_whole else found[-1].decision_id
        is_settled = is_whole and end_id == bound.id
        over = [place.use_id for place in places if is_settled and _is_over(spans.get(place.use_id), bound.at)]
        await shadows.move_places(connection, [place.use_id for place in places], after_id=end_id, over=over)
        self.bound = None if is_settled else bound
        self.step_ms = STEP_MS if found else min(self.step_ms * 2, STEP_MS_MAX)
        return len(found) if is_settled else max(len(found), 1)

    async def _judged(
        self, connection: Connection, installation: Installation, tasks: Sequence[ToJudge]
    ) -> tuple[Beside, ...]:
        """What the shadows say; what decisions were made with is read where it is not known here yet."""
        versions = _versions(tasks)
        texts = dict(self.kept.texts)
        for version in versions - texts.keys():
            texts[version] = (await find_strategy(connection, version=version)).content
        self.kept = Kept(texts, self.kept.scorecards, self.kept.catalogues)
        found = await done_apart(self.executor, judge, tasks, self.kept) if tasks else []
        lacking = [task for task, said in zip(tasks, found, strict=True) if said is None]
        if lacking:
            await self._read(connection, installation, lacking)
            return await self._judged(connection, installation, tasks)
        return tuple(one for said in found for one in said or ())

    async def _read(self, connection: Connection, installation: Installation, lacking: Sequence[ToJudge]) -> None:
        """Read the scores and catalogues that decisions name.

        Raises: VersionNotKept.
        """
        scorecards, catalogues = dict(self.kept.scorecards), dict(self.kept.catalogues)
        for versions in {versions_of_record(task.content) for task in lacking}:
            ports = installation.ports
            scorecards[versions.scorecard] = await kept_scorecard(connection, ports, version=versions.scorecard)
            catalogues[versions.catalogue] = await kept_catalogue(connection, ports, version=versions.catalogue)
        self.kept = Kept(self.kept.texts, scorecards, catalogues)


async def follow_decisions(installation: Installation) -> None:
    """Let shadows follow what is decided, in a process that lives as long as there are any; never ends by itself."""
    while True:
        async with installation.reading() as connection:
            is_any = await shadows.is_any_open(connection)
        if is_any:
            async with process_apart() as executor:
                await _follow(installation, Shadowing(executor))
        await asyncio.sleep(1)


async def shadow_decided(installation: Installation) -> int:
    """Let every shadow judge whatever was decided until now, in this process; how much that was."""
    shadowing, count = Shadowing(None, settle_ms=0), 0
    while found := await shadowing.step(installation):
        count += found
    return count


def judge(tasks: Sequence[ToJudge], kept: Kept) -> list[tuple[Beside, ...] | None]:
    """What the shadows say of some decisions."""
    strategies = {version: _compiled(kept.texts[version]) for version in _versions(tasks)}
    return [
        judged_beside(task, strategies=strategies, scorecards=kept.scorecards, catalogues=kept.catalogues)
        for task in tasks
    ]


@lru_cache(maxsize=16)
def _compiled(text: bytes) -> GraphStrategy:
    return read_policy(text, name="shadow")


async def _follow(installation: Installation, shadowing: Shadowing) -> None:
    while True:
        if not await shadowing.step(installation):
            async with installation.reading() as connection:
                if not await shadows.is_any_open(connection):
                    return
            await asyncio.sleep(1)


def _task(one: Decided, places: Sequence[Place], spans: dict[UUID, Span], live: Live) -> ToJudge | None:
    """A decision with the shadows that ran at its instant and have not judged it; None if there are none."""
    line_up = live.line_up(one.decided_at)
    ran = {
        place.use_id: span.use.version
        for place in places
        if place.after_id < one.decision_id and (span := spans.get(place.use_id)) and span.holds(one.decided_at)
    }
    return ToJudge(one.decision_id, one.content, line_up.champion, ran) if ran and line_up else None


async def _legible(connection: Connection, strategies: Strategies, tasks: Sequence[ToJudge]) -> list[ToJudge]:
    """The decisions without the shadows that this program cannot read; none where it cannot read the champion."""
    found = [each for each in _versions(tasks) if await strategies.can_read(connection, version=each)]
    legible = [
        replace(task, shadows={use_id: version for use_id, version in task.shadows.items() if version in found})
        for task in tasks
        if task.champion in found
    ]
    return [task for task in legible if task.shadows]


def _versions(tasks: Sequence[ToJudge]) -> set[str]:
    return {version for task in tasks for version in (task.champion, *task.shadows.values())}


def _is_over(span: Span | None, at: datetime) -> bool:
    """Whether nothing can come any more that was decided while a shadow ran."""
    return span is None or (span.until_at is not None and span.until_at + _OVER_AFTER <= at)


def _first_id(at_ms: int) -> UUID:
    """The least id that can be given out in a millisecond since 1970."""
    return UUID(int=at_ms << _RANDOM_BITS)
