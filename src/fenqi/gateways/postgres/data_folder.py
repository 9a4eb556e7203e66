"""The server's data folder: where it lies, whose it is, and how it is made and tuned."""

import os
import shutil
import subprocess
import tempfile
from pathlib import Path

from fenqi.core.refusal import Unavailable
from fenqi.gateways.postgres.binary import SHARED_ROOT, programs, reachable_by_others
from fenqi.gateways.postgres.privilege import NOBODY, Privilege, command_as, owner_id

SUPERUSER = "fenqi"
DATABASE = "fenqi"

_DURABLE = {"checkpoint_timeout": "15min", "max_wal_size": "2GB"}
"""Pages go into the log as they are: pressing them, which the wheel can do by pglz only, costs ten times an update."""
_FORGETFUL = {
    "fsync": "off",
    "synchronous_commit": "off",
    "full_page_writes": "off",
    "wal_level": "minimal",
    "max_wal_senders": "0",
    "max_connections": "200",
    "shared_buffers": "256MB",
}
"""Dropping a database walks over all buffers, so that few are better."""
_ALWAYS = {
    "listen_addresses": "",
    "timezone": "UTC",
    "log_timezone": "UTC",
    "random_page_cost": "1.1",
    "jit": "off",
    "lc_messages": "C",
    "log_line_prefix": "%m [%p] ",
    "idle_in_transaction_session_timeout": "5min",
}


class ForeignFolder(Unavailable):
    """The data folder belongs to another user, whose books we neither read nor repair."""

    code = "foreign_data_folder"


def data_folder(home: Path) -> Path:
    """Where the database of a home lies: inside it, or where a link inside it leads."""
    return (home / "postgres").resolve()


def make(home: Path, privilege: Privilege, *, durable: bool) -> Path:
    """Make a home's data folder unless it is there, and write the tuning that this start uses.

    Raises: ForeignFolder if it belongs to another user; Unavailable if initdb fails.
    """
    folder = place(home, privilege)
    tuning = folder / "fenqi.conf"
    if not tuning.exists() and not (folder / "postmaster.opts").exists():
        _initialise(folder, privilege, durable=durable)
    tuning.write_text(_tuning(durable=durable))
    hand_over(tuning, privilege)
    return folder


def place(home: Path, privilege: Privilege) -> Path:
    """Make a home's data folder, empty at first, where its server and nobody else gets in.

    Root without user namespaces runs the server as nobody; a home behind a closed door, such as a clone in /root, then
    keeps its database in a folder of its own under /var/lib/fenqi, and a link to it. The link is what ties them
    together: a new home in the place of a deleted one starts with a new database.

    Raises: ForeignFolder if it belongs to another user.
    """
    home.mkdir(parents=True, exist_ok=True, mode=0o700)
    if privilege is Privilege.SWITCHED:
        home.chmod(0o711)
        if not reachable_by_others(data_folder(home)):
            _move_out(home)
    folder = data_folder(home)
    folder.mkdir(exist_ok=True, mode=0o700)
    _own(folder, privilege)
    return folder


def hand_over(path: Path, privilege: Privilege) -> None:
    """Give a file that we wrote to the user whom the server runs as."""
    if privilege is Privilege.SWITCHED:
        os.lchown(path, NOBODY, NOBODY)


def _move_out(home: Path) -> None:
    """Put the data folder, or the place for it, where nobody can reach it, and link to it."""
    SHARED_ROOT.mkdir(parents=True, exist_ok=True)
    SHARED_ROOT.chmod(0o711)
    outside = Path(tempfile.mkdtemp(prefix="home-", dir=SHARED_ROOT))
    inside = home / "postgres"
    if inside.exists():
        outside.rmdir()
        shutil.move(inside, outside)
    inside.unlink(missing_ok=True)
    inside.symlink_to(outside)


def _own(folder: Path, privilege: Privilege) -> None:
    """Hand the folder to the user its server runs as, if it was ours under another privilege; refuse a stranger's."""
    owner, wanted = folder.stat().st_uid, owner_id(privilege)
    if owner == wanted:
        return
    if os.geteuid() != 0 or owner not in {0, NOBODY}:
        raise ForeignFolder(f"the data folder {folder} belongs to user {owner}, not to user {wanted}", retry=False)
    for path in (folder, *folder.rglob("*")):
        os.lchown(path, wanted, wanted)


def _initialise(folder: Path, privilege: Privilege, *, durable: bool) -> None:
    """Run initdb; what a run left behind that was broken off, and no server ever started on, goes first."""
    for left in folder.iterdir():
        shutil.rmtree(left) if left.is_dir() else left.unlink()
    initdb = str(programs(privilege) / "initdb")
    encoding = ("-E", "UTF8", "--locale-provider=builtin", "--locale=C.UTF-8")
    safety = () if durable else ("--no-sync",)
    command = (initdb, "-D", str(folder), "-U", SUPERUSER, "-A", "trust", *encoding, *safety)
    done = subprocess.run(
        command_as(privilege, command, dies_with_parent=True), check=False, capture_output=True, text=True, cwd="/"
    )
    if done.returncode:
        raise Unavailable(f"initdb failed in {folder}: {done.stderr.strip()}", retry=False)
    with (folder / "postgresql.conf").open("a") as conf:
        conf.write("\ninclude 'fenqi.conf'  # rewritten at every start; ALTER SYSTEM overrides it\n")


def _tuning(*, durable: bool) -> str:
    """The lines of fenqi.conf: nothing listens on the network, and memory follows the machine's."""
    megabytes = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") // 2**20
    memory = {
        "shared_buffers": f"{min(max(megabytes // 8, 128), 2048)}MB",
        "effective_cache_size": f"{megabytes // 2}MB",
        "dynamic_shared_memory_type": "posix" if _shared_memory_megabytes() >= 256 else "mmap",
    }
    lines = _ALWAYS | memory | (_DURABLE if durable else _FORGETFUL)
    return "".join(f"{name} = '{value}'\n" for name, value in lines.items())


def _shared_memory_megabytes() -> int:
    """What /dev/shm holds; containers give 64 MB by default, too little for parallel queries."""
    try:
        room = os.statvfs("/dev/shm")  # noqa: S108
    except OSError:
        return 0
    return room.f_frsize * room.f_blocks // 2**20
