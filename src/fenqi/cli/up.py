"""`fenqi up`: database, migrations, demo world and service, until somebody stops them."""

import gc
import os
import signal
import socket
from pathlib import Path
from typing import Annotated

import typer

from fenqi.cli.console import note, say
from fenqi.cli.database import database
from fenqi.cli.exit_code import ExitCode
from fenqi.cli.home import open_home
from fenqi.cli.running import HOST, AlreadyRunning, Running, announce, answers, only_one, running_in
from fenqi.core.refusal import Unavailable
from fenqi.settings import Settings, load_settings

_SOME_SIGNALS = (signal.SIGTERM, signal.SIGHUP)


class PortInUse(Unavailable):
    """Another program listens on the port."""

    code = "port_in_use"


def command(
    *,
    port: Annotated[int | None, typer.Option(min=1, max=65535, help="Port on the loopback address.")] = None,
    production: Annotated[bool, typer.Option("--production", help="Refuse stand-ins and demo logins.")] = False,
) -> ExitCode:
    """Start everything here and serve until Ctrl-C; a second `up` only says where the first answers."""
    settings = load_settings(os.environ).given(port=port, production=production or None)
    open_home(settings.home)
    try:
        with only_one(settings.home):
            _end_on_signals()
            _run(settings)
    except AlreadyRunning:
        return _point_to_the_first(settings.home)
    except KeyboardInterrupt:
        pass
    note("stopped")
    return ExitCode.DONE


def _run(settings: Settings) -> None:
    """Bring up one part after the other; they end in reverse order."""
    with _listener(settings.port) as listener:
        gc.disable()  # nothing that is loaded now is garbage; `serve` looks for it again
        from fenqi.cli.serve import prepare, serve  # the slowest import, after the quick reasons to stop

        note(f"starting in {settings.home}")
        with database(settings) as server:
            welcome = prepare(settings, server.dsn)
            running = Running(pid=os.getpid(), port=settings.port, dsn=server.dsn)

            def tell() -> None:
                announce(settings.home, running)
                for line in (f"Fenqi answers on {running.address}", *welcome, "Ctrl-C stops it."):
                    say(line)

            serve(settings, server.dsn, listener=listener, announce=tell, alive=server.alive)
            if not server.alive():
                raise Unavailable(f"the database ended; see {settings.home / 'postgres.log'}", retry=True)


def _listener(port: int) -> socket.socket:
    """The socket to serve on, bound before anything else is started."""
    listener = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listener.bind((HOST, port))
        listener.listen(512)
    except OSError as error:
        listener.close()
        raise PortInUse(f"port {port} cannot be had: {error.strerror}; --port takes another", retry=False) from error
    return listener


def _end_on_signals() -> None:
    """Let the signals that end a process end it as Ctrl-C does, in order."""
    for number in _SOME_SIGNALS:
        if signal.getsignal(number) is not signal.SIG_IGN:
            signal.signal(number, signal.default_int_handler)


def _point_to_the_first(home: Path) -> ExitCode:
    """Say where the service of this home answers already.

    Raises: AlreadyRunning if it does not answer, as while it starts.
    """
    running = running_in(home)
    if running is None or not answers(running):
        raise AlreadyRunning(f"another process is starting or stopping the service in {home}", retry=True)
    say(f"Fenqi already answers on {running.address} (process {running.pid})")
    return ExitCode.DONE
