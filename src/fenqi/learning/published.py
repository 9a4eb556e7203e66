"""Data sets that others publish and users put into a folder of data sets: files, their SHA-256, where they are."""

import hashlib
from dataclasses import dataclass
from pathlib import Path

from fenqi.core.refusal import Unavailable
from fenqi.learning.contract import DatasetAltered
from fenqi.learning.dataset import DatasetAbsent, DatasetUnknown

GITHUB = "https://github.com"


@dataclass(frozen=True, slots=True)
class Published:
    """A data set as its publisher has it: `files` by their place in a folder of data sets, each with its SHA-256."""

    name: str
    source: str
    licence: str
    files: dict[str, str]


PUBLISHED = (
    Published(
        "card_panel",
        f"{GITHUB}/Chaithra-dhaneesh/credit-card-approval-and-prediction at 8b49d93f",
        "none stated",
        {
            "card_panel/credit_record.csv.zip": "4cd49a9e8d6234cc4894afb6ab285fd73e918d94a77234c46ce84a4da4925704",
            "card_panel/application_record.csv.zip": "1c92dcea80575c3d96ef3b71989e4616ebcab4cafa86462b90d1d16f01ecc9f6",
        },
    ),
    Published(
        "superlender",
        f"{GITHUB}/raymondmusyoka/LOAN_DEFAULTMENT_PROJECT at 9ade6a00",
        "none stated",
        {
            "superlender/trainperf.csv": "2760614f86aaeb17ed482220ea68bf8a6c22162e8a2e31686d2d1d6550f4ec4c",
            "superlender/trainprevloans.csv": "479e2faf8b6c2c158604b85fda034c890d23e87e121ca77406bd97cf780db89c",
        },
    ),
    Published(
        "card_fraud_simulated",
        f"{GITHUB}/Fraud-Detection-Handbook/simulated-data-raw at 6e67dbd0, its days joined into one parquet file",
        "CC BY-SA 4.0",
        {
            "card_fraud_simulated/transactions.parquet": (
                "11a81468cac97a9ff429d5be87157b26093ffe1fa9859324b0ec27fa04ca705b"
            )
        },
    ),
)


def locate_published(name: str, *, folders: tuple[Path, ...]) -> tuple[Path, ...]:
    """Find the files of a data set, each whole and as published, in the order in which they are listed.

    Raises: DatasetUnknown; DatasetAbsent, naming the file, where it is published and where it is looked for;
    DatasetAltered; Unavailable if a file cannot be read.
    """
    found = next((one for one in PUBLISHED if one.name == name), None)
    if found is None:
        raise DatasetUnknown(f"there is no data set {name!r}", allowed=", ".join(one.name for one in PUBLISHED))
    return tuple(_locate(found, file, sha256=sha256, folders=folders) for file, sha256 in found.files.items())


def _locate(published: Published, file: str, *, sha256: str, folders: tuple[Path, ...]) -> Path:
    looked = tuple(folder / file for folder in folders)
    place = next((one for one in looked if one.is_file()), None)
    if place is None:
        raise DatasetAbsent(
            f"the data set {published.name} is not at {' or '.join(map(str, looked))}",
            allowed=f"FENQI_DATA naming a folder that holds {file}; it is published at {published.source}",
        )
    _hold(place, sha256=sha256)
    return place


def _hold(place: Path, *, sha256: str) -> None:
    try:
        with place.open("rb") as content:
            found = hashlib.file_digest(content, "sha256").hexdigest()
    except OSError as error:
        raise Unavailable(f"{place} cannot be read: {error.strerror}", retry=False) from error
    if found != sha256:
        raise DatasetAltered(f"{place} has the SHA-256 {found}", allowed=sha256)
