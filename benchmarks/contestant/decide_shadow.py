"""What three shadows do to how soon decisions are answered: `decide_shadow.py TURNS SECONDS PACE`.

Starts an installation of its own with the product's command, brings shoppers as far as their consents, then asks at a
pace, in turns with and without three shadows. Shadows judge what was decided some seconds ago, so the first seconds of
a turn are not counted. Prints one JSON object: milliseconds, and how many decisions the shadows judged.
"""

import asyncio
import json
import sys
import tempfile
from contextlib import ExitStack
from pathlib import Path

import decide_clock
import httpx
from checkout_clock import free_ports, prepared, running, wait_for
from decide_desk import Desk

CUT_OFFS = (540, 580, 600)
SETTLING_SECONDS = 3.0
CONNECTIONS = 8


def main(turns, seconds, pace):
    decide_clock.PACE = pace
    with ExitStack() as stack:
        home = Path(stack.enter_context(tempfile.TemporaryDirectory()))
        (port,) = free_ports(1)
        settings = {"FENQI_HOME": str(home), "FENQI_PORT": str(port), "FENQI_DSN": ""}
        service = stack.enter_context(running([sys.executable, "-m", "fenqi.cli", "up"], settings))
        wait_for(port, service)
        skipped, counted = int(SETTLING_SECONDS * pace), int(seconds * pace)
        count = 2 * turns * (skipped + counted) + 2 * decide_clock.WARM_UP
        requests = asyncio.run(prepared(home, port, count))
        asyncio.run(decide_clock.load(port, [requests.pop() for _ in range(decide_clock.WARM_UP)], CONNECTIONS))
        return asyncio.run(measured(home, port, requests, turns=turns, skipped=skipped, counted=counted))


async def measured(home, port, requests, *, turns, skipped, counted):
    latencies = {"without": [], "with": []}
    async with httpx.AsyncClient(base_url=f"http://127.0.0.1:{port}", timeout=60) as http:
        desk = await Desk.open(http, home)
        versions = [await desk.propose(cut_off) for cut_off in CUT_OFFS]
        await use_all(desk, versions, "shadow")
        await decide_clock.asked(port, [requests.pop() for _ in range(decide_clock.WARM_UP)])
        warm = await level(desk, decide_clock.WARM_UP)
        for _ in range(turns):
            for name in latencies:
                await use_all(desk, versions, "shadow" if name == "with" else "retired")
                await decide_clock.asked(port, [requests.pop() for _ in range(skipped)])
                latencies[name] += await decide_clock.asked(port, [requests.pop() for _ in range(counted)])
        judged = await level(desk, warm + turns * (skipped + counted)) - warm
    return {name: decide_clock.percentiles(sorted(found)) for name, found in latencies.items()} | {"judged": judged}


async def use_all(desk, versions, role):
    for version in versions:
        await desk.approve(await desk.wish(version, role))


async def level(desk, count, *, seconds_max=60):
    """How many decisions each shadow has judged, once they have come as far as they will."""
    judged = 0
    for _ in range(seconds_max):
        found = (await desk.get("/staff/shadows"))["shadows"]
        judged = sum(line["decision_count"] for line in found) // len(CUT_OFFS)
        if judged >= count:
            break
        await asyncio.sleep(1)
    return judged


if __name__ == "__main__":
    sys.stdout.write(json.dumps(main(*(int(argument) for argument in sys.argv[1:4]))))
