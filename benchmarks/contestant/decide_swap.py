"""How soon every process decides by a new champion: `decide_swap.py PROCESSES SWAPS PACE`.

Starts an installation with the product's command, and further processes of the service on its database, each with a
data folder and a port of its own and the same keys. While all of them are asked at a pace, one strategy follows another
as champion. How long the old one went on is read from the decisions themselves: from the instant of the approval until
the last decision by it, whoever made it. Prints one JSON object: seconds of the slowest swap, how many requests failed.
"""

import asyncio
import json
import shutil
import sys
import tempfile
import time
from contextlib import ExitStack
from datetime import datetime
from pathlib import Path

import decide_clock
import httpx
import psycopg
from checkout_clock import free_ports, prepared, running, wait_for
from decide_desk import Desk

CUT_OFFS = (540, 580)
BEFORE_SECONDS, AFTER_SECONDS = 0.5, 2.0


def main(processes, swaps, pace):
    with ExitStack() as stack:
        home = Path(stack.enter_context(tempfile.TemporaryDirectory()))
        ports = free_ports(processes)
        start(stack, home, ports[0], dsn="")
        dsn = json.loads((home / "service.json").read_text())["dsn"]
        for number, port in enumerate(ports[1:]):
            other = home / f"process-{number}"
            other.mkdir(mode=0o700)
            shutil.copy2(home / "keys.json", other / "keys.json")
            start(stack, other, port, dsn=dsn)
        count = int(swaps * (BEFORE_SECONDS + AFTER_SECONDS + 1) * pace) + decide_clock.WARM_UP * processes
        requests = asyncio.run(prepared(home, ports[0], count))
        for port in ports:
            warming = [requests.pop() for _ in range(decide_clock.WARM_UP)]
            asyncio.run(decide_clock.load(port, warming, 4))
        return asyncio.run(measured(home, dsn, ports, requests, swaps=swaps, pace=pace))


def start(stack, home, port, *, dsn):
    settings = {"FENQI_HOME": str(home), "FENQI_PORT": str(port), "FENQI_DSN": dsn}
    wait_for(port, stack.enter_context(running([sys.executable, "-m", "fenqi.cli", "up"], settings)))


async def measured(home, dsn, ports, requests, *, swaps, pace):
    load = Load(ports, requests, pace)
    asking = asyncio.create_task(load.go_on())
    took = []
    async with httpx.AsyncClient(base_url=f"http://127.0.0.1:{ports[0]}", timeout=60) as http:
        desk = await Desk.open(http, home)
        versions = [await desk.propose(cut_off) for cut_off in CUT_OFFS]
        for swap in range(swaps):
            before = (await desk.get("/staff/strategies"))["line_up"]["champion"]
            use_id = await desk.wish(versions[swap % len(versions)], "champion")
            await asyncio.sleep(BEFORE_SECONDS)
            answer = await desk.approve(use_id)
            answered_at = datetime.fromisoformat(answer["answered_at"])
            await asyncio.sleep(AFTER_SECONDS)
            took.append(seconds_went_on(dsn, before, answered_at))
    load.is_over = True
    await asking
    return {"seconds": max(took), "failed": load.failed, "asked": load.asked, "processes": len(ports)}


def seconds_went_on(dsn, version, answered_at):
    with psycopg.connect(dsn) as connection:
        query = "select max(decided_at) from decision where strategy_version = %s and decided_at > %s"
        (last,) = connection.execute(query, (version, answered_at)).fetchone()
    return 0.0 if last is None else (last - answered_at).total_seconds()


class Load:
    """Every process asked in turn, at a pace, until it is over; what fails is counted."""

    def __init__(self, ports, requests, pace):
        self._ports, self._requests, self._pace = ports, requests, pace
        self._free = {port: [] for port in ports}
        self.is_over, self.asked, self.failed = False, 0, 0

    async def go_on(self):
        begun, going = time.perf_counter(), []
        while self._requests and not self.is_over:
            await asyncio.sleep(max(begun + self.asked / self._pace - time.perf_counter(), 0))
            port = self._ports[self.asked % len(self._ports)]
            going.append(asyncio.create_task(self._ask(port, self._requests.pop())))
            self.asked += 1
        await asyncio.gather(*going)

    async def _ask(self, port, content):
        free = self._free[port]
        try:
            connection = await decide_clock.Connection.free(free, port)
            await connection.ask(content)
            free.append(connection)
        except (OSError, EOFError, SystemExit) as error:
            self.failed += 1
            sys.stderr.write(f"{type(error).__name__}: {error}\n")


if __name__ == "__main__":
    sys.stdout.write(json.dumps(main(*(int(argument) for argument in sys.argv[1:4]))))
