"""A home is made once, is its owner's, and is deleted only when somebody says so."""

import os
import stat

import pytest

from fenqi.cli.exit_code import ExitCode
from fenqi.cli.home import ForeignHome, NotAHome, open_home
from fenqi.cli.main import main
from fenqi.cli.running import only_one


@pytest.fixture
def home(tmp_path, monkeypatch):
    """An opened home that the command line uses too."""
    folder = tmp_path / "home"
    monkeypatch.setenv("FENQI_HOME", str(folder))
    open_home(folder)
    return folder


def test_is_closed_to_everybody_else(home):
    assert stat.S_IMODE(home.stat().st_mode) == 0o700


def test_a_folder_with_other_things_in_it_is_no_home(tmp_path):
    (tmp_path / "thesis.odt").touch()

    with pytest.raises(NotAHome):
        open_home(tmp_path)


@pytest.mark.parametrize("brought", ["fenqi.toml", "keys.json"])
def test_a_folder_with_nothing_but_settings_or_the_keys_of_another_process_becomes_a_home(tmp_path, brought):
    (tmp_path / brought).touch()

    open_home(tmp_path)
    open_home(tmp_path)


@pytest.mark.skipif(os.geteuid() != 0, reason="only root can give a folder to somebody else")
def test_leaves_a_strangers_home_alone(home):
    os.chown(home, 12345, 12345)

    with pytest.raises(ForeignHome):
        open_home(home)


def test_reset_asks_first(home, capsys):
    (home / "logins.txt").touch()

    assert main(["reset"]) == ExitCode.REFUSED
    assert (home / "logins.txt").exists()
    assert "--yes" in capsys.readouterr().err


def test_reset_keeps_the_settings_and_leaves_a_home(home):
    (home / "fenqi.toml").touch()
    (home / "logins.txt").touch()
    (home / "postgres").mkdir()

    assert main(["reset", "--yes"]) == ExitCode.DONE

    open_home(home)
    assert {path.name for path in home.iterdir()} == {"fenqi.home", "fenqi.toml", "service.lock"}


def test_reset_deletes_nothing_that_is_no_home(tmp_path, monkeypatch):
    monkeypatch.setenv("FENQI_HOME", str(tmp_path))
    (tmp_path / "thesis.odt").touch()

    assert main(["reset", "--yes"]) == ExitCode.REFUSED
    assert (tmp_path / "thesis.odt").exists()


def test_reset_of_nothing_says_that_there_was_nothing(tmp_path, monkeypatch):
    monkeypatch.setenv("FENQI_HOME", str(tmp_path / "nowhere"))

    assert main(["reset", "--yes"]) == ExitCode.NOTHING_TO_CHECK


def test_reset_refuses_while_a_service_runs(home):
    with only_one(home):
        assert main(["reset", "--yes"]) == ExitCode.REFUSED


def test_status_is_unavailable_while_nothing_answers(home):
    assert main(["status"]) == ExitCode.UNAVAILABLE
    with only_one(home):
        assert main(["status"]) == ExitCode.UNAVAILABLE


def test_down_says_that_nothing_runs(home, capsys):
    assert main(["down"]) == ExitCode.DONE
    assert "no service runs" in capsys.readouterr().out
