"""How long the credit lines of a whole book take to be refreshed from what their customers did; 2 % of them change.

The rival is one aggregate over the same rows, by customer, and COPY of the rows that changed into a table like the
product's. The book is that of closing a day, with a line for each customer; it is made once, kept, and copied.
"""

from pathlib import Path

from fenqi.cli.benchmark import PROJECT, Benchmark, Case, Measured, run_json, this_python
from fenqi.cli.console import note
from fenqi.core.refusal import Broken

CONTESTANTS = Path(__file__).parent / "contestant"
HOME = PROJECT / ".fenqi" / "bench-refresh"
HOURS = 3600
ALSO = ("line_count", "changed_count", "leg_count", "notice_count", "client_cpu_seconds", "read_seconds", "log_mb")


def refresh(count):
    note(f"{count:,} customers; if there is no such book yet, making one takes some minutes a million")
    figures = run_json(
        this_python(), "refresh_run.py", str(HOME), str(count), folder=CONTESTANTS, timeout_seconds=4 * HOURS
    )
    if not 0.015 <= figures["changed_count"] / figures["line_count"] <= 0.025:
        raise Broken(f"{figures['changed_count']:,} of {figures['line_count']:,} lines changed, not 2 %")
    also = {name: figures[name] for name in ALSO}
    return Measured(value=figures["seconds"], rivals={"one_aggregate": figures["rival"]}, also=also)


def _lines(name, count, summary):
    return Case(
        name=name,
        summary=summary,
        unit="s",
        rival="one_aggregate",
        aim=2.0,
        measure=lambda: refresh(count),
    )


BENCHMARK = Benchmark(
    name="refresh",
    summary="scores and limits of a book are refreshed from behaviour in PostgreSQL, 2 % change",
    cases=(
        _lines("limits_20k", 20_000, "20,000 customers, to try it out"),
        _lines("limits_1m", 1_000_000, "1,000,000 customers"),
    ),
)
