"""How long the whole history of a loan takes to replay, against recalculating a schedule after every event."""

from pathlib import Path

from fenqi.cli.benchmark import Benchmark, Case, Measured, rival_python, run_json, this_python
from fenqi.cli.console import note
from fenqi.core.refusal import Broken

CONTESTANTS = Path(__file__).parent / "contestant"
EVENT_COUNT, INSTALMENT_COUNT = 60, 24
BOOK_COUNT = 10_000
TURNS, SECONDS = 3, 1.0


def replay_one():
    best = {}
    for turn in range(TURNS):
        for contestant, seconds in (("fenqi", _timed(this_python(), "replay_fenqi")), ("curo", _rival())):
            if seconds is not None:
                best[contestant] = min(best.get(contestant, seconds), seconds)
        note(f"turn {turn + 1} of {TURNS}: " + ", ".join(f"{who} {took * 1e3:,.1f} ms" for who, took in best.items()))
    return Measured(value=best["fenqi"] * 1e3, rivals={"curo": best["curo"] * 1e3 if "curo" in best else None})


def replay_book():
    rivals = [_rival() for _ in range(TURNS)]
    done = run_json(this_python(), "replay_book.py", str(BOOK_COUNT), folder=CONTESTANTS, timeout_seconds=3600)
    if not done["is_equal"]:
        raise Broken("loans replayed together are not what each is alone")
    return Measured(value=done["seconds"] * 1e3, rivals={"curo": None if None in rivals else min(rivals) * 1e3})


def _rival():
    """The seconds of all the schedules that one loan's history needs."""
    python = rival_python("quote")
    return None if python is None else _timed(python, "replay_curo") * EVENT_COUNT


def _timed(python, script):
    timed = run_json(python, "clock.py", script, str(SECONDS), folder=CONTESTANTS, timeout_seconds=120)
    if timed["answer"]["row_count"] != INSTALMENT_COUNT:
        raise Broken(f"{script} finds {timed['answer']['row_count']} instalments")
    return timed["seconds"]


BENCHMARK = Benchmark(
    name="replay",
    summary="the state of a loan from all that happened to it, against 60 schedules of 24 rows",
    cases=(
        Case(
            name="replay_60_events",
            summary="one loan of 24 instalments, recalculated daily, after 60 events",
            unit="ms",
            rival="curo",
            aim=0.5,
            measure=replay_one,
        ),
        Case(
            name="replay_batch",
            summary=f"the same over {BOOK_COUNT:,} loans on every core, per loan",
            unit="ms",
            rival="curo",
            aim=0.1,
            measure=replay_book,
        ),
    ),
)
