"""The embedded server: started as our direct child, reaped by us, recovered after either of us was killed.

Only a Unix socket is opened, in a folder that nobody but its owner may enter, so the folder is the password: whoever
gets in could read the data files as well. Nothing listens on the network.
"""

import fcntl
import os
import shutil
import signal
import subprocess
import tempfile
import threading
import time
from collections.abc import Generator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

from fenqi.core.refusal import Unavailable
from fenqi.gateways.postgres import data_folder
from fenqi.gateways.postgres.binary import programs
from fenqi.gateways.postgres.privilege import NOBODY, Privilege, command_as, privilege_here
from fenqi.gateways.postgres.readiness import answers, wait_until_ready

_START_SECONDS = 600.0
_PREDECESSOR_SECONDS = 15.0
_MALLOC = {
    "MALLOC_TRIM_THRESHOLD_": str(32 * 2**20),
    "MALLOC_MMAP_THRESHOLD_": str(32 * 2**20),
    "MALLOC_TOP_PAD_": str(2**20),
}
"""Keeps a connection's freed memory with it; by default libc gives it back and asks for it again at every statement,
which is a seventh of what a posting costs."""
_PREDECESSOR_SIGNS = ("lock file", "shared memory block")


class HomeInUse(Unavailable):
    """Another process already runs the database of this home."""

    code = "home_in_use"


class Embedded:
    """One PostgreSQL over the data folder of one home; start it from the main thread.

    `durable=False` trades safety after a power cut for speed, which is right for tests only.
    """

    def __init__(self, home: Path, *, durable: bool = True) -> None:
        self.home = home.resolve()
        self._durable = durable
        self._process: subprocess.Popen[bytes] | None = None
        self._socket: Path | None = None
        self._lock: IO[str] | None = None

    def start(self) -> str:
        """Start the server, creating database and data folder at first, and return the DSN of the database.

        Raises: HomeInUse if another process runs it; ForeignFolder; Unavailable if it does not start.
        """
        if threading.current_thread() is not threading.main_thread():
            raise RuntimeError("the server dies with the thread that starts it: start it from the main thread")
        privilege = privilege_here()
        folder = data_folder.make(self.home, privilege, durable=self._durable)
        self._lock = _locked(self.home)
        try:
            self._launch(folder, privilege)
            return self._with_database(privilege)
        except BaseException:
            self.stop()
            raise

    def alive(self) -> bool:
        """Whether the server still runs."""
        return self._process is not None and self._process.poll() is None

    def stop(self) -> None:
        """Stop the server in order (open transactions roll back) and reap it; a second call does nothing."""
        if self._process is not None:
            _stop(self._process)
            self._process = None
        if self._socket is not None:
            (self.home / "postgres.socket").unlink(missing_ok=True)
            shutil.rmtree(self._socket, ignore_errors=True)
            self._socket = None
        if self._lock is not None:
            self._lock.close()
            self._lock = None

    def _launch(self, folder: Path, privilege: Privilege) -> None:
        """Start until it answers; a predecessor that is still dying is waited for, then told to end."""
        self._socket = _socket_folder(self.home / "postgres.socket", privilege)
        deadline = time.monotonic() + _PREDECESSOR_SECONDS
        while True:
            self._process = self._spawn(folder, privilege)
            if wait_until_ready(self._dsn("postgres"), alive=self.alive, seconds_max=_START_SECONDS):
                return
            complaint = self._last_words()
            if not any(sign in complaint for sign in _PREDECESSOR_SIGNS) or time.monotonic() > deadline:
                raise Unavailable(f"PostgreSQL did not start: {complaint} (all of it: {self._log})", retry=False)
            _end_predecessor(folder)
            time.sleep(0.2)

    def _spawn(self, folder: Path, privilege: Privilege) -> subprocess.Popen[bytes]:
        """Start the server in a session of its own, so that Ctrl-C reaches us and not it."""
        server = (str(programs(privilege) / "postgres"), "-D", str(folder), "-k", str(self._socket))
        with self._log.open("wb") as log:
            return subprocess.Popen(
                command_as(privilege, server, dies_with_parent=True),
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                cwd="/",
                env=os.environ | _MALLOC,
                start_new_session=True,
            )

    def _with_database(self, privilege: Privilege) -> str:
        """The DSN of our database, created unless it is there."""
        dsn = self._dsn(data_folder.DATABASE)
        if not answers(dsn):
            createdb = (str(programs(privilege) / "createdb"), "--maintenance-db", self._dsn("postgres"))
            done = subprocess.run((*createdb, data_folder.DATABASE), check=False, capture_output=True, text=True)
            if done.returncode:
                raise Unavailable(f"the database cannot be created: {done.stderr.strip()}", retry=False)
        return dsn

    def _dsn(self, database: str) -> str:
        return f"postgresql://{data_folder.SUPERUSER}@/{database}?host={self._socket}"

    @property
    def _log(self) -> Path:
        return self.home / "postgres.log"

    def _last_words(self) -> str:
        """What the server wrote before it ended: its last fatal line, or else the last line."""
        lines = self._log.read_text(errors="replace").splitlines() or ["it wrote nothing"]
        return next((line for line in reversed(lines) if "FATAL" in line), lines[-1])


@contextmanager
def running(home: Path, *, durable: bool = True) -> Generator[str]:
    """The DSN of a home's embedded database, which runs as long as the block does."""
    server = Embedded(home, durable=durable)
    try:
        yield server.start()
    finally:
        server.stop()


def _locked(home: Path) -> IO[str]:
    """Hold the home's lock, which the kernel drops with the process."""
    lock = (home / "postgres.lock").open("w")
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError as error:
        lock.close()
        raise HomeInUse(f"another process runs the database of {home}", retry=True) from error
    return lock


def _socket_folder(pointer: Path, privilege: Privilege) -> Path:
    """A fresh folder for the socket, short as the kernel wants it (107 bytes) and closed to everybody else.

    The pointer in the home leads to it, also to the one that a killed predecessor left, which goes.
    """
    if pointer.is_symlink():
        shutil.rmtree(pointer.readlink(), ignore_errors=True)
        pointer.unlink()
    folder = Path(tempfile.mkdtemp(prefix="fenqi-pg-", dir="/tmp"))
    if privilege is Privilege.SWITCHED:
        os.chown(folder, NOBODY, NOBODY)
    pointer.symlink_to(folder)
    return folder


def _end_predecessor(folder: Path) -> None:
    """Tell an orphaned server of this folder to end, and drop the lock file of one that is gone.

    We hold the home's lock, so no living process supervises it. The process is known by its command line: the number
    alone may have been given to a stranger since, who would then block every start.
    """
    file = folder / "postmaster.pid"
    try:
        pid = int(file.read_text().split()[0])
        command = Path(f"/proc/{pid}/cmdline").read_bytes().split(b"\0")
    except (OSError, ValueError, IndexError):
        return
    if str(folder).encode() in command:
        os.kill(pid, signal.SIGINT)
    else:
        file.unlink(missing_ok=True)


def _stop(process: subprocess.Popen[bytes]) -> None:
    """End a server by its own signals: fast, then at once, then by force."""
    for number in (signal.SIGINT, signal.SIGQUIT, signal.SIGKILL):
        if process.poll() is not None:
            return
        process.send_signal(number)
        try:
            process.wait(timeout=30)
        except subprocess.TimeoutExpired:
            continue
        return
