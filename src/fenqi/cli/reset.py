"""`fenqi reset`: delete what an installation keeps, so that the next start is a first one."""

import os
import shutil
import sys
from pathlib import Path
from typing import Annotated

import typer

from fenqi.cli.console import say
from fenqi.cli.exit_code import ExitCode
from fenqi.cli.home import require_ours
from fenqi.cli.running import AlreadyRunning, only_one
from fenqi.core.refusal import Kind, Refusal, Unavailable
from fenqi.gateways.postgres.data_folder import data_folder
from fenqi.settings import load_settings

_KEPT = frozenset({"fenqi.home", "fenqi.toml", "lost+found", "service.lock"})


class NotConfirmed(Refusal):
    """Nobody has said that everything may be deleted."""

    code = "not_confirmed"
    kind = Kind.CONFLICT


class ServiceRuns(Refusal):
    """The installation is in use."""

    code = "service_runs"
    kind = Kind.CONFLICT


def command(*, yes: Annotated[bool, typer.Option("--yes", help="Do not ask.")] = False) -> ExitCode:
    """Delete the database, the keys and the logins of this home; `fenqi.toml` and FENQI_DSN's database stay."""
    home = load_settings(os.environ).home
    if not home.exists():
        say(f"there is nothing in {home}")
        return ExitCode.NOTHING_TO_CHECK
    try:
        require_ours(home)
        with only_one(home):
            _confirm(home, yes=yes)
            _delete(home)
    except AlreadyRunning as error:
        raise ServiceRuns(f"a service runs in {home}", allowed="`fenqi down` first") from error
    except OSError as error:
        raise Unavailable(f"{home} cannot be reset: {error}", retry=False) from error
    say(f"deleted everything in {home}")
    return ExitCode.DONE


def _confirm(home: Path, *, yes: bool) -> None:
    """Ask a person at a terminal; a script must have said so before.

    Raises: NotConfirmed.
    """
    if yes:
        return
    question = f"Delete everything that Fenqi keeps in {home}?"
    if not sys.stdin.isatty() or not typer.confirm(question, default=False):
        raise NotConfirmed(f"{home} was left as it is", allowed="`y` at a terminal, or --yes")


def _delete(home: Path) -> None:
    for path in (data_folder(home), *home.iterdir()):
        if path.name in _KEPT:
            continue
        if path.is_dir() and not path.is_symlink():
            shutil.rmtree(path)
        else:
            path.unlink(missing_ok=True)
