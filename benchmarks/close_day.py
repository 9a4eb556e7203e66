"""How long a day takes to close, over a book of loans of which 3 % fall due and 5 % are late.

The rival is one statement that writes a leg row for each loan that fell due and for each that is late, into a table
with the keys and indexes of the product's: less cannot be done. A book is made once, kept, and copied to be measured.
"""

from pathlib import Path

from fenqi.cli.benchmark import PROJECT, Benchmark, Case, Measured, run_json, this_python
from fenqi.cli.console import note
from fenqi.core.refusal import Broken

CONTESTANTS = Path(__file__).parent / "contestant"
HOME = PROJECT / ".fenqi" / "bench-close-day"
ORDINARY, MONTH_END = "2026-06-15", "2026-06-30"
HOURS = 3600
ALSO = (
    *("loan_count", "leg_count", "transaction_count", "client_cpu_seconds", "log_mb", "rival_log_mb"),
    *("idle_seconds", "idle_rival"),
)


def close(count, day):
    figures = _figures(count, day)
    if figures["leg_count"] > figures["leg_count_max"]:
        raise Broken(f"{figures['leg_count']:,} legs were written where {figures['leg_count_max']:,} are enough")
    also = {name: figures[name] for name in ALSO}
    return Measured(value=figures["seconds"], rivals={"one_statement": figures["rival"]}, also=also)


def idle(count):
    figures = _figures(count, ORDINARY)
    return Measured(value=figures["idle_seconds"], rivals={"one_scan": figures["idle_rival"]})


def _figures(count, day):
    note(f"{count:,} loans; if there is no such book yet, making one takes some minutes a million")
    arguments = ("close_day_run.py", str(HOME), str(count), day)
    return run_json(this_python(), *arguments, folder=CONTESTANTS, timeout_seconds=4 * HOURS)


def _closing(name, count, day, summary):
    return Case(
        name=name,
        summary=summary,
        unit="s",
        rival="one_statement",
        aim=2.0,
        measure=lambda: close(count, day),
    )


BENCHMARK = Benchmark(
    name="close_day",
    summary="a day is closed over a book in PostgreSQL, 3 % of the loans falling due, 5 % late",
    cases=(
        _closing("close_20k", 20_000, ORDINARY, "20,000 loans, to try it out"),
        _closing("close_1m", 1_000_000, ORDINARY, "1,000,000 loans"),
        _closing("close_5m", 5_000_000, ORDINARY, "5,000,000 loans"),
        _closing("month_end_200k", 200_000, MONTH_END, "200,000 loans, late charges booked as well"),
        Case(
            name="idle_5m",
            summary="5,000,000 loans, nothing falls due",
            unit="s",
            rival="one_scan",
            aim=0.1,
            measure=lambda: idle(5_000_000),
        ),
    ),
)
