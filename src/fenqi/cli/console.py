"""What commands write: results to standard output, progress and complaints to standard error."""

import json
import sys
from collections.abc import Generator, Mapping, Sequence
from contextlib import contextmanager
from typing import Any

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, SpinnerColumn, TextColumn, TimeElapsedColumn
from rich.table import Table
from rich.text import Text

from fenqi.core.refusal import Broken, Refusal, Unavailable

out = Console(highlight=False, soft_wrap=True)
err = Console(stderr=True, highlight=False, soft_wrap=True)


def write_json(value: object) -> None:
    """Write one JSON document to standard output."""
    sys.stdout.write(json.dumps(value, ensure_ascii=False, default=str) + "\n")


def say(line: str) -> None:
    """Write a line of the result as it is, without reading markup in it."""
    out.print(line, markup=False)


def note(line: str) -> None:
    """Write a line that is not part of the result."""
    err.print(line, markup=False)


def write_table(heads: Sequence[str], rows: Sequence[Sequence[str]], *, right: Sequence[str] = ()) -> None:
    """Write rows under their heads; the columns named in `right` hold numbers."""
    table = Table(box=None, pad_edge=False, header_style="bold")
    for head in heads:
        table.add_column(head, justify="right" if head in right else "left", overflow="fold")
    for row in rows:
        table.add_row(*(Text(cell) for cell in row))
    out.print(table)


@contextmanager
def progress() -> Generator[Progress]:
    """A progress display on standard error: `task = shown.add_task("…", total=n)`, then `shown.advance(task)`."""
    columns = (
        SpinnerColumn(),
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        TimeElapsedColumn(),
    )
    with Progress(*columns, console=err, transient=not err.is_terminal) as shown:
        yield shown


def no_as_dict(error: Refusal | Unavailable | Broken) -> Mapping[str, Any]:
    """The JSON object of a no, under the name of its kind."""
    if isinstance(error, Refusal):
        return {"refusal": error.as_dict()}
    if isinstance(error, Unavailable):
        return {"unavailable": {"code": error.code, "what": error.what, "retry": error.retry}}
    return {"broken": {"what": str(error)}}


def write_no(error: Refusal | Unavailable | Broken, *, as_json: bool) -> None:
    """Tell why a command did not do what was asked."""
    if as_json:
        write_json(no_as_dict(error))
        return
    if isinstance(error, Refusal):
        head, lines = f"refused ({error.code})", _reasons(error)
    elif isinstance(error, Unavailable):
        head, lines = "unavailable", [error.what, *(["Trying again may help."] if error.retry else [])]
    else:
        head, lines = "broken", [f"an invariant does not hold: {error}"]
    err.print(Text(f"{head}: ", style="bold red") + Text("\n  ".join(lines)))


def _reasons(error: Refusal) -> list[str]:
    allowed = [f"allowed: {error.allowed}"] if error.allowed else []
    source = [f"source: {error.source}"] if error.source else []
    return [error.what, *allowed, *source]
