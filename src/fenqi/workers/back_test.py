"""The loop that tries strategies on the past: bucket by bucket, computed in a process of its own."""

from collections.abc import AsyncIterator, Iterable, Sequence
from dataclasses import asdict, dataclass, field
from datetime import date, datetime, time, timedelta
from itertools import islice
from typing import Any
from uuid import UUID

import msgspec

from fenqi.core.decision.past import Change, Kept, Tested, Then, decided_anew
from fenqi.core.decision.record import versions_of_record
from fenqi.core.decision.scorecard import Scorecard
from fenqi.core.ledger.account import BUCKET_COUNT
from fenqi.core.product.catalogue import Catalogue
from fenqi.core.refusal import Refusal
from fenqi.core.strategy.backtest import Moved, SegmentFigure, merged_figures, merged_moves
from fenqi.services.publish_strategy import find_strategy
from fenqi.services.replay_stored_decision import kept_catalogue, kept_scorecard
from fenqi.stores import back_test as tests
from fenqi.stores import strategy as strategies
from fenqi.stores.back_test import BackTestRow
from fenqi.wiring import SHANGHAI, Installation
from fenqi.workers.apart import done_apart, process_apart

PART_SIZE = 2_000
CHANGES_MAX = 500
"""So many of the decisions that would change are kept by name; all are counted."""
SILENT_SECONDS = 120
_NOTHING = UUID(int=0)


@dataclass
class _Found:
    """What the parts have come to so far, and what the decisions in them were made with."""

    segments: tuple[SegmentFigure, ...] = ()
    moved: tuple[Moved, ...] = ()
    changes: list[Change] = field(default_factory=list[Change])
    decision_count: int = 0
    texts: dict[str, bytes] = field(default_factory=dict[str, bytes])
    scorecards: dict[str, Scorecard] = field(default_factory=dict[str, Scorecard])
    catalogues: dict[str, Catalogue] = field(default_factory=dict[str, Catalogue])

    def take_in(self, part: Tested, count: int) -> None:
        """Add what another part of the past came to."""
        self.segments = merged_figures((*self.segments, *part.segments))
        self.moved = merged_moves((*self.moved, *part.moved))
        self.changes.extend(islice(part.changes, CHANGES_MAX - len(self.changes)))
        self.decision_count += count

    def record(self) -> dict[str, Any]:
        """The figures as they are kept and shown."""
        return {
            "segments": [_segment_record(one) for one in self.segments],
            "moved": [_moved_record(one) for one in self.moved],
            "changes": [asdict(one) | {"reasons": list(one.reasons)} for one in self.changes],
        }


async def run_back_test(installation: Installation) -> int:
    """Run the test that has waited longest; how many there were.

    A test whose process died is begun again by whoever finds it silent.
    """
    wall = installation.ports.wall
    async with installation.transaction() as connection:
        silent_since = wall.now() - timedelta(seconds=SILENT_SECONDS)
        test = await tests.take(connection, at=wall.now(), silent_since=silent_since)
    if test is None:
        return 0
    try:
        found = await _tested(installation, test)
    except (Refusal, ArithmeticError, LookupError, TypeError, ValueError, msgspec.ValidationError) as fault:
        await _end(installation, test, state="failed", fault=f"{type(fault).__name__}: {fault}")
    else:
        if found is not None:
            await _end(installation, test, state="done", result=found.record())
    return 1


async def _tested(installation: Installation, test: BackTestRow) -> _Found | None:
    """The figures of the whole period; None if somebody cancelled it."""
    found = _Found()
    async with installation.reading() as connection:
        text = (await find_strategy(connection, version=test.version)).content
    async with process_apart() as executor:
        async for lane_count, rows in _parts(installation, test):
            await _look_up(installation, found, rows)
            kept = Kept(found.texts, found.scorecards, found.catalogues)
            found.take_in(await done_apart(executor, _part, text, rows, kept, test.loss_percent), len(rows))
            if not await _goes_on(installation, test, found, lane_count):
                return None
    return found


def _part(text: bytes, then: Sequence[Then], kept: Kept, loss_percent: int) -> Tested:
    return decided_anew(text, then, kept=kept, loss_percent=loss_percent)


async def _parts(installation: Installation, test: BackTestRow) -> AsyncIterator[tuple[int, Sequence[Then]]]:
    """The decisions of the period, a few thousand at a time, and of how many buckets they are the last."""
    gathered: list[Then] = []
    for b in range(BUCKET_COUNT):
        after = _NOTHING
        while rows := await _decided(installation, test, b=b, after=after):
            gathered.extend(rows)
            after = rows[-1].decision_id
            if len(gathered) >= PART_SIZE:
                yield b, gathered
                gathered = []
    yield BUCKET_COUNT, gathered


async def _decided(installation: Installation, test: BackTestRow, *, b: int, after: UUID) -> tuple[Then, ...]:
    async with installation.reading() as connection:
        return await tests.decided(
            connection,
            b=b,
            after=after,
            from_at=_begins(test.from_on),
            until_at=_begins(test.until_on + timedelta(days=1)),
            most=PART_SIZE,
        )


def _begins(on: date) -> datetime:
    return datetime.combine(on, time(), tzinfo=SHANGHAI)


async def _look_up(installation: Installation, found: _Found, rows: Iterable[Then]) -> None:
    """Keep at hand every strategy, score and catalogue that these decisions name.

    Raises: VersionNotKept.
    """
    async with installation.reading() as connection:
        for versions in {versions_of_record(row.content) for row in rows}:
            if versions.strategy not in found.texts:
                stored = await strategies.find(connection, version=versions.strategy)
                found.texts |= {} if stored is None else {versions.strategy: stored.content}
            ports = installation.ports
            if versions.scorecard not in found.scorecards:
                kept = await kept_scorecard(connection, ports, version=versions.scorecard)
                found.scorecards[versions.scorecard] = kept
            if versions.catalogue not in found.catalogues:
                known = await kept_catalogue(connection, ports, version=versions.catalogue)
                found.catalogues[versions.catalogue] = known


async def _goes_on(installation: Installation, test: BackTestRow, found: _Found, lane_count: int) -> bool:
    async with installation.transaction() as connection:
        return await tests.go_on(
            connection,
            back_test_id=test.back_test_id,
            decision_count=found.decision_count,
            lane_count=lane_count,
            at=installation.ports.wall.now(),
        )


async def _end(
    installation: Installation,
    test: BackTestRow,
    *,
    state: str,
    fault: str = "",
    result: dict[str, Any] | None = None,
) -> None:
    async with installation.transaction() as connection:
        await tests.end(
            connection,
            back_test_id=test.back_test_id,
            state=state,
            at=installation.ports.wall.now(),
            fault=fault,
            result=result,
        )


def _segment_record(one: SegmentFigure) -> dict[str, Any]:
    return asdict(one) | {"approval_permille": one.approval_permille, "bad_permille": one.bad_permille}


def _moved_record(one: Moved) -> dict[str, Any]:
    return asdict(one) | {"reasons": [{"code": code, "count": count} for code, count in one.reasons]}
