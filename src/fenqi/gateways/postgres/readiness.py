"""Whether a PostgreSQL answers, and whether it is one that Fenqi can use."""

import time
from collections.abc import Callable

import psycopg

from fenqi.core.refusal import Unavailable

OLDEST_VERSION = 17


def wait_until_ready(dsn: str, *, alive: Callable[[], bool], seconds_max: float) -> bool:
    """Wait for a starting server to accept a connection; False as soon as it is no longer alive.

    Recovery after a crash may take long, so a living server gets all of the time.

    Raises: Unavailable when the time is over.
    """
    deadline = time.monotonic() + seconds_max
    while alive():
        if answers(dsn):
            return True
        if time.monotonic() > deadline:
            raise Unavailable(f"PostgreSQL did not answer within {seconds_max:.0f} s", retry=True)
        time.sleep(0.03)
    return False


def require_usable(dsn: str) -> None:
    """Insist that the server behind a DSN answers and is new enough.

    Raises: Unavailable if it does not answer or is older than PostgreSQL 17.
    """
    try:
        with psycopg.connect(dsn, connect_timeout=10) as conn:
            major = conn.info.server_version // 10000
    except psycopg.Error as error:
        raise Unavailable(f"the PostgreSQL of FENQI_DSN does not answer: {error}", retry=True) from error
    if major < OLDEST_VERSION:
        raise Unavailable(f"FENQI_DSN is PostgreSQL {major}; Fenqi needs {OLDEST_VERSION} or newer", retry=False)


def answers(dsn: str) -> bool:
    """Whether a server lets us in, in its database."""
    try:
        psycopg.connect(dsn, connect_timeout=2).close()
    except psycopg.OperationalError:
        return False
    return True
