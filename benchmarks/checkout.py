"""What a decision costs over HTTP, against the least that a route over a database can do.

Ours: session, checkout, consents and identity checked, the bureau's stand-in asked, rules, score, limit and plans, the
record of it all, the limit in the ledger, one transaction with fsync. The rival: Starlette and psycopg, one SELECT and
one INSERT. Both run in turns on one PostgreSQL with its settings, one driver, one server, as many connections.
"""

from pathlib import Path

from fenqi.cli.benchmark import Benchmark, Case, Measured, run_json, this_python

CONTESTANTS = Path(__file__).parent / "contestant"
ROUNDS, COUNT, CONNECTIONS = 5, 100, 4
"""Every decision needs a shopper of its own, whose way to it costs more than the decision and is not measured."""


def measure(rounds=ROUNDS, count=COUNT):
    sizes = (str(rounds), str(count), str(CONNECTIONS))
    found = run_json(this_python(), "checkout_clock.py", *sizes, folder=CONTESTANTS, timeout_seconds=900)
    ours, plain = found["fenqi"], found["plain_route"]
    return Measured(
        value=ours["cpu_ms"],
        rivals={"starlette_psycopg": plain["cpu_ms"]},
        also={
            "p50_ms": ours["p50_ms"],
            "p99_ms": ours["p99_ms"],
            "rival_p50_ms": plain["p50_ms"],
            "rival_p99_ms": plain["p99_ms"],
        },
    )


BENCHMARK = Benchmark(
    name="checkout",
    summary="CPU and latency of a decision on a purchase",
    cases=(
        Case(
            name="decision_cpu",
            summary="CPU of the service and PostgreSQL for one decision over HTTP, authenticated, with fsync",
            unit="ms",
            rival="starlette_psycopg",
            aim=3.0,
            measure=measure,
        ),
    ),
)
