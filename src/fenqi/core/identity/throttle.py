"""How often may be tried what must not be found out by trying."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import ClassVar

from fenqi.core.refusal import Kind, Refusal


@dataclass(frozen=True)
class Throttle:
    """So many tries within a time that begins with the first of them."""

    tries_max: int
    window: timedelta


@dataclass(frozen=True)
class Tries:
    """How often something was tried since an instant, the latest try among them."""

    try_count: int
    since: datetime


LOG_IN = Throttle(tries_max=10, window=timedelta(minutes=15))
REGISTRY_CHECK = Throttle(tries_max=10, window=timedelta(days=1))


class LogInTooOften(Refusal):
    """Somebody tried to log in under this login too often; for a while the right password does not help either."""

    code: ClassVar[str] = "log_in_too_often"
    kind: ClassVar[Kind] = Kind.TOO_MANY


class IdentityCheckedTooOften(Refusal):
    """The registry was asked too often about this identity number, or by this customer."""

    code: ClassVar[str] = "identity_checked_too_often"
    kind: ClassVar[Kind] = Kind.TOO_MANY


def require_may_log_in(tries: Tries) -> None:
    """Refuse a log-in after too many that failed.

    Raises: LogInTooOften.
    """
    if tries.try_count > LOG_IN.tries_max:
        raise LogInTooOften(
            "this login was tried too often", allowed=f"again after {_told(tries.since + LOG_IN.window)}"
        )


def require_may_check(tries: Tries) -> None:
    """Refuse to ask the registry once more.

    Raises: IdentityCheckedTooOften.
    """
    if tries.try_count > REGISTRY_CHECK.tries_max:
        raise IdentityCheckedTooOften(
            "the registry was asked too often", allowed=f"again after {_told(tries.since + REGISTRY_CHECK.window)}"
        )


def _told(at: datetime) -> str:
    return f"{at:%Y-%m-%d %H:%M} UTC"
