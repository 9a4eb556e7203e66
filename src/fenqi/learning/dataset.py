"""Where data sets lie on this machine: a folder that the user names, then the user's own cache."""

import os
from pathlib import Path
from typing import ClassVar

from platformdirs import user_cache_path

from fenqi.core.refusal import Kind, Refusal, Unavailable
from fenqi.learning.contract import file_of, hold
from fenqi.learning.taiwan import Customer, read
from fenqi.settings import Settings

CACHE = user_cache_path("fenqi") / "data"
"""Where fetched data sets are kept, for this user."""

PLACES = {"taiwan": "taiwan/UCI_Credit_Card.csv"}
"""Each data set's file inside a folder of data sets."""


class DatasetUnknown(Refusal):
    """Nobody has described a data set of that name."""

    code: ClassVar[str] = "dataset_unknown"
    kind: ClassVar[Kind] = Kind.BAD_INPUT


class DatasetAbsent(Refusal):
    """A data set is on none of the places looked at."""

    code: ClassVar[str] = "dataset_absent"
    kind: ClassVar[Kind] = Kind.UNKNOWN


def folders_of(settings: Settings) -> tuple[Path, ...]:
    """List the folders to look in: the one that the user names, then the user's cache."""
    return tuple(dict.fromkeys((settings.data, CACHE)))


def places(name: str, *, folders: tuple[Path, ...]) -> tuple[Path, ...]:
    """List where a data set may lie, in the order in which it is looked for.

    Raises: DatasetUnknown.
    """
    if name not in PLACES:
        raise DatasetUnknown(f"there is no data set {name!r}", allowed=", ".join(sorted(PLACES)))
    return tuple(folder / PLACES[name] for folder in folders)


def locate(name: str, *, folders: tuple[Path, ...]) -> Path:
    """Find a data set's file: the first folder that has it.

    Raises: DatasetUnknown; DatasetAbsent, naming the places looked at and the command that fetches it.
    """
    looked = places(name, folders=folders)
    for place in looked:
        if place.is_file():
            return place
    raise DatasetAbsent(
        f"the data set {name} is not at {' or '.join(map(str, looked))}",
        allowed=f"./fenqi data fetch {name}, or FENQI_DATA naming a folder that holds {PLACES[name]}",
    )


def load_taiwan(*, folders: tuple[Path, ...]) -> tuple[Customer, ...]:
    """Load the Taiwan customers.

    Raises: DatasetAbsent; DatasetAltered if the file breaks its contract; Unavailable if it cannot be read.
    """
    return read(_content(locate("taiwan", folders=folders)))


def keep(name: str, content: bytes, *, folder: Path) -> Path:
    """Keep a fetched file in a folder of data sets once it has met its contract; never half a file.

    Raises: DatasetUnknown; DatasetAltered or Unavailable, and then nothing is kept.
    """
    place = places(name, folders=(folder,))[0]
    hold(content)
    part = place.with_name(f"{place.name}.{os.getpid()}.part")
    try:
        place.parent.mkdir(parents=True, exist_ok=True)
        part.write_bytes(content)
        return part.replace(place)
    except OSError as error:
        raise Unavailable(f"{place} cannot be written: {error.strerror}", retry=False) from error


def describe(place: Path) -> dict[str, object]:
    """Check a file against its contract and say what it is.

    Raises: DatasetAltered; Unavailable if it cannot be read.
    """
    content = _content(place)
    table = hold(content)
    return {"path": str(place), "rows": len(table), "bytes": len(content), "file": file_of(content)}


def _content(place: Path) -> bytes:
    try:
        return place.read_bytes()
    except OSError as error:
        raise Unavailable(f"{place} cannot be read: {error.strerror}", retry=False) from error
