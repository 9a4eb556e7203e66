"""`fenqi demo`: play the whole business over HTTP against a service of its own, and prove the books."""

from collections.abc import Generator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Annotated

import typer

from fenqi.cli.demo_text import Language
from fenqi.cli.exit_code import ExitCode
from fenqi.cli.home import open_home
from fenqi.cli.running import AlreadyRunning, only_one
from fenqi.core.refusal import Kind, Refusal
from fenqi.gateways.postgres.data_folder import data_folder
from fenqi.gateways.postgres.embedded import running


class LiveService(Refusal):
    """A service runs in the folder, and the clock of a live service is never moved."""

    code = "live_service"
    kind = Kind.CONFLICT


class BooksThere(Refusal):
    """The folder holds books already, and a demo does not write into books that somebody keeps."""

    code = "books_there"
    kind = Kind.CONFLICT


def command(
    *,
    data: Annotated[
        Path | None, typer.Option("--data", help="Keep the demo's database in this folder, which must hold none yet.")
    ] = None,
    lang: Annotated[Language, typer.Option("--lang", help="Language of the story.")] = Language.EN,
    picture: Annotated[
        Path | None, typer.Option("--picture", help="Also draw the story as an SVG picture into this file.")
    ] = None,
    json: Annotated[bool, typer.Option("--json", help="One JSON object.")] = False,
) -> ExitCode:
    """Play a purchase from the order to the closed books, over HTTP; exit code 1 if a number does not hold."""
    from fenqi.cli import demo_story  # brings the whole service with it, which a refused folder can do without

    with _home(data) as home, running(home, durable=False) as dsn:
        telling = demo_story.play(dsn, home, language=lang)
    demo_story.tell(telling, language=lang, kept_in=data, as_json=json)
    if picture is not None:
        demo_story.draw(telling, picture, language=lang)
    return ExitCode.CHECK_FAILED if telling.failed else ExitCode.DONE


@contextmanager
def _home(data: Path | None) -> Generator[Path]:
    """The folder to play in: the given one, which is kept, or one that goes away.

    Raises: LiveService; BooksThere; ForeignHome, NotAHome, Unavailable.
    """
    if data is None:
        with TemporaryDirectory(prefix="fenqi-demo-", ignore_cleanup_errors=True) as folder:
            yield Path(folder)
        return
    home = data.expanduser().absolute()
    open_home(home)
    try:
        with only_one(home):
            if (data_folder(home) / "PG_VERSION").exists():
                raise BooksThere(f"{home} holds books already", allowed="an empty folder, or one after `reset`")
            yield home
    except AlreadyRunning as error:
        raise LiveService(f"a service runs in {home}; its clock is never moved", allowed="another folder") from error
