"""Times one contestant: `clock.py MODULE[:CALL] SECONDS` imports MODULE beside it and calls its `run`, or another
function that is named, for about SECONDS.

Prints one JSON object: the best time of a call in seconds, and what a call answered. Needs Python's own library only,
so that every contestant is timed by the same clock in its own environment.
"""

import gc
import json
import sys
from collections.abc import Callable
from importlib import import_module
from time import perf_counter

ROUND_SECONDS = 0.02


def best_seconds(run: Callable[[], object], *, seconds: float) -> float:
    """The time of one call in the fastest of many short rounds: what disturbs a round can only slow it."""
    calls = 1
    while (took := _round(run, calls)) < ROUND_SECONDS / 2:
        calls *= 2
    best, until = took / calls, perf_counter() + seconds
    while perf_counter() < until:
        best = min(best, _round(run, calls) / calls)
    return best


def _round(run: Callable[[], object], calls: int) -> float:
    gc.collect()
    gc.disable()
    begun = perf_counter()
    for _ in range(calls):
        run()
    took = perf_counter() - begun
    gc.enable()
    return took


if __name__ == "__main__":
    module, _, call = sys.argv[1].partition(":")
    contestant = import_module(module)
    run = getattr(contestant, call or "run")
    answer = contestant.answer(run())
    sys.stdout.write(json.dumps({"seconds": best_seconds(run, seconds=float(sys.argv[2])), "answer": answer}))
