"""The command line: its commands, and what becomes of a no.

A command's module is imported when the command is asked for, so that a quick command stays quick.
"""

import os
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from importlib import import_module
from typing import Any

import typer

from fenqi.cli.exit_code import ExitCode, exit_code_of
from fenqi.core.refusal import Broken, Kind, Refusal, Unavailable


@dataclass(frozen=True, kw_only=True)
class Command:
    """A command: `cli/<module>.py` exposes `command`, a function, or `app`, a group of several."""

    module: str
    summary: str
    panel: str


_SERVICE, _CREDIT, _PROJECT = "An installation", "Plans and scores, without an installation", "The project"

COMMANDS: dict[str, Command] = {
    "up": Command(module="up", summary="Start everything here: database, demo world, service.", panel=_SERVICE),
    "status": Command(
        module="status", summary="Say whether the service answers (exit code 0 only then).", panel=_SERVICE
    ),
    "down": Command(module="down", summary="Stop a running service in order.", panel=_SERVICE),
    "reset": Command(module="reset", summary="Delete an installation's database and logins.", panel=_SERVICE),
    "config": Command(module="config", summary="Show every setting, its value and where it came from.", panel=_SERVICE),
    "ledger": Command(module="ledger", summary="Prove the books.", panel=_SERVICE),
    "quote": Command(module="quote", summary="Plan a purchase in instalments, priced by law.", panel=_CREDIT),
    "cases": Command(module="cases", summary="Run worked cases against the core.", panel=_CREDIT),
    "demo": Command(
        module="demo",
        summary="Play the whole business over HTTP on a clock of its own, and prove the books.",
        panel=_SERVICE,
    ),
    "soak": Command(
        module="soak", summary="Kill the service again and again, and look for what it promised.", panel=_PROJECT
    ),
    "data": Command(module="dataset", summary="Fetch real data sets and hold them to their contract.", panel=_CREDIT),
    "model": Command(module="model", summary="Train, show and validate the score.", panel=_CREDIT),
    "strategy": Command(
        module="strategy", summary="Prove a strategy, compare two, hold one to the reference engine.", panel=_CREDIT
    ),
    "bench": Command(module="bench", summary="Measure speed against rivals.", panel=_PROJECT),
    "web": Command(module="web", summary="Build the pages, or see whether they are built.", panel=_PROJECT),
    "test": Command(module="test", summary="Run every check of the project.", panel=_PROJECT),
}


class Misused(Refusal):
    """The command line cannot be read."""

    code = "usage"
    kind = Kind.BAD_INPUT


def main(arguments: Sequence[str]) -> int:
    """Run one command and return its exit code.

    A command returns its ExitCode, or nothing when it is done.
    """
    as_json = "--json" in arguments
    try:
        ended = _application(arguments)(args=list(arguments), prog_name="fenqi", standalone_mode=False)
        sys.stdout.flush()
    except (Refusal, Unavailable, Broken) as error:
        return _tell(error, as_json=as_json)
    except typer.TyperException as error:
        return _tell(Misused(error.format_message(), allowed="see --help"), as_json=as_json)
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return ExitCode.DONE
    except KeyboardInterrupt:
        return 130
    except Exception as error:
        if not _is_lost_database(error):
            raise
        return _tell(Unavailable(f"the database does not answer: {error}", retry=True), as_json=as_json)
    return ended if isinstance(ended, int) else ExitCode.DONE


def _application(arguments: Sequence[str]) -> typer.Typer:
    """The application with the one command that is asked for; the others are there for `--help` only."""
    app = typer.Typer(
        name="fenqi",
        help="Fenqi 分期: consumer instalment credit that a retailer or finance company runs for itself.",
        epilog="Exit codes: 0 done, 1 a check failed, 2 bad input, 3 nothing to check, 4 refused, 5 unavailable.",
        no_args_is_help=True,
        add_completion=False,
        pretty_exceptions_enable=False,
    )
    app.callback()(_root)
    asked = next((word for word in arguments if not word.startswith("-")), "")
    for name, command in COMMANDS.items():
        found = _imported(command) if name == asked else _not_asked
        if isinstance(found, typer.Typer):
            app.add_typer(found, name=name, help=command.summary, rich_help_panel=command.panel)
        else:
            app.command(name, help=command.summary, rich_help_panel=command.panel)(found)
    return app


def _imported(command: Command) -> typer.Typer | Callable[..., Any]:
    module = import_module(f"fenqi.cli.{command.module}")
    return module.app if hasattr(module, "app") else module.command


def _root() -> None:
    pass


def _not_asked() -> None:
    pass


def _tell(error: Refusal | Unavailable | Broken, *, as_json: bool) -> ExitCode:
    from fenqi.cli.console import write_no

    write_no(error, as_json=as_json)
    return exit_code_of(error)


def _is_lost_database(error: Exception) -> bool:
    """Whether the driver, if a command loaded it at all, says that the server is gone."""
    psycopg = sys.modules.get("psycopg")
    return psycopg is not None and isinstance(error, psycopg.OperationalError)
