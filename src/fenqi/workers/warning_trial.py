"""The loop that tries warning strategies on all that was ever seen: page by page, in a process of its own."""

from collections.abc import AsyncIterator, Sequence
from dataclasses import dataclass, field, fields
from datetime import date, timedelta
from itertools import groupby
from operator import attrgetter
from typing import Any
from uuid import UUID

from fenqi.core.ledger.account import BUCKET_COUNT
from fenqi.core.refusal import Refusal
from fenqi.core.warning.signs import Signs
from fenqi.core.warning.strategy import WarningStrategy
from fenqi.core.warning.trial import ALL, Figure, Outcome, PastCustomer, SeenDay, Tried, try_strategy, unseen
from fenqi.services.warning_rules import warning_strategy_of
from fenqi.stores import warning_rules
from fenqi.stores.warning_rules import BehindDay, SeenSigns, WarningTrial
from fenqi.wiring import Installation
from fenqi.workers.apart import done_apart, process_apart
from fenqi.workers.back_test import SILENT_SECONDS

_CUSTOMERS_AT_ONCE = 2_000
_FIRST = UUID(int=0)
_SIGNS = tuple(part.name for part in fields(Signs))


@dataclass
class _Found:
    """What the parts have come to so far: of the proposed strategy first, then of the one in force."""

    tried: list[Tried]
    sign_count: int = 0
    from_on: date | None = None
    beyond: dict[str, int] = field(default_factory=dict[str, int])

    def take_in(self, part: Sequence[Tried], rows: Sequence[SeenSigns]) -> None:
        """Add what some customers came to."""
        for sum_of, one in zip(self.tried, part, strict=True):
            sum_of.take_in(one)
        self.sign_count += len(rows)
        for row in rows:
            self.from_on = min(self.from_on or row.seen_on, row.seen_on)
            self.beyond["used_percent"] = max(self.beyond.get("used_percent", 0), row.used_beyond)
            self.beyond["used_percent_rise"] = max(self.beyond.get("used_percent_rise", 0), row.rise_beyond)

    @property
    def customer_count(self) -> int:
        """Of how many customers anything was seen."""
        return self.tried[0].customer_count

    def record(self, proposed: WarningStrategy) -> dict[str, Any]:
        """The figures as they are kept and shown."""
        shown = [_tried_record(one) for one in self.tried]
        return {
            "from_on": None if self.from_on is None else self.from_on.isoformat(),
            "sign_count": self.sign_count,
            "customer_count": self.customer_count,
            "outcome_days": proposed.outcome_days,
            "outcome_days_late": proposed.outcome_days_late,
            "unseen": list(unseen(proposed, self.beyond)),
            "proposed": shown[0],
            "present": shown[1] if len(shown) > 1 else None,
        }


async def run_warning_trial(installation: Installation) -> int:
    """Run the trial that has waited longest; how many there were.

    A trial whose process died is begun again by whoever finds it silent.
    """
    wall = installation.ports.wall
    async with installation.transaction() as connection:
        silent_since = wall.now() - timedelta(seconds=SILENT_SECONDS)
        trial = await warning_rules.take(connection, at=wall.now(), silent_since=silent_since)
    if trial is None:
        return 0
    fault, result = "", None
    try:
        result = await _tried(installation, trial)
    except Refusal as refusal:
        fault = f"{refusal.code}: {refusal.what}"
    async with installation.transaction() as connection:
        await warning_rules.end(connection, trial_id=trial.trial_id, at=wall.now(), fault=fault, result=result)
    return 1


async def _tried(installation: Installation, trial: WarningTrial) -> dict[str, Any]:
    async with installation.reading() as connection:
        versions = (trial.version, *([trial.against] if trial.against else []))
        strategies = [await warning_strategy_of(connection, version=version) for version in versions]
    proposed, found = strategies[0], _Found([Tried() for _ in strategies])
    outcome = Outcome(days=proposed.outcome_days, until_on=trial.until_on)
    async with process_apart() as executor:
        for b in range(BUCKET_COUNT):
            async for rows, behind in _history(installation, proposed, outcome, b=b):
                found.take_in(await done_apart(executor, _part, strategies, rows, behind, outcome), rows)
                await _go_on(installation, trial, found, lane_count=b)
    await _go_on(installation, trial, found, lane_count=BUCKET_COUNT)
    return found.record(proposed)


async def _history(
    installation: Installation, proposed: WarningStrategy, outcome: Outcome, *, b: int
) -> AsyncIterator[tuple[Sequence[SeenSigns], Sequence[BehindDay]]]:
    """A bucket's history, so many whole customers at a time."""
    after_id = _FIRST
    while True:
        async with installation.reading() as connection:
            rows = await warning_rules.signs(connection, b=b, after_id=after_id, limit=_CUSTOMERS_AT_ONCE)
            if not rows:
                return
            behind = await warning_rules.behind(
                connection,
                b=b,
                customer_ids=sorted({row.customer_id for row in rows}),
                days_late=proposed.outcome_days_late,
                until_on=outcome.until_on,
            )
        yield rows, behind
        after_id = rows[-1].customer_id


def _part(
    strategies: Sequence[WarningStrategy], rows: Sequence[SeenSigns], behind: Sequence[BehindDay], outcome: Outcome
) -> list[Tried]:
    fell: dict[UUID, list[date]] = {}
    for day in behind:
        fell.setdefault(day.customer_id, []).append(day.behind_on)
    customers = [
        PastCustomer([SeenDay(row.seen_on, _signs(row)) for row in days], fell.get(customer_id, []))
        for customer_id, days in groupby(rows, key=attrgetter("customer_id"))
    ]
    return [try_strategy(customers, strategy, outcome=outcome) for strategy in strategies]


def _signs(row: SeenSigns) -> Signs:
    return Signs(**{name: getattr(row, name) for name in _SIGNS})


async def _go_on(installation: Installation, trial: WarningTrial, found: _Found, *, lane_count: int) -> None:
    async with installation.transaction() as connection:
        await warning_rules.go_on(
            connection,
            trial_id=trial.trial_id,
            customer_count=found.customer_count,
            lane_count=lane_count,
            at=installation.ports.wall.now(),
        )


def _tried_record(tried: Tried) -> dict[str, Any]:
    return {
        "behind_count": tried.behind_count,
        "foretold_count": tried.foretold_count,
        "lines": [_figure_record(name, found) for name, found in tried.figures.items() if found.count or name == ALL],
    }


def _figure_record(name: str, figure: Figure) -> dict[str, Any]:
    return {
        "rung": str(name),
        "count": figure.count,
        "judged_count": figure.judged_count,
        "true_count": figure.true_count,
        "precision_permille": figure.precision_permille,
        "lead_days": figure.lead_days,
    }
