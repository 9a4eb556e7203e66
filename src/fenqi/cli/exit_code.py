"""What a command's exit status means: one table for every command."""

from enum import IntEnum

from fenqi.core.refusal import Broken, Kind, Refusal, Unavailable


class ExitCode(IntEnum):
    """How a command ended."""

    DONE = 0
    """It did what was asked."""
    CHECK_FAILED = 1
    """It looked, and something does not hold."""
    BAD_INPUT = 2
    """What was asked cannot be read, or names nothing."""
    NOTHING_TO_CHECK = 3
    """It found nothing to look at, which is not the same as finding no fault."""
    REFUSED = 4
    """A rule, a contract or the state of things forbids it."""
    UNAVAILABLE = 5
    """Something outside does not answer."""


BY_KIND: dict[Kind, ExitCode] = {
    Kind.BAD_INPUT: ExitCode.BAD_INPUT,
    Kind.UNKNOWN: ExitCode.BAD_INPUT,
    Kind.TOO_LARGE: ExitCode.BAD_INPUT,
    Kind.CONFLICT: ExitCode.REFUSED,
    Kind.RULE: ExitCode.REFUSED,
    Kind.UNAUTHENTICATED: ExitCode.REFUSED,
    Kind.FORBIDDEN: ExitCode.REFUSED,
    Kind.EXPIRED: ExitCode.REFUSED,
    Kind.TOO_MANY: ExitCode.REFUSED,
}


def exit_code_of(error: Refusal | Unavailable | Broken) -> ExitCode:
    """The exit code with which a command ends that met one of the three kinds of no."""
    if isinstance(error, Refusal):
        return BY_KIND[error.kind]
    return ExitCode.UNAVAILABLE if isinstance(error, Unavailable) else ExitCode.CHECK_FAILED
