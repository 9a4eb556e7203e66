"""The home: one folder with everything that an installation keeps, closed to everybody else."""

import os
from pathlib import Path

from fenqi.core.refusal import Kind, Refusal, Unavailable

_MARK = "fenqi.home"
_ALLOWED_BEFORE = frozenset({"fenqi.toml", "keys.json", "lost+found"})


class ForeignHome(Unavailable):
    """The home belongs to another user."""

    code = "foreign_home"


class NotAHome(Refusal):
    """The folder holds other things, which a reset would delete."""

    code = "not_a_home"
    kind = Kind.CONFLICT


def open_home(home: Path) -> None:
    """Make the home unless an earlier start did.

    Raises: ForeignHome; NotAHome; Unavailable if the folder cannot be made.
    """
    try:
        home.mkdir(parents=True, exist_ok=True, mode=0o700)
        require_ours(home)
        (home / _MARK).touch(mode=0o600)
    except OSError as error:
        raise Unavailable(f"the home {home} cannot be used: {error.strerror}", retry=False) from error


def require_ours(home: Path) -> None:
    """Insist that a folder is a home of ours, or empty enough to become one.

    Raises: ForeignHome; NotAHome; OSError if it cannot be read.
    """
    owner = home.stat().st_uid
    if owner != os.geteuid():
        raise ForeignHome(f"the home {home} belongs to user {owner}, not to user {os.geteuid()}", retry=False)
    found = {path.name for path in home.iterdir()}
    if _MARK not in found and found - _ALLOWED_BEFORE:
        raise NotAHome(f"{home} is not empty and no home of Fenqi", allowed="an empty folder, or one that fenqi made")


def write_secret(path: Path, text: str) -> None:
    """Write a file that only its owner may read."""
    with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w") as file:
        file.write(text + "\n")
