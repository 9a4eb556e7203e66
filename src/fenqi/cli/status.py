"""`fenqi status`: whether the service answers."""

import os
from typing import Annotated

import typer

from fenqi.cli.console import say, write_json
from fenqi.cli.exit_code import ExitCode
from fenqi.cli.running import answers, is_held, running_in
from fenqi.settings import load_settings


def command(*, json: Annotated[bool, typer.Option("--json", help="One JSON object.")] = False) -> ExitCode:
    """Say whether the service of this home answers; the exit code is 0 only then, and 5 otherwise."""
    settings = load_settings(os.environ)
    running = running_in(settings.home)
    if running is not None and answers(running):
        state, line = "answers", f"answers on {running.address} (process {running.pid})"
    elif is_held(settings.home):
        state, line = (
            "silent",
            f"a service holds {settings.home} but does not answer: it is starting, stopping or stuck",
        )
    else:
        state, line = "stopped", f"no service runs in {settings.home}"
    if json:
        address, pid = (running.address, running.pid) if running else (None, None)
        database = "FENQI_DSN" if settings.dsn else "embedded"
        write_json({"state": state, "address": address, "pid": pid, "home": settings.home, "database": database})
    else:
        say(line)
    return ExitCode.DONE if state == "answers" else ExitCode.UNAVAILABLE
