"""`fenqi ledger`: prove the books."""

import asyncio
import os
from collections.abc import Generator
from contextlib import contextmanager
from dataclasses import asdict, replace
from pathlib import Path
from typing import Annotated

import typer

from fenqi.cli.console import note, say, write_json
from fenqi.cli.database import database
from fenqi.cli.exit_code import ExitCode
from fenqi.cli.running import running_in
from fenqi.gateways.postgres.data_folder import data_folder
from fenqi.services.verify_books import verify_books
from fenqi.settings import Settings, load_settings
from fenqi.stores.database import become_application, snapshot
from fenqi.stores.migration import is_migrated
from fenqi.stores.proof import NOTHING, VerifyReport

_SHOWN_MAX = 20

app = typer.Typer(no_args_is_help=True)


@app.callback()
def ledger() -> None:
    """Prove the books."""


@app.command("verify")
def verify(
    *,
    data: Annotated[
        Path | None, typer.Option("--data", help="Home whose books to prove, as `demo --data` keeps it.")
    ] = None,
    json: Annotated[bool, typer.Option("--json", help="One JSON object.")] = False,
) -> ExitCode:
    """Prove every invariant of the books; nothing is changed. Exit code 1 if anything does not hold."""
    settings = load_settings(os.environ)
    if data is not None:
        settings = replace(settings.given(home=data.expanduser().absolute()), dsn="")
    with _books(settings) as dsn:
        report = asyncio.run(_proved(dsn)) if dsn else NOTHING
    _tell(report, as_json=json)
    if not report.account_count:
        note("there are no books to prove")
        return ExitCode.NOTHING_TO_CHECK
    return ExitCode.DONE if report.is_clean else ExitCode.CHECK_FAILED


@contextmanager
def _books(settings: Settings) -> Generator[str]:
    """Where the books answer: a running service's database, or one started for the proof; empty if there is none."""
    running = running_in(settings.home)
    if running is not None:
        yield running.dsn
    elif settings.dsn or (data_folder(settings.home) / "PG_VERSION").exists():
        with database(settings) as opened:
            yield opened.dsn
    else:
        yield ""


async def _proved(dsn: str) -> VerifyReport:
    async with snapshot(dsn) as connection:
        if not await is_migrated(connection):
            return NOTHING
        await become_application(connection)
        return await verify_books(connection)


def _tell(report: VerifyReport, *, as_json: bool) -> None:
    counts = {
        "accounts": report.account_count,
        "legs": report.leg_count,
        "transactions": report.transaction_count,
        "holds": report.hold_count,
        "loans": report.loan_count,
    }
    if as_json:
        write_json({**counts, "findings": [asdict(finding) for finding in report.findings]})
        return
    say("looked at " + ", ".join(f"{count} {what}" for what, count in counts.items()))
    for finding in report.findings[:_SHOWN_MAX]:
        say(f"{finding.invariant}: {finding.subject}: {finding.what}")
    if report.account_count:
        say("every invariant holds" if report.is_clean else f"{len(report.findings)} findings: the books do not hold")
