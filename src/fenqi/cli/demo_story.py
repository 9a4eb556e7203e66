"""The demo's story on the terminal: played with a progress display, then told with its numbers."""

import asyncio
from dataclasses import asdict
from datetime import date
from io import StringIO
from pathlib import Path
from typing import Any

import uvloop
from rich.console import Console
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from fenqi.cli.console import out, progress, write_json
from fenqi.cli.demo_text import FAILS, HOLDS, KEPT, TITLE, Language, said, scene_text
from fenqi.cli.stage import stage
from fenqi.simulation.story import ENDS_ON, STARTS_AT, play_story
from fenqi.simulation.telling import Scene, Telling

PICTURE_WIDTH = 116
_STYLES = {"declined": "red", "overdue": "yellow", "in_doubt": "yellow", "offered": "dim", "verified": "bold green"}


def play(dsn: str, home: Path, *, language: Language) -> Telling:
    """Play the story in an empty database, showing how far it is."""
    begins_on = STARTS_AT.date()
    with progress() as shown:
        task = shown.add_task("starting a service of the demo's own", total=(ENDS_ON - begins_on).days)

        def follow(scene: Scene) -> None:
            done = (scene.on - begins_on).days
            shown.update(task, completed=done, description=f"{scene.on} {scene.kind.replace('_', ' '):<15}")

        telling = Telling(show=follow)
        with asyncio.Runner(loop_factory=uvloop.new_event_loop) as runner:
            runner.run(_play(dsn, home, telling, language=language))
    return telling


async def _play(dsn: str, home: Path, telling: Telling, *, language: Language) -> None:
    async with stage(dsn=dsn, home=home, starts_at=STARTS_AT) as world:
        await play_story(world, telling, language=language.value)


def tell(telling: Telling, *, language: Language, kept_in: Path | None, as_json: bool) -> None:
    """Write the story, or all of it as one JSON object."""
    if as_json:
        write_json(_record(telling, kept_in=kept_in))
        return
    _write(out, telling, language=language)
    if kept_in is not None:
        out.print(said(KEPT, language, folder=kept_in), markup=False)


def draw(telling: Telling, picture: Path, *, language: Language) -> None:
    """Draw the story as it looks on a terminal."""
    console = Console(record=True, width=PICTURE_WIDTH, file=StringIO(), highlight=False)
    _write(console, telling, language=language)
    picture.parent.mkdir(parents=True, exist_ok=True)
    console.save_svg(str(picture), title="./fenqi demo", unique_id="fenqi-demo")


def _write(console: Console, telling: Telling, *, language: Language) -> None:
    console.print(Text(said(TITLE, language), style="bold"))
    grid = Table.grid(padding=(0, 2))
    grid.add_column(no_wrap=True, style="cyan")
    grid.add_column(overflow="fold")
    day: date | None = None
    for scene in telling.scenes:
        line = Text(scene_text(scene, language), style=_STYLES.get(scene.kind, ""))
        line.highlight_regex(r"¥[\d,.]*\d", style="bold")
        grid.add_row("" if scene.on == day else scene.on.isoformat(), line)
        day = scene.on
    console.print(Padding(grid, (1, 0)))
    _conclude(console, telling, language=language)


def _conclude(console: Console, telling: Telling, *, language: Language) -> None:
    count, failed = len(telling.checks), telling.failed
    if not failed:
        console.print(Text(f"✓ {said(HOLDS, language, count=count)}", style="bold green"))
        return
    console.print(Text(f"✗ {said(FAILS, language, count=count, failed=len(failed))}", style="bold red"))
    for check in failed:
        console.print(f"  {check.what}: expected {check.expected}, found {check.found}", markup=False)


def _record(telling: Telling, *, kept_in: Path | None) -> dict[str, Any]:
    return {
        "story": [{"on": scene.on, "kind": scene.kind, **scene.values} for scene in telling.scenes],
        "checks": {"count": len(telling.checks), "failed": [asdict(check) for check in telling.failed]},
        "holds": not telling.failed,
        "kept_in": kept_in,
    }
