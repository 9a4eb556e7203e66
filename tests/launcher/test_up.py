"""The story of an installation: it comes up, answers, goes down, and survives being killed."""

import json
import os
import socket
import subprocess
import sys
import tempfile
from contextlib import contextmanager
from pathlib import Path

import pytest

PROJECT = Path(__file__).resolve().parents[2]


@pytest.fixture(scope="module")
def home():
    """One home for every chapter: only the first start has to install."""
    with tempfile.TemporaryDirectory(prefix="fenqi-test-") as folder:
        yield Path(folder)


@pytest.fixture
def port():
    with socket.create_server(("127.0.0.1", 0)) as listener:
        return listener.getsockname()[1]


def command(home, *arguments):
    """How a process runs a command line in a home."""
    environment = os.environ | {"FENQI_HOME": str(home), "PYTHONPATH": str(PROJECT / "src")}
    environment.pop("FENQI_DSN", None)
    return {"args": [sys.executable, "-P", "-m", "fenqi.cli", *arguments], "env": environment, "text": True}


def fenqi(home, *arguments):
    return subprocess.run(**command(home, *arguments), check=False, capture_output=True, timeout=60)


@contextmanager
def service(home, port):
    """A service in a home that has said that it answers."""
    up = subprocess.Popen(**command(home, "up", "--port", str(port)), stdout=subprocess.PIPE)
    try:
        first = up.stdout.readline()
        assert f"answers on http://127.0.0.1:{port}" in first
        yield up
    finally:
        up.terminate()
        up.communicate(timeout=30)


def test_comes_up_answers_and_goes_down(home, port):
    with service(home, port) as up:
        status = fenqi(home, "status", "--json")
        assert (status.returncode, json.loads(status.stdout)["state"]) == (0, "answers")
        assert json.loads(status.stdout)["address"] == f"http://127.0.0.1:{port}"

        again = fenqi(home, "up")
        assert again.returncode == 0
        assert f"already answers on http://127.0.0.1:{port}" in again.stdout

        assert fenqi(home, "reset", "--yes").returncode == 4
        assert fenqi(home, "down").returncode == 0
        assert up.wait(timeout=30) == 0

    assert fenqi(home, "status").returncode == 5
    assert not (home / "postgres.socket").is_symlink()


def test_comes_up_again_after_it_was_killed_and_ends_when_its_database_does(home, port):
    with service(home, port) as up:
        up.kill()
        up.wait()

    with service(home, port) as up:
        assert fenqi(home, "status").returncode == 0
        postmaster = next(home.glob("postgres/postmaster.pid")).read_text().split()[0]
        os.kill(int(postmaster), 9)

        assert up.wait(timeout=30) == 5


def test_says_that_the_port_is_taken(home):
    with socket.create_server(("127.0.0.1", 0)) as listener:
        up = fenqi(home, "up", "--port", str(listener.getsockname()[1]))

    assert up.returncode == 5
    assert "--port takes another" in up.stderr


def test_refuses_stand_ins_in_production(home, port):
    up = fenqi(home, "up", "--production", "--port", str(port))

    assert up.returncode == 4
    assert "stand_in_refused" in up.stderr
