"""`fenqi cases`: worked cases, run against the real core."""

import json as json_format
from collections import Counter
from pathlib import Path
from typing import Annotated, Any

import typer

from fenqi.cases.outcome import Outcome, Verdict
from fenqi.cases.run import CasesUnreadable, run
from fenqi.cli.console import say, write_json
from fenqi.cli.exit_code import ExitCode


def command(
    file: Annotated[Path, typer.Argument(help="A file of worked cases, of annual rates or of loans.")],
    *,
    only: Annotated[str | None, typer.Option("--only", metavar="ID", help="Run one case.")] = None,
    json: Annotated[bool, typer.Option("--json", help="One JSON object.")] = False,
) -> ExitCode:
    """Run worked cases and say of each whether it passes; the exit code is 0 only if all do."""
    outcomes: list[Outcome] = []
    for outcome in run(_read(file), only=only):
        outcomes.append(outcome)
        if not json:
            say(str(outcome))
    counts = Counter(outcome.verdict for outcome in outcomes)
    if json:
        cases = [{"id": found.case_id, "verdict": found.verdict, "why": found.why} for found in outcomes]
        write_json({"cases": cases, **{verdict.value: counts[verdict] for verdict in Verdict}})
    else:
        say(", ".join(f"{counts[verdict]} {verdict}" for verdict in Verdict))
    if not outcomes:
        return ExitCode.NOTHING_TO_CHECK
    return ExitCode.DONE if counts[Verdict.HOLDS] == len(outcomes) else ExitCode.CHECK_FAILED


def _read(file: Path) -> Any:
    try:
        return json_format.loads(file.read_text("utf-8"))
    except (OSError, UnicodeDecodeError, ValueError) as unreadable:
        raise CasesUnreadable(f"{file} cannot be read: {unreadable}", allowed="a JSON file") from unreadable
