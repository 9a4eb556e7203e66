"""The loops of a running installation: what must happen later happens here, and nowhere else."""

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from functools import partial

import structlog
from psycopg import InterfaceError, OperationalError
from psycopg_pool import PoolTimeout

from fenqi.batch.bill_due import bill_due
from fenqi.batch.book_risk import book_risk_due
from fenqi.batch.close_day import catch_up
from fenqi.batch.collect_due import collect_due
from fenqi.batch.debit_due import debit_due
from fenqi.batch.refresh_limits import refresh_limits_due
from fenqi.batch.report_credit import foretell_reports, report_credit
from fenqi.batch.return_overpaid import return_overpaid
from fenqi.batch.send_notice import plan_reminders, send_due_notices
from fenqi.batch.send_payment import ask_unresolved
from fenqi.batch.value_month import value_months
from fenqi.batch.warn_due import warn_due
from fenqi.batch.watch_complaint import watch_complaints
from fenqi.batch.watch_hardship import watch_hardship
from fenqi.core.ledger.account import BUCKET_COUNT
from fenqi.core.refusal import Broken, Refusal, Unavailable
from fenqi.services.snooze_rule import refresh_snoozes
from fenqi.services.work_on_case import escalate_late_cases
from fenqi.stores.database import pause
from fenqi.velocity.keep import kept_of, save_kept
from fenqi.wiring import Installation
from fenqi.workers.back_test import run_back_test
from fenqi.workers.expiry import expire_due
from fenqi.workers.outbox import deliver_due
from fenqi.workers.shadow import follow_decisions, shadow_decided
from fenqi.workers.strategy_check import check_proposed
from fenqi.workers.warning_trial import run_warning_trial

EVERY_BUCKET = range(BUCKET_COUNT)
_CASES_AT_ONCE = 50
_log = structlog.get_logger()


@dataclass(frozen=True)
class Loop:
    """One kind of later work: how often it is looked for when there was none."""

    name: str
    pause_seconds: float
    step: Callable[[Installation], Awaitable[int]]


async def _deliver(installation: Installation) -> int:
    return await deliver_due(installation, lane=EVERY_BUCKET)


async def _expire(installation: Installation) -> int:
    return await expire_due(installation, lane=EVERY_BUCKET)


async def _escalate(installation: Installation) -> int:
    async with installation.transaction() as connection:
        return await escalate_late_cases(connection, installation.ports, limit=_CASES_AT_ONCE)


async def _watch(installation: Installation) -> int:
    return await watch_hardship(installation, lane=EVERY_BUCKET)


async def _watch_complaints(installation: Installation) -> int:
    return await watch_complaints(installation, lane=EVERY_BUCKET)


async def _wake(installation: Installation) -> int:
    async with installation.reading() as connection:
        await refresh_snoozes(connection, installation.ports)
    return 0


async def _keep(installation: Installation) -> int:
    if installation.kept_orders is not None:
        await asyncio.to_thread(save_kept, kept_of(installation.orders.streams), installation.kept_orders)
    return 0


async def _ask(installation: Installation) -> int:
    return await ask_unresolved(installation, lane=EVERY_BUCKET)


async def _close(installation: Installation) -> int:
    return await catch_up(installation, lane=EVERY_BUCKET)


async def _value(installation: Installation) -> int:
    return await value_months(installation, lane=EVERY_BUCKET)


async def _collect(installation: Installation) -> int:
    return await collect_due(installation, lane=EVERY_BUCKET)


async def _grade(installation: Installation) -> int:
    return await book_risk_due(installation, lane=EVERY_BUCKET)


async def _warn(installation: Installation) -> int:
    return await warn_due(installation, lane=EVERY_BUCKET)


async def _refresh_limits(installation: Installation) -> int:
    return await refresh_limits_due(installation, lane=EVERY_BUCKET)


async def _foretell(installation: Installation) -> int:
    return await foretell_reports(installation, lane=EVERY_BUCKET)


async def _report(installation: Installation) -> int:
    return await report_credit(installation, lane=EVERY_BUCKET)


async def _bill(installation: Installation) -> int:
    return await bill_due(installation, lane=EVERY_BUCKET)


async def _debit(installation: Installation) -> int:
    return await debit_due(installation, lane=EVERY_BUCKET)


async def _return(installation: Installation) -> int:
    return await return_overpaid(installation, lane=EVERY_BUCKET)


async def _remind(installation: Installation) -> int:
    return await plan_reminders(installation, lane=EVERY_BUCKET)


async def _tell(installation: Installation) -> int:
    return await send_due_notices(installation, lane=EVERY_BUCKET)


async def _post_notices(installation: Installation) -> int:
    return await installation.post_stand_in_notices()


LOOPS = (
    Loop("outbox", 1, _deliver),
    Loop("snoozes", 60, _wake),
    Loop("keeping", 3600, _keep),
    Loop("expiry", 30, _expire),
    Loop("cases", 60, _escalate),
    Loop("hardship", 60, _watch),
    Loop("complaints", 60, _watch_complaints),
    Loop("payments", 5, _ask),
    Loop("notices", 2, _post_notices),
    Loop("days", 60, _close),
    Loop("values", 60, _value),
    Loop("collections", 60, _collect),
    Loop("risk", 300, _grade),
    Loop("warnings", 10, _warn),
    Loop("limits", 60, _refresh_limits),
    Loop("credit notices", 300, _foretell),
    Loop("credit reports", 300, _report),
    Loop("bills", 60, _bill),
    Loop("debits", 60, _debit),
    Loop("returns", 300, _return),
    Loop("reminders", 300, _remind),
    Loop("messages", 5, _tell),
    Loop("strategy checks", 2, check_proposed),
    Loop("back-tests", 2, run_back_test),
    Loop("warning trials", 2, run_warning_trial),
)


async def run_loops(installation: Installation) -> None:
    """Run every loop until cancelled."""
    async with asyncio.TaskGroup() as group:
        group.create_task(_follow("strategies", installation.follow_strategies), name="strategies")
        group.create_task(_follow("shadows", partial(follow_decisions, installation)), name="shadows")
        for loop in LOOPS:
            group.create_task(_run(loop, installation), name=loop.name)


async def step_all(installation: Installation) -> dict[str, int]:
    """Run every loop once, in order: what a demo on a manual clock does instead of waiting."""
    found = {loop.name: await loop.step(installation) for loop in LOOPS}
    return found | {"shadows": await shadow_decided(installation)}


async def _follow(name: str, follow: Callable[[], Awaitable[None]]) -> None:
    """Follow who decides, or what was decided, again and again; while the database does not answer, nothing changes."""
    while True:
        try:
            await follow()
        except (OperationalError, InterfaceError, PoolTimeout) as error:
            _log.warning("loop failed", loop=name, what=str(error))
        except Exception:
            _log.exception("loop failed for a fault of ours", loop=name)
        await pause(1)


async def _run(loop: Loop, installation: Installation) -> None:
    """What fails is told and tried again after the pause; an invariant that is broken ends the process."""
    while True:
        try:
            found = await loop.step(installation)
        except Broken:
            raise
        except (Refusal, Unavailable, OperationalError, InterfaceError, PoolTimeout) as error:
            _log.warning("loop failed", loop=loop.name, what=str(error))
            found = 0
        except Exception:
            _log.exception("loop failed for a fault of ours", loop=loop.name)
            found = 0
        if not found:
            await pause(loop.pause_seconds)
