"""As whom the embedded PostgreSQL runs: it refuses to be root, so root becomes nobody."""

import os
import shutil
import subprocess
from enum import StrEnum
from functools import cache

from fenqi.core.refusal import Unavailable

NOBODY = 65534
"""The user and group that root's PostgreSQL runs as; the kernel's overflow id, present on every Linux."""


class Privilege(StrEnum):
    """How a process gets to be somebody whom PostgreSQL accepts."""

    OWN = "own"
    """As ourselves, an ordinary user."""
    NAMESPACE = "namespace"
    """As root that a user namespace shows as nobody: files stay root's, so any folder will do."""
    SWITCHED = "switched"
    """As nobody, where user namespaces are refused: files belong to nobody, who must be able to reach them."""


_NAMESPACE = ("unshare", "-U", f"--map-user={NOBODY}", f"--map-group={NOBODY}")
_SWITCH = ("setpriv", "--reuid", str(NOBODY), "--regid", str(NOBODY), "--clear-groups")
_PREFIXES: dict[Privilege, tuple[str, ...]] = {
    Privilege.OWN: (),
    Privilege.NAMESPACE: _NAMESPACE,
    Privilege.SWITCHED: _SWITCH,
}


@cache
def privilege_here() -> Privilege:
    """The privilege that works for this user on this machine.

    Raises: Unavailable where root has neither user namespaces nor setpriv.
    """
    if os.geteuid() != 0:
        return Privilege.OWN
    for privilege in (Privilege.NAMESPACE, Privilege.SWITCHED):
        if _works(_PREFIXES[privilege]):
            return privilege
    raise Unavailable("PostgreSQL refuses to run as root, and neither unshare nor setpriv works here", retry=False)


def command_as(privilege: Privilege, command: tuple[str, ...], *, dies_with_parent: bool = False) -> tuple[str, ...]:
    """The command line that runs `command` under a privilege.

    The death signal is set after the change of user, which would clear it. It is INT, PostgreSQL's fast shutdown,
    and follows the thread that started the process, so a server must be started from the main thread.
    """
    death = ("setpriv", "--pdeathsig", "INT") if dies_with_parent else ()
    return (*_PREFIXES[privilege], *death, *command)


def owner_id(privilege: Privilege) -> int:
    """The user to whom the server's files belong, seen from outside any namespace."""
    return NOBODY if privilege is Privilege.SWITCHED else os.geteuid()


def _works(prefix: tuple[str, ...]) -> bool:
    if shutil.which(prefix[0]) is None:
        return False
    return subprocess.run([*prefix, "true"], check=False, capture_output=True).returncode == 0
