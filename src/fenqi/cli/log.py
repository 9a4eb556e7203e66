"""What a running service writes about itself: one line an event on standard error, with no personal data in it."""

import re
import sys
from collections.abc import MutableMapping
from typing import Any

import structlog
from structlog.typing import Processor

_PERSONAL = re.compile(r"(?<!\w)(?:1\d{10}|\d{17}[\dXx]|\d{16,19})(?!\w)")
"""Mobile numbers, ID numbers and card numbers, as they would stand in a message of a library."""


def configure_log() -> None:
    """Send the log to standard error: to be read on a terminal, as JSON lines anywhere else.

    Tracebacks come without the values of variables, which may be anybody's.
    """
    structlog.configure(
        processors=[
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso", utc=True),
            structlog.processors.format_exc_info,
            mask_personal,
            _renderer(),
        ],
        logger_factory=structlog.PrintLoggerFactory(sys.stderr),
        cache_logger_on_first_use=True,
    )


def _renderer() -> Processor:
    if sys.stderr.isatty():
        return structlog.dev.ConsoleRenderer(exception_formatter=structlog.dev.plain_traceback)
    return structlog.processors.JSONRenderer(ensure_ascii=False)


def mask_personal(_logger: object, _method: str, event: MutableMapping[str, Any]) -> MutableMapping[str, Any]:
    """Blot out every number that could be somebody's mobile, ID or card number."""
    return {key: _PERSONAL.sub("***", value) if isinstance(value, str) else value for key, value in event.items()}
