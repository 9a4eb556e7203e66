"""`fenqi test`: every check of the project, and a summary."""

import os
import re
import shutil
import subprocess
import sys
import time
from collections.abc import Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from threading import Lock
from typing import Annotated

import typer
from rich.rule import Rule

from fenqi.cli.console import out, say, write_table
from fenqi.cli.exit_code import ExitCode
from fenqi.settings import PROJECT

AT_ONCE = 2
_ONE_AT_A_TIME = Lock()
_PYTEST_ENDED = re.compile(r"^=*\s*((?:\d+ [a-z]+(?:, )?)+) in [\d.]+s")


IN_TWO = ("-n", "2", "--dist", "loadfile", "--no-loadscope-reorder")
"""Two workers, a file's tests together; the order of the files is that of tests/conftest.py, long ones first."""


@dataclass(frozen=True, kw_only=True)
class Check:
    """One thing that is looked at, by a program that ends with 0 if all is well."""

    title: str
    program: tuple[str, ...]
    slow: bool = False


@dataclass(frozen=True, kw_only=True)
class Seen:
    """What came of a check; `counts` are pytest's own words, if it was pytest."""

    title: str
    passed: bool
    seconds: float
    counts: str = ""


TESTS = Check(title="tests", program=(sys.executable, "-m", "pytest", *IN_TWO, "--durations", "5"))


def checks() -> tuple[Check, ...]:
    """What is looked at beside one another before the tests are; what takes longest begins first."""
    python, tools = sys.executable, Path(sys.executable).parent
    migrations = sorted(str(path.relative_to(PROJECT)) for path in PROJECT.glob("db/migrations/*/up.sql"))
    return (
        Check(title="pages", program=(python, "-m", "fenqi.cli", "web", "check"), slow=True),
        Check(title="types", program=(str(tools / "basedpyright"),)),
        Check(title="lint", program=(python, "-m", "ruff", "check", ".")),
        Check(title="format", program=(python, "-m", "ruff", "format", "--check", ".")),
        Check(title="import contracts", program=(str(tools / "lint-imports"), "--no-cache")),
        Check(title="migrations", program=(str(tools / "squawk"), *migrations)),
    )


def command(*, fast: Annotated[bool, typer.Option("--fast", help="Leave out what takes minutes.")] = False) -> ExitCode:
    """Run every check; each runs also when an earlier one failed, and any failure ends in exit code 1."""
    begun = time.monotonic()
    with ThreadPoolExecutor(AT_ONCE) as beside:
        seen = list(beside.map(partial(look, at_its_end=True), (each for each in checks() if not (fast and each.slow))))
    seen.append(look(TESTS))
    out.print(Rule("summary"))
    rows = [(each.title, "passed" if each.passed else "FAILED", f"{each.seconds:.1f} s", each.counts) for each in seen]
    write_table(("check", "result", "time", "tests"), rows, right=("time",))
    say(last_line(seen, seconds=time.monotonic() - begun))
    return ExitCode.DONE if all(each.passed for each in seen) else ExitCode.CHECK_FAILED


def look(check: Check, *, at_its_end: bool = False) -> Seen:
    """Run one check and show what it says, as it says it or all together at its end."""
    begun = time.monotonic()
    if shutil.which(check.program[0]) is None:
        _show(check, [f"{check.program[0]} is not installed\n"])
        return Seen(title=check.title, passed=False, seconds=0.0)
    environment = os.environ | {"PYTHONPATH": str(PROJECT / "src"), "PYTHONUNBUFFERED": "1"}
    with subprocess.Popen(
        check.program, cwd=PROJECT, env=environment, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
    ) as process:
        lines = process.stdout or ()
        counts = _show(check, list(lines) if at_its_end else lines)
    passed = process.returncode == 0
    return Seen(title=check.title, passed=passed, seconds=time.monotonic() - begun, counts=counts)


def _show(check: Check, lines: Iterable[str]) -> str:
    """Print what a check says under its title; pytest's own counts, if it was pytest."""
    counts = ""
    with _ONE_AT_A_TIME:
        out.print(Rule(check.title))
        for line in lines:
            sys.stdout.write(line)
            sys.stdout.flush()
            if ended := _PYTEST_ENDED.match(line):
                counts = ended.group(1)
    return counts


def last_line(seen: Sequence[Seen], *, seconds: float) -> str:
    """A line as pytest ends with, in which each check that is no test run counts as one test.

    So a failed lint shows in the last line too, which is all that some readers look at.
    """
    totals: dict[str, int] = {}
    for each in seen:
        words = each.counts or ("1 passed" if each.passed else "1 failed")
        for number, outcome in re.findall(r"(\d+) ([a-z]+)", words):
            totals[outcome] = totals.get(outcome, 0) + int(number)
    told = ", ".join(f"{totals[outcome]} {outcome}" for outcome in sorted(totals))
    return f"===== {told} in {seconds:.2f}s ====="
