"""`fenqi test`: every check of the project, one after the other, and a summary."""

import os
import re
import shutil
import subprocess
import sys
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated

import typer
from rich.rule import Rule

from fenqi.cli.console import out, say, write_table
from fenqi.cli.exit_code import ExitCode
from fenqi.settings import PROJECT

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


def checks() -> tuple[Check, ...]:
    """What is looked at, in this order: the quick complaints come first."""
    python, tools = sys.executable, Path(sys.executable).parent
    migrations = sorted(str(path.relative_to(PROJECT)) for path in PROJECT.glob("db/migrations/*/up.sql"))
    return (
        Check(title="lint", program=(python, "-m", "ruff", "check", ".")),
        Check(title="format", program=(python, "-m", "ruff", "format", "--check", ".")),
        Check(title="types", program=(str(tools / "basedpyright"),)),
        Check(title="import contracts", program=(str(tools / "lint-imports"), "--no-cache")),
        Check(title="migrations", program=(str(tools / "squawk"), *migrations)),
        Check(title="pages", program=(python, "-m", "fenqi.cli", "web", "check"), slow=True),
        Check(title="tests", program=(python, "-m", "pytest", *IN_TWO, "--durations", "5")),
    )


def command(*, fast: Annotated[bool, typer.Option("--fast", help="Leave out what takes minutes.")] = False) -> ExitCode:
    """Run every check; each runs also when an earlier one failed, and any failure ends in exit code 1."""
    seen = tuple(look(check) for check in checks() if not (fast and check.slow))
    out.print(Rule("summary"))
    rows = [(each.title, "passed" if each.passed else "FAILED", f"{each.seconds:.1f} s", each.counts) for each in seen]
    write_table(("check", "result", "time", "tests"), rows, right=("time",))
    say(last_line(seen))
    return ExitCode.DONE if all(each.passed for each in seen) else ExitCode.CHECK_FAILED


def look(check: Check) -> Seen:
    """Run one check and show what it says as it says it."""
    out.print(Rule(check.title))
    begun = time.monotonic()
    if shutil.which(check.program[0]) is None:
        say(f"{check.program[0]} is not installed")
        return Seen(title=check.title, passed=False, seconds=0.0)
    environment = os.environ | {"PYTHONPATH": str(PROJECT / "src"), "PYTHONUNBUFFERED": "1"}
    counts = ""
    with subprocess.Popen(
        check.program, cwd=PROJECT, env=environment, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
    ) as process:
        for line in process.stdout or ():
            sys.stdout.write(line)
            sys.stdout.flush()
            if ended := _PYTEST_ENDED.match(line):
                counts = ended.group(1)
    passed = process.returncode == 0
    return Seen(title=check.title, passed=passed, seconds=time.monotonic() - begun, counts=counts)


def last_line(seen: Sequence[Seen]) -> str:
    """A line as pytest ends with, in which each check that is no test run counts as one test.

    So a failed lint shows in the last line too, which is all that some readers look at.
    """
    totals: dict[str, int] = {}
    for each in seen:
        words = each.counts or ("1 passed" if each.passed else "1 failed")
        for number, outcome in re.findall(r"(\d+) ([a-z]+)", words):
            totals[outcome] = totals.get(outcome, 0) + int(number)
    told = ", ".join(f"{totals[outcome]} {outcome}" for outcome in sorted(totals))
    return f"===== {told} in {sum(each.seconds for each in seen):.2f}s ====="
