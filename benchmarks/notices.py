"""What a message through the outbox costs, against the least that a queue in a table can do.

Ours: notices planned many at once, as reminders are; then the customer held, law, counts, stops, holds, preferences and
language read, the text filled in, the contact kept, the message handed to a carrier's stand-in that writes it to a
file, its receipt kept. The rival: one INSERT and one DELETE of a row as wide, all of a round in one transaction;
beside it the same with a transaction and an fsync for each statement. In turns on one PostgreSQL.
"""

from pathlib import Path

from fenqi.cli.benchmark import Benchmark, Case, Measured, run_json, this_python

CONTESTANTS = Path(__file__).parent / "contestant"
ROUNDS, COUNT = 5, 2_000


def measure(rounds=ROUNDS, count=COUNT):
    sizes = (str(rounds), str(count))
    found = run_json(this_python(), "notices_outbox.py", *sizes, folder=CONTESTANTS, timeout_seconds=900)
    return Measured(
        value=found["fenqi_cpu_us"],
        rivals={
            "insert_delete_in_one_transaction": found["bare_together_cpu_us"],
            "insert_delete": found["bare_cpu_us"],
        },
        also={"messages_per_second": found["fenqi_per_second"], "bare_per_second": found["bare_per_second"]},
    )


BENCHMARK = Benchmark(
    name="notices",
    summary="CPU of a message to a borrower, from the table to the carrier",
    cases=(
        Case(
            name="outbox",
            summary="CPU of client and PostgreSQL for one message through outbox, door and carrier's stand-in",
            unit="µs",
            rival="insert_delete_in_one_transaction",
            aim=3.0,
            measure=measure,
        ),
    ),
)
