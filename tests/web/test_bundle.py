import gzip
import json
from pathlib import Path

import pytest

from fenqi.api.page import FOLDER

FIRST_LOAD_BYTES_MAX = {"h5": 200_000, "shop": 250_000, "staff": 500_000}


def zipped_bytes(path: Path) -> int:
    return len(gzip.compress(path.read_bytes(), mtime=0))


def files_of(manifest: dict, name: str) -> set[str]:
    """A chunk's own files and those of every chunk that it imports at once."""
    chunk = manifest[name]
    found = {chunk["file"], *chunk.get("css", ())}
    return found.union(*(files_of(manifest, imported) for imported in chunk.get("imports", ())))


def routes_of(manifest: dict) -> list[str]:
    """The page itself, and each route that is fetched when it is opened."""
    return [name for name, chunk in manifest.items() if chunk.get("isEntry") or chunk.get("isDynamicEntry")]


@pytest.mark.parametrize("app", FIRST_LOAD_BYTES_MAX)
def test_no_route_loads_more_than_its_share(app):
    manifest = json.loads((FOLDER / app / "manifest.json").read_text())
    entry = next(name for name, chunk in manifest.items() if chunk.get("isEntry"))

    loaded = {
        route: sum(zipped_bytes(FOLDER / app / file) for file in files_of(manifest, entry) | files_of(manifest, route))
        for route in routes_of(manifest)
    }

    assert {route: size for route, size in loaded.items() if size > FIRST_LOAD_BYTES_MAX[app]} == {}
