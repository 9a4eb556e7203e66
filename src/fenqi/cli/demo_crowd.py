"""The demo's crowd on the terminal: who applies, the months they live through, and the report."""

import asyncio
import os
import time
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import uvloop
from rich.progress import Progress, TaskID

from fenqi.cli.console import err, note, out, progress, write_json
from fenqi.cli.crowd_page import write_page
from fenqi.cli.crowd_table import report_lines, write_report
from fenqi.cli.demo_text import KEPT, Language, said
from fenqi.cli.stage import stage
from fenqi.learning.dataset import DatasetAbsent, folders_of, load_taiwan
from fenqi.learning.taiwan import FEN_PER_DOLLAR, LICENCE, SOURCE
from fenqi.settings import load_settings
from fenqi.simulation.applicant import FIRST_ORDER_ON, Applicant, Population, pick
from fenqi.simulation.buying import Good
from fenqi.simulation.caller import Json
from fenqi.simulation.crowd import STARTS_AT, Played, play_crowd
from fenqi.simulation.crowd_check import checks_of, checks_of_complaints, checks_of_life, failed
from fenqi.simulation.crowd_life import Profit, life_of, profit_of
from fenqi.simulation.crowd_report import arrears_by_month, followed, money, reasons_given, selected
from fenqi.simulation.expectation import Check
from fenqi.simulation.population import generate_customers
from fenqi.simulation.world import World
from fenqi.stores.shipped_world import load_world


@dataclass(frozen=True)
class Asked:
    """What was asked for."""

    customers: int
    seed: int
    months: int
    language: Language


@dataclass(frozen=True)
class CrowdReport:
    """Everything that the demo says of a crowd."""

    asked: Asked
    population: Population
    record: dict[str, Any]
    checks: tuple[Check, ...]

    @property
    def failed(self) -> tuple[Check, ...]:
        """What does not hold."""
        return failed(self.checks)


def applicants(asked: Asked) -> tuple[Applicant, ...]:
    """Real people of the hold-out part if the data is here, else a generated population of the same size."""
    try:
        customers = load_taiwan(folders=folders_of(load_settings(os.environ)))
    except DatasetAbsent:
        generated = generate_customers(asked.customers, seed=asked.seed)
        return pick(generated, Population.GENERATED, count=asked.customers, seed=asked.seed)
    return pick(customers, Population.TAIWAN, count=asked.customers, seed=asked.seed)


def play(dsn: str, home: Path, asked: Asked, people: tuple[Applicant, ...]) -> CrowdReport:
    """Play the crowd in an empty database, showing how far it is."""
    with progress() as shown, asyncio.Runner(loop_factory=uvloop.new_event_loop) as runner:
        return runner.run(_play(dsn, home, asked, people, _Shown(shown)))


def tell(report: CrowdReport, *, kept_in: Path | None, page: Path, as_json: bool) -> None:
    """Write the report, or all of it as one JSON object; and the page with its plots."""
    record = report.record | {
        "checks": {"count": len(report.checks), "failed": [asdict(check) for check in report.failed]},
        "holds": not report.failed,
        "kept_in": kept_in,
        "page": page,
    }
    language = report.asked.language
    write_page(page, record, told=report_lines(record, language=language), language=language)
    if as_json:
        write_json(record)
    else:
        write_report(record, language=language)
        if kept_in is not None:
            out.print(said(KEPT, language, folder=kept_in), markup=False)


class _Shown:
    """The phases of a crowd as tasks of a progress display."""

    def __init__(self, shown: Progress) -> None:
        self._shown = shown
        self._task: TaskID | None = None

    def phase(self, name: str, *, total: int) -> None:
        """Begin a task; where no display can be shown, a line says so."""
        if not err.is_terminal:
            note(name)
        self._task = self._shown.add_task(f"{name:<36}", total=total)

    def step(self) -> None:
        """Advance the task that was begun last."""
        if self._task is not None:
            self._shown.advance(self._task)


async def _play(dsn: str, home: Path, asked: Asked, people: tuple[Applicant, ...], shown: _Shown) -> CrowdReport:
    begun = time.monotonic()
    async with stage(dsn=dsn, home=home, starts_at=STARTS_AT) as world:
        goods = _goods(asked.language)
        played = await play_crowd(world, people, goods, seed=asked.seed, months=asked.months, progress=shown)
        shown.phase("proving the books", total=1)
        await world.work()
        books = await world.staff["finance"].post("/staff/ledger/verifications", {})
        life = await life_of(world, played, first_on=FIRST_ORDER_ON, months=asked.months)
        shown.step()
        return await _reported(
            world, played, asked, people[0].population, books=books, life=life, seconds=time.monotonic() - begun
        )


def _goods(language: Language) -> tuple[Good, ...]:
    name = "name_zh" if language is Language.ZH else "name_en"
    return tuple(Good(phone["sku"], phone[name], phone["price_minor"]) for phone in load_world()["phones"])


async def _reported(
    world: World,
    played: Played,
    asked: Asked,
    population: Population,
    *,
    books: Json,
    life: Json,
    seconds: float,
) -> CrowdReport:
    balances = await world.balances()
    selection, kept = selected(played.members), followed(played.members)
    earned = money(played.members, balances, on=played.last_on)
    record: dict[str, Any] = {
        "population": population.value,
        "is_generated": population is Population.GENERATED,
        "source": "" if population is Population.GENERATED else f"{SOURCE}; {LICENCE}",
        "customers": len(played.members),
        "seed": asked.seed,
        "months": asked.months,
        "first_order_on": FIRST_ORDER_ON,
        "last_on": played.last_on,
        "fen_per_new_taiwan_dollar": FEN_PER_DOLLAR,
        "selection": asdict(selection) | {"separates": selection.separates},
        "reasons": reasons_given(played.members, language=asked.language.value),
        "arrears": [
            {"on": month.on, "origin": month.origin, "loans": month.loans} for month in arrears_by_month(played.members)
        ],
        "followed": asdict(kept),
        "money": asdict(earned) | {"earned_minor": earned.earned_minor, "lost_minor": earned.lost_minor},
        "life": life | {"profit": _profit_record(profit_of(earned, life))},
        "days_closed": world.closed_days,
        "books": books,
        "seconds": round(seconds, 1),
    }
    checks = (
        *checks_of(played, selection=selection, followed=kept, balances=balances, heard=world.heard, books=books),
        *checks_of_life(played, life=life, balances=balances),
        *checks_of_complaints(played, life=life),
    )
    return CrowdReport(asked, population, record, checks)


def _profit_record(profit: Profit) -> dict[str, int]:
    return asdict(profit) | {"profit_minor": profit.profit_minor}
