"""`fenqi demo`: play the whole business over HTTP against a service of its own, and prove the books."""

import signal
import sys
from collections.abc import Generator
from contextlib import contextmanager
from pathlib import Path
from shutil import rmtree
from tempfile import TemporaryDirectory
from typing import Annotated

import typer

from fenqi.cli.console import note
from fenqi.cli.dataset import fetch_dataset, present
from fenqi.cli.demo_text import Language
from fenqi.cli.exit_code import ExitCode
from fenqi.cli.home import open_home
from fenqi.cli.running import AlreadyRunning, only_one
from fenqi.core.refusal import Kind, Refusal
from fenqi.gateways.postgres.data_folder import data_folder
from fenqi.gateways.postgres.embedded import running

_DATASET = "taiwan"


class LiveService(Refusal):
    """A service runs in the folder, and the clock of a live service is never moved."""

    code = "live_service"
    kind = Kind.CONFLICT


class NoPicture(Refusal):
    """A picture is drawn of the story only."""

    code = "no_picture"


class BooksThere(Refusal):
    """The folder holds books already, and a demo does not write into books that somebody keeps."""

    code = "books_there"
    kind = Kind.CONFLICT


def command(
    *,
    customers: Annotated[
        int | None,
        typer.Option("--customers", min=1, max=9_000, help="Play so many applicants instead of the story."),
    ] = None,
    seed: Annotated[int, typer.Option("--seed", help="Which applicants, and what is drawn of them.")] = 1,
    months: Annotated[int, typer.Option("--months", min=1, max=24, help="How many months they live through.")] = 12,
    data: Annotated[
        Path | None, typer.Option("--data", help="Keep the demo's database in this folder, which must hold none yet.")
    ] = None,
    lang: Annotated[Language, typer.Option("--lang", help="Language of the story.")] = Language.EN,
    picture: Annotated[
        Path | None, typer.Option("--picture", help="Also draw the story as an SVG picture into this file.")
    ] = None,
    report: Annotated[
        Path, typer.Option("--report", help="Where the page with the plots of many applicants goes.")
    ] = Path("fenqi-demo.html"),
    yes: Annotated[bool, typer.Option("--yes", help="Fetch the real customers' data if it is not here.")] = False,
    json: Annotated[bool, typer.Option("--json", help="One JSON object.")] = False,
) -> ExitCode:
    """Play a purchase from the order to the closed books, or many applicants; exit code 1 if a number does not hold.

    Everything happens over HTTP against a service of the demo's own, with a database and a clock of its own.
    """
    _end_on_signals()
    if customers is None:
        return _story(data, language=lang, picture=picture, as_json=json)
    if picture is not None:
        raise NoPicture("a picture is drawn of the story only", allowed="--picture without --customers")
    _offer_to_fetch(yes=yes, may_ask=not json)
    from fenqi.cli import demo_crowd  # brings the whole service with it, which a refusal above can do without

    asked = demo_crowd.Asked(customers=customers, seed=seed, months=months, language=lang)
    people = demo_crowd.applicants(asked)
    with _home(data) as home, running(home, durable=False) as dsn:
        played = demo_crowd.play(dsn, home, asked, people)
    demo_crowd.tell(played, kept_in=data, page=report.absolute(), as_json=json)
    return ExitCode.CHECK_FAILED if played.failed else ExitCode.DONE


def _end_on_signals() -> None:
    """Let a signal that ends a process end the demo as Ctrl-C does: server and folder go with it."""
    for number in (signal.SIGTERM, signal.SIGHUP):
        if signal.getsignal(number) is not signal.SIG_IGN:
            signal.signal(number, _interrupt)


def _interrupt(number: int, frame: object) -> None:
    signal.raise_signal(signal.SIGINT)


def _story(data: Path | None, *, language: Language, picture: Path | None, as_json: bool) -> ExitCode:
    from fenqi.cli import demo_story  # brings the whole service with it, which a refusal above can do without

    with _home(data) as home, running(home, durable=False) as dsn:
        telling = demo_story.play(dsn, home, language=language)
    demo_story.tell(telling, language=language, kept_in=data, as_json=as_json)
    if picture is not None:
        demo_story.draw(telling, picture, language=language)
    return ExitCode.CHECK_FAILED if telling.failed else ExitCode.DONE


def _offer_to_fetch(*, yes: bool, may_ask: bool) -> None:
    """Fetch the real customers' data if it is wanted; only a terminal is asked.

    Raises: Unavailable if it was wanted and no source answers; FetchedAltered.
    """
    if present(_DATASET):
        return
    question = "Real customers' behaviour (UCI, CC BY 4.0) is not here. Fetch it into your cache?"
    if yes or (may_ask and sys.stdin.isatty() and typer.confirm(question, default=True, err=True)):
        fetch_dataset(_DATASET)
        return
    note("the real customers are not here: a generated population is played (--yes fetches the real ones)")


@contextmanager
def _home(data: Path | None) -> Generator[Path]:
    """The folder to play in: the given one, which is kept, or one that goes away.

    Raises: LiveService; BooksThere; ForeignHome, NotAHome, Unavailable.
    """
    if data is None:
        with TemporaryDirectory(prefix="fenqi-demo-", ignore_cleanup_errors=True) as folder:
            try:
                yield Path(folder)
            finally:
                rmtree(data_folder(Path(folder)), ignore_errors=True)  # it may lie elsewhere
        return
    home = data.expanduser().absolute()
    open_home(home)
    try:
        with only_one(home):
            if (data_folder(home) / "PG_VERSION").exists():
                allowed = f"an empty folder; `FENQI_HOME={home} ./fenqi reset` empties this one"
                raise BooksThere(f"{home} holds books already", allowed=allowed)
            yield home
    except AlreadyRunning as error:
        raise LiveService(f"a service runs in {home}; its clock is never moved", allowed="another folder") from error
