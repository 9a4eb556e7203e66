"""`fenqi down`: stop a running service."""

import os
import signal

from fenqi.cli.console import say
from fenqi.cli.running import is_held, running_in, wait_until_free
from fenqi.core.refusal import Unavailable
from fenqi.settings import load_settings

_SECONDS_MAX = 60.0


def command() -> None:
    """Stop the service of this home in order, and wait until it is gone."""
    home = load_settings(os.environ).home
    running = running_in(home)
    if running is None:
        if is_held(home):
            raise Unavailable(f"the service in {home} has not come up yet", retry=True)
        say(f"no service runs in {home}")
        return
    os.kill(running.pid, signal.SIGTERM)
    if not wait_until_free(home, seconds_max=_SECONDS_MAX):
        raise Unavailable(f"process {running.pid} did not end within {_SECONDS_MAX:.0f} s", retry=True)
    say(f"stopped (process {running.pid})")
