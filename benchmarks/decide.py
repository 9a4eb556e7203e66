"""How many decisions a second over HTTP, beside ezrules on the same PostgreSQL, and how soon at 300 a second.

Ours with everything in the path: session, checkout, consents and identity checked, the order screened with its score,
the bureau's stand-in asked, strategy, limit and plans, the record, the limit in the ledger, one transaction with fsync.
ezrules has a key, 30 rules of its own demo and one transaction. One process each.
"""

from functools import partial
from pathlib import Path

from fenqi.cli.benchmark import Benchmark, Case, Measured, rival_python, run_json, this_python

CONTESTANTS = Path(__file__).parent / "contestant"
RIVAL_NEEDS = (3, 12)
COUNT, CONNECTIONS, TIMEOUT_SECONDS = 900, 8, 1_800
TURNS, TURN_SECONDS, PACE = 2, 4, 300
PROCESSES, SWAPS, SWAP_PACE, SWAP_SECONDS_MAX = 2, 3, 40, 1.0
LIMIT_MS = 20.0
"""At 300 a second, of a hundred decisions ninety-nine take no longer."""


def measure_max():
    rival = rival_python("decide", at_least=RIVAL_NEEDS)
    arguments = ("max", str(COUNT), str(CONNECTIONS), *((str(rival),) if rival else ()))
    found = _clocked(*arguments)
    ours, theirs = found["fenqi"], found.get("ezrules")
    return Measured(
        value=ours["per_second"],
        rivals={"ezrules": theirs["per_second"] if theirs else None},
        also={"p50_ms": ours["p50_ms"], "p99_ms": ours["p99_ms"]}
        | ({"rival_p50_ms": theirs["p50_ms"], "rival_p99_ms": theirs["p99_ms"]} if theirs else {}),
    )


def measure_300():
    ours = _clocked("paced", str(COUNT), str(CONNECTIONS))["fenqi"]
    return Measured(
        value=ours["p99_ms"],
        rivals={"limit": LIMIT_MS},
        also={"p50_ms": ours["p50_ms"], "answered_per_s": ours["per_second"]},
    )


def measure_shadows():
    found = _json("decide_shadow.py", str(TURNS), str(TURN_SECONDS), str(PACE))
    return Measured(
        value=found["with"]["p99_ms"],
        rivals={"without": found["without"]["p99_ms"]},
        also={
            "p50_ms": found["with"]["p50_ms"],
            "without_p50_ms": found["without"]["p50_ms"],
            "judged_count": found["judged"],
        },
    )


def measure_swap():
    """Seconds until no process decides by the old champion any more; a request that fails fails the case."""
    found = _json("decide_swap.py", str(PROCESSES), str(SWAPS), str(SWAP_PACE))
    if found["failed"]:
        raise SystemExit(f"{found['failed']} of {found['asked']} requests failed")
    return Measured(
        value=found["seconds"],
        rivals={"limit": SWAP_SECONDS_MAX},
        also={"asked_count": found["asked"], "failed_count": found["failed"], "process_count": found["processes"]},
    )


_json = partial(run_json, this_python(), folder=CONTESTANTS, timeout_seconds=TIMEOUT_SECONDS)
_clocked = partial(run_json, this_python(), "decide_clock.py", folder=CONTESTANTS, timeout_seconds=TIMEOUT_SECONDS)

BENCHMARK = Benchmark(
    name="decide",
    summary="decisions over HTTP with everything in the path",
    cases=(
        Case(
            name="http_max",
            summary="decisions a second, asked as fast as they are answered",
            unit="/s",
            rival="ezrules",
            aim=15.0,
            measure=measure_max,
            is_floor=True,
        ),
        Case(
            name="http_300",
            summary="99 of 100 answers at 300 decisions a second; half of them in 6 ms is the aim",
            unit="ms",
            rival="limit",
            aim=1.0,
            measure=measure_300,
        ),
        Case(
            name="shadows_3",
            summary="99 of 100 answers at 300 decisions a second with three shadows, beside the same without",
            unit="ms",
            rival="without",
            aim=1.05,
            measure=measure_shadows,
        ),
        Case(
            name="hot_swap",
            summary="until no process decides by the old champion any more, under load and with no failed request",
            unit="s",
            rival="limit",
            aim=1.0,
            measure=measure_swap,
        ),
    ),
)
