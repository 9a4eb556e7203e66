"""Sealed fields: bound to their row, readable after a new key, indexed without being read."""

import asyncio
import base64
import json
from pathlib import Path
from uuid import UUID

import pytest

from fenqi.gateways.keys.key_file import KeyFile, KeyFileExposed, SealBroken, open_key_file

ROW, OTHER = UUID(int=1), UUID(int=2)


@pytest.fixture
def keys(tmp_path: Path) -> KeyFile:
    return open_key_file(tmp_path / "keys.json")


def sealed(keys: KeyFile, plain: str = "360426199101010071") -> bytes:
    return asyncio.run(keys.seal(plain, row=ROW, field="id_number"))


def test_opens_what_it_sealed(keys: KeyFile):
    assert asyncio.run(keys.unseal(sealed(keys, "王小明"), row=ROW, field="id_number")) == "王小明"


def test_two_seals_of_one_text_have_nothing_in_common(keys: KeyFile):
    assert sealed(keys)[2:] != sealed(keys)[2:]


@pytest.mark.parametrize(("row", "field"), [(OTHER, "id_number"), (ROW, "mobile")])
def test_a_field_moved_elsewhere_does_not_open(keys: KeyFile, row: UUID, field: str):
    with pytest.raises(SealBroken):
        asyncio.run(keys.unseal(sealed(keys), row=row, field=field))


@pytest.mark.parametrize("place", [0, 1, 2, 40, 70, -1])
def test_an_altered_byte_is_found(keys: KeyFile, place: int):
    altered = bytearray(sealed(keys))
    altered[place] ^= 1
    with pytest.raises(SealBroken):
        asyncio.run(keys.unseal(bytes(altered), row=ROW, field="id_number"))


@pytest.mark.parametrize("length", [0, 1, 2, 20, 62, 70])
def test_a_cut_field_is_found(keys: KeyFile, length: int):
    with pytest.raises(SealBroken):
        asyncio.run(keys.unseal(sealed(keys)[:length], row=ROW, field="id_number"))


def test_old_rows_stay_readable_under_a_new_key(keys: KeyFile, tmp_path: Path):
    old = sealed(keys)
    path = tmp_path / "keys.json"
    stored = json.loads(path.read_text())
    stored |= {"active": 2, "wrapping": stored["wrapping"] | {"2": base64.b64encode(b"n" * 32).decode()}}
    path.write_text(json.dumps(stored))
    rotated = open_key_file(path)
    assert sealed(rotated)[1] == 2
    assert asyncio.run(rotated.unseal(old, row=ROW, field="id_number")) == "360426199101010071"


def test_equal_texts_share_an_index_within_one_field_only(keys: KeyFile):
    async def index(plain: str, field: str) -> bytes:
        return await keys.blind_index(plain, field=field)

    first = asyncio.run(index("13912345678", "mobile"))
    assert first == asyncio.run(index("13912345678", "mobile"))
    assert first != asyncio.run(index("13912345678", "id_number"))
    assert first != asyncio.run(index("13912345679", "mobile"))


def test_the_file_is_its_owners_only_and_read_again_as_it_was(keys: KeyFile, tmp_path: Path):
    path = tmp_path / "keys.json"
    assert path.stat().st_mode & 0o777 == 0o600
    assert open_key_file(path) == keys
    assert [left.name for left in tmp_path.iterdir()] == ["keys.json"]
    assert repr(keys) == "KeyFile(active=1)"


def test_a_file_that_others_may_read_is_refused(keys: KeyFile, tmp_path: Path):
    path = tmp_path / "keys.json"
    path.chmod(0o640)
    with pytest.raises(KeyFileExposed):
        open_key_file(path)
