"""The embedded PostgreSQL starts, stops and recovers."""

import os
import signal
import subprocess
import sys
import tempfile
import threading
from pathlib import Path

import psycopg
import pytest

from fenqi.gateways.postgres import data_folder
from fenqi.gateways.postgres.data_folder import ForeignFolder
from fenqi.gateways.postgres.embedded import Embedded, HomeInUse, running
from fenqi.gateways.postgres.privilege import NOBODY, Privilege, privilege_here

PROJECT = Path(__file__).resolve().parents[2]
STARTED = """
import sys, time, pathlib
from fenqi.gateways.postgres.embedded import Embedded
print(Embedded(pathlib.Path(sys.argv[1])).start(), flush=True)
time.sleep(600)
"""


@pytest.fixture
def home():
    """A home that the server's user can reach, which pytest's own folders are not."""
    with tempfile.TemporaryDirectory(prefix="fenqi-test-") as folder:
        yield Path(folder)


def supervisor_of(home):
    """A process that starts the server of a home and waits, with the address it printed."""
    environment = os.environ | {"PYTHONPATH": str(PROJECT / "src")}
    command = [sys.executable, "-c", STARTED, home]
    process = subprocess.Popen(command, env=environment, stdout=subprocess.PIPE, text=True)
    return process, process.stdout.readline().strip()


def test_answers_on_a_private_socket_only(postgres_dsn):
    with psycopg.connect(postgres_dsn) as conn:
        found = conn.execute("select current_database(), current_setting('listen_addresses')").fetchone()

    assert found == ("fenqi", "")


def test_keeps_what_was_written_and_leaves_no_process(home):
    with running(home, durable=False) as dsn, psycopg.connect(dsn) as conn:
        conn.execute("create table kept (n int)")
    with running(home, durable=False) as dsn, psycopg.connect(dsn) as conn:
        assert conn.execute("select count(*) from kept").fetchone() == (0,)

    assert not (home / "postgres" / "postmaster.pid").exists()


def test_recovers_after_its_supervisor_was_killed(home):
    supervisor, dsn = supervisor_of(home)
    with psycopg.connect(dsn, autocommit=True) as conn:
        conn.execute("create table kept (n int)")
    supervisor.kill()
    supervisor.wait()

    with running(home, durable=False) as again, psycopg.connect(again) as conn:
        assert conn.execute("select count(*) from kept").fetchone() == (0,)


def test_recovers_after_server_and_supervisor_were_killed(home):
    supervisor, dsn = supervisor_of(home)
    with psycopg.connect(dsn, autocommit=True) as conn:
        conn.execute("create table kept (n int)")
    postmaster = int((home / "postgres" / "postmaster.pid").read_text().split()[0])
    os.kill(postmaster, signal.SIGKILL)
    supervisor.kill()
    supervisor.wait()

    with running(home, durable=False) as again, psycopg.connect(again) as conn:
        assert conn.execute("select count(*) from kept").fetchone() == (0,)


def test_a_stale_lock_file_with_a_strangers_process_number_does_not_block(home):
    with running(home, durable=False):
        lines = (home / "postgres" / "postmaster.pid").read_text().split("\n")
    lines[0] = str(os.getpid())
    stale = home / "postgres" / "postmaster.pid"
    stale.write_text("\n".join(lines))
    data_folder.hand_over(stale, privilege_here())

    with running(home, durable=False) as dsn, psycopg.connect(dsn) as conn:
        assert conn.execute("select 1").fetchone() == (1,)


def test_a_second_server_of_the_same_home_is_told_so(home):
    with running(home, durable=False), pytest.raises(HomeInUse):
        Embedded(home, durable=False).start()


def test_insists_on_the_main_thread_whose_death_ends_the_server(home):
    raised = []

    def start():
        try:
            Embedded(home, durable=False).start()
        except RuntimeError as error:
            raised.append(error)

    thread = threading.Thread(target=start)
    thread.start()
    thread.join()

    assert "main thread" in str(raised[0])


@pytest.mark.skipif(os.geteuid() != 0, reason="only root can give a folder to somebody else")
def test_leaves_a_strangers_folder_alone(home):
    folder = home / "postgres"
    folder.mkdir()
    os.chown(folder, 12345, 12345)

    with pytest.raises(ForeignFolder):
        Embedded(home, durable=False).start()

    assert folder.stat().st_uid == 12345


@pytest.mark.skipif(os.geteuid() != 0, reason="only root runs the server as somebody else")
def test_a_home_behind_a_closed_door_links_to_a_database_outside(tmp_path, monkeypatch, home):
    monkeypatch.setattr(data_folder, "SHARED_ROOT", home)
    tmp_path.chmod(0o700)

    folder = data_folder.place(tmp_path / "home", Privilege.SWITCHED)

    assert folder.is_relative_to(home)
    assert (
        data_folder.place(tmp_path / "home", Privilege.SWITCHED) == folder == data_folder.data_folder(tmp_path / "home")
    )
    assert data_folder.place(tmp_path / "other", Privilege.SWITCHED) != folder


@pytest.mark.skipif(os.geteuid() != 0, reason="only root runs the server as somebody else")
def test_takes_a_database_along_that_was_made_behind_the_door(tmp_path, monkeypatch, home):
    monkeypatch.setattr(data_folder, "SHARED_ROOT", home)
    tmp_path.chmod(0o700)
    inside = data_folder.place(tmp_path / "home", Privilege.NAMESPACE)
    (inside / "PG_VERSION").touch()

    outside = data_folder.place(tmp_path / "home", Privilege.SWITCHED)

    assert inside != outside
    assert (outside / "PG_VERSION").stat().st_uid == outside.stat().st_uid == NOBODY


def test_makes_a_database_again_whose_making_was_broken_off(home):
    (home / "postgres" / "base").mkdir(parents=True)
    (home / "postgres" / "PG_VERSION").write_text("18\n")
    (home / "postgres").chmod(0o700)

    with running(home, durable=False) as dsn, psycopg.connect(dsn) as conn:
        assert conn.execute("select 1").fetchone() == (1,)
