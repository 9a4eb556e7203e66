"""The three kinds of no: a refusal says what is allowed, the outside is unavailable, an invariant is broken."""

from enum import StrEnum
from typing import ClassVar


class Kind(StrEnum):
    """Why a command was refused; one table maps a kind to an HTTP status and one to an exit code."""

    BAD_INPUT = "bad_input"
    """A value cannot be read or lies outside what the field allows."""
    UNKNOWN = "unknown"
    """The thing named does not exist, or not for whoever asks."""
    CONFLICT = "conflict"
    """The thing's state, or an earlier command, excludes this one."""
    RULE = "rule"
    """The law, the contract or the lender's policy forbids it."""
    UNAUTHENTICATED = "unauthenticated"
    """Nobody has said who is asking."""
    FORBIDDEN = "forbidden"
    """Whoever asks may not do this."""
    EXPIRED = "expired"
    """The time in which it could be done is over."""
    TOO_MANY = "too_many"
    """Tried too often."""
    TOO_LARGE = "too_large"
    """The request is larger than any valid one."""


class Refusal(Exception):
    """A named no. Each subclass stands beside its raiser and has a code that never changes."""

    code: ClassVar[str]
    kind: ClassVar[Kind] = Kind.BAD_INPUT

    def __init__(self, what: str, *, allowed: str = "", source: str = "") -> None:
        super().__init__(what)
        self.what = what
        self.allowed = allowed
        self.source = source

    def as_dict(self) -> dict[str, str]:
        """The shape in which a refusal leaves the system, by HTTP or on the terminal."""
        return {"code": self.code, "what": self.what, "allowed": self.allowed, "source": self.source}


class Unavailable(Exception):
    """Something outside did not answer; `retry` says whether the same call may be made again."""

    code: ClassVar[str] = "unavailable"

    def __init__(self, what: str, *, retry: bool) -> None:
        super().__init__(what)
        self.what = what
        self.retry = retry


class Broken(Exception):
    """An invariant does not hold. Never caught: the transaction must not commit."""
