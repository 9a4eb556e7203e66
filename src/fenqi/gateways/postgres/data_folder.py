"""The server's data folder: where it lies, whose it is, and how it is made and tuned."""

import os
import subprocess
from hashlib import sha256
from pathlib import Path

from fenqi.core.refusal import Unavailable
from fenqi.gateways.postgres.binary import SHARED_ROOT, programs, reachable_by_others
from fenqi.gateways.postgres.privilege import NOBODY, Privilege, command_as, owner_id

SUPERUSER = "fenqi"
DATABASE = "fenqi"

_DURABLE = {"wal_compression": "on", "checkpoint_timeout": "15min", "max_wal_size": "2GB"}
_FORGETFUL = {
    "fsync": "off",
    "synchronous_commit": "off",
    "full_page_writes": "off",
    "wal_level": "minimal",
    "max_wal_senders": "0",
    "max_connections": "200",
}
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


def data_folder(home: Path, privilege: Privilege) -> Path:
    """Where the database of a home lies: inside it, unless its server could not walk there.

    Root without user namespaces runs the server as nobody; a home behind a closed door, such as a clone in /root,
    then keeps its database under /var/lib/fenqi, in a folder named for the home.
    """
    if privilege is Privilege.SWITCHED and not reachable_by_others(home):
        return SHARED_ROOT / sha256(str(home.resolve()).encode()).hexdigest()[:16]
    return home / "postgres"


def make(home: Path, privilege: Privilege, *, durable: bool) -> Path:
    """Make a home's data folder unless it is there, and write the tuning that this start uses.

    Raises: ForeignFolder if it belongs to another user; Unavailable if initdb fails.
    """
    folder = data_folder(home, privilege)
    _open_way(home, folder, privilege)
    if not (folder / "PG_VERSION").exists():
        _initialise(folder, privilege, durable=durable)
    tuning = folder / "fenqi.conf"
    tuning.write_text(_tuning(durable=durable))
    hand_over(tuning, privilege)
    return folder


def hand_over(path: Path, privilege: Privilege) -> None:
    """Give a file that we wrote to the user whom the server runs as."""
    if privilege is Privilege.SWITCHED:
        os.lchown(path, NOBODY, NOBODY)


def _open_way(home: Path, folder: Path, privilege: Privilege) -> None:
    """Create the folders with the modes under which their server, and nobody else, gets in."""
    home.mkdir(parents=True, exist_ok=True, mode=0o700)
    if privilege is Privilege.SWITCHED:
        folder.parent.mkdir(parents=True, exist_ok=True)
        folder.parent.chmod(0o711)
    folder.mkdir(exist_ok=True, mode=0o700)
    _own(folder, privilege)


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
    """Run initdb into the empty folder; what a broken-off run left behind is cleared by initdb itself on failure."""
    initdb = str(programs(privilege) / "initdb")
    encoding = ("-E", "UTF8", "--locale-provider=builtin", "--locale=C.UTF-8")
    safety = () if durable else ("--no-sync",)
    command = (initdb, "-D", str(folder), "-U", SUPERUSER, "-A", "trust", *encoding, *safety)
    done = subprocess.run(command_as(privilege, command), check=False, capture_output=True, text=True, cwd="/")
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
