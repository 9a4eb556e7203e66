"""`fenqi data`: what it finds, what it refuses, what it fetches."""

import json

import pytest

from fenqi import wiring
from fenqi.cli import dataset
from fenqi.cli.main import main
from fenqi.core.refusal import Unavailable
from fenqi.learning import dataset as learning


@pytest.fixture(autouse=True)
def empty(monkeypatch, tmp_path):
    """Neither a named folder nor a cache holds anything."""
    monkeypatch.setenv("FENQI_DATA", str(tmp_path / "named"))
    monkeypatch.setenv("FENQI_HOME", str(tmp_path / "home"))
    for module in (dataset, learning):
        monkeypatch.setattr(module, "CACHE", tmp_path / "cache")


class Source:
    """A source that gives these bytes."""

    name = "a source"

    def __init__(self, content=None):
        self.content = content

    async def fetch(self, report):
        if self.content is None:
            raise Unavailable("no network", retry=True)
        report(len(self.content), len(self.content))
        return self.content


def sources(monkeypatch, *given):
    monkeypatch.setattr(wiring, "dataset_sources", lambda: given)


def place(folder, content):
    folder = folder / "taiwan"
    folder.mkdir(parents=True)
    (folder / "UCI_Credit_Card.csv").write_bytes(content)


def test_nothing_at_hand_is_nothing_to_check(capsys):
    assert main(["data", "check", "--json"]) == 3
    assert json.loads(capsys.readouterr().out) == {"checked": []}


def test_a_wrong_file_fails_the_check_and_says_why(tmp_path, capsys):
    place(tmp_path / "named", b"ID,LIMIT_BAL\n1,2\n")
    assert main(["data", "check", "taiwan"]) == 1
    assert "lacks the columns" in capsys.readouterr().out


def test_a_wrong_file_is_refused_by_name_when_it_is_asked_for(tmp_path, capsys):
    place(tmp_path / "named", b"ID\n")
    assert main(["data", "fetch", "taiwan", "--json"]) == 2
    assert json.loads(capsys.readouterr().out)["refusal"]["code"] == "dataset_altered"


def test_an_unknown_data_set_is_bad_input(capsys):
    assert main(["data", "fetch", "nowhere", "--json"]) == 2
    assert json.loads(capsys.readouterr().out)["refusal"]["code"] == "dataset_unknown"


def test_without_a_network_fetching_is_unavailable(monkeypatch, tmp_path):
    sources(monkeypatch, Source())
    assert main(["data", "fetch", "taiwan"]) == 5
    assert not (tmp_path / "cache").exists()


def test_a_wrong_file_from_a_source_is_not_kept(monkeypatch, tmp_path):
    sources(monkeypatch, Source(b"ID\n"))
    assert main(["data", "fetch", "taiwan"]) == 2
    assert not (tmp_path / "cache").exists()


def test_what_is_fetched_is_kept_and_holds(monkeypatch, tmp_path, capsys, taiwan_file):
    sources(monkeypatch, Source(), Source(taiwan_file.read_bytes()))
    assert main(["data", "fetch", "taiwan", "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["path"] == str(tmp_path / "cache" / "taiwan" / "UCI_Credit_Card.csv")
