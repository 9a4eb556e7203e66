"""`fenqi soak`: end the service as a power cut would, again and again, and look for what it had promised."""

import asyncio
import json as json_text
import os
import socket
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Annotated, Any
from uuid import UUID

import typer

from fenqi.cli.console import progress, say, write_json
from fenqi.cli.exit_code import ExitCode
from fenqi.cli.running import HOST
from fenqi.simulation.soak import Service, Soaked, soak_decisions
from fenqi.stores.shipped_world import load_world

_SHOWN_MAX = 20

app = typer.Typer(no_args_is_help=True)


@dataclass(frozen=True)
class _Books:
    """What the proof of the books said afterwards."""

    leg_count: int
    findings: list[Any]


@app.callback()
def soak() -> None:
    """End the service as a power cut would, again and again, and look for what it had promised."""


@app.command("decide")
def decide(
    *,
    kills: Annotated[int, typer.Option("--kills", min=1, max=10_000, help="How often the service is killed.")] = 100,
    seed: Annotated[int, typer.Option("--seed", help="Who applies, and at which instants it is killed.")] = 1,
    restart_within: Annotated[float, typer.Option("--restart-within", min=0, help="Seconds a restart may take.")] = 10,
    json: Annotated[bool, typer.Option("--json", help="One JSON object.")] = False,
) -> ExitCode:
    """Kill the service while shoppers apply; exit code 1 if a decision that was told is gone, a count differs from a
    replay of the order log, the books do not hold, or a restart takes too long.

    It runs in a folder of its own that goes afterwards. Half of the kills take the database down as hard as itself.
    """
    with TemporaryDirectory(prefix="fenqi-soak-") as folder:
        service = Service(
            (sys.executable, "-P", "-m", "fenqi.cli", "up"), home=Path(folder) / "home", port=_free_port()
        )
        service.home.mkdir()
        try:
            soaked = asyncio.run(_soak(service, kills=kills, seed=seed))
            books = _prove(service.home)
        finally:
            service.stop()
    holds = not soaked.wrong and not books.findings and max(soaked.restart_seconds) <= restart_within
    if json:
        write_json(_as_dict(soaked, books))
    else:
        _tell(soaked, books, holds=holds)
    return ExitCode.DONE if holds else ExitCode.CHECK_FAILED


async def _soak(service: Service, *, kills: int, seed: int) -> Soaked:
    world = load_world()
    merchant_id = UUID(world["merchant"]["merchant_id"])
    with progress() as shown:
        task = shown.add_task("kills", total=kills)
        return await soak_decisions(
            service,
            kills=kills,
            seed=seed,
            merchant_id=merchant_id,
            phone=world["phones"][0],
            tell=lambda soaked: shown.update(task, completed=soaked.kill_count),
        )


def _prove(home: Path) -> _Books:
    command = (sys.executable, "-P", "-m", "fenqi.cli", "ledger", "verify", "--json")
    settings = {"FENQI_HOME": str(home), "FENQI_DSN": ""}
    done = subprocess.run(command, env=os.environ | settings, check=False, capture_output=True, text=True)
    report = json_text.loads(done.stdout)
    return _Books(report["legs"], report["findings"])


def _as_dict(soaked: Soaked, books: _Books) -> dict[str, Any]:
    times = sorted(soaked.restart_seconds)
    return {
        "kills": soaked.kill_count,
        "with_database": soaked.crash_count,
        "acknowledged": len(soaked.acknowledged),
        "lost_answers": soaked.lost_answer_count,
        "kept_without_answer": soaked.kept_without_answer_count,
        "restart_seconds": {"median": round(times[len(times) // 2], 2), "max": round(times[-1], 2)},
        "replays": soaked.replay_count,
        "wrong": soaked.wrong,
        "legs": books.leg_count,
        "findings": books.findings,
    }


def _tell(soaked: Soaked, books: _Books, *, holds: bool) -> None:
    times = sorted(soaked.restart_seconds)
    say(f"killed {soaked.kill_count} times, {soaked.crash_count} of them with its database")
    say(f"decisions told: {len(soaked.acknowledged)}, every one looked for after the next start and at the end")
    say(f"answers lost: {soaked.lost_answer_count}, {soaked.kept_without_answer_count} of their decisions were kept")
    say(f"answers again after {times[len(times) // 2]:.1f} s at the median, {times[-1]:.1f} s at most")
    say(f"counts held against a replay of the order log: {soaked.replay_count} times")
    say(f"books: {books.leg_count} legs, {len(books.findings)} findings")
    for fault in soaked.wrong[:_SHOWN_MAX]:
        say(f"✗ {fault}")
    say("nothing that was told is lost" if holds else "it does not hold")


def _free_port() -> int:
    with socket.create_server((HOST, 0)) as listener:
        return int(listener.getsockname()[1])
