"""How many plans are made in a second, over a mix of 3, 6, 12 and 24 equal instalments.

Every contestant is timed by the same clock in a process of its own, in turns, and each keeps its fastest round; it
must also find what the same loans cost, or it is no rival.
"""

from pathlib import Path

from fenqi.cli.benchmark import Benchmark, Case, Measured, rival_python, run_json, this_python
from fenqi.cli.console import note
from fenqi.core.refusal import Broken

CONTESTANTS = Path(__file__).parent / "contestant"
RIVALS = {"numpy": 0.0, "decimal": 0.0, "curo": 0.25}
"""How far a rival's cost of one loan may lie from ours, in yuan; curo keeps every instalment equal."""
TURNS, SECONDS = 5, 1.0


def measure():
    pythons = {"fenqi": this_python(), "numpy": this_python(), "decimal": this_python()}
    with_curo = rival_python("quote")
    if with_curo:
        pythons["curo"] = with_curo
    best, answers = {}, {}
    for turn in range(TURNS):
        for contestant, python in pythons.items():
            script = f"schedules_{contestant}"
            timed = run_json(python, "clock.py", script, str(SECONDS), folder=CONTESTANTS, timeout_seconds=120)
            answers[contestant] = timed["answer"]
            per_second = timed["answer"]["count"] / timed["seconds"]
            best[contestant] = max(best.get(contestant, 0.0), per_second)
        note(f"turn {turn + 1} of {TURNS}: " + ", ".join(f"{who} {count:,.0f}" for who, count in best.items()))
    _require_agreement(answers)
    return Measured(value=best["fenqi"], rivals={rival: best.get(rival) for rival in RIVALS})


def _require_agreement(answers):
    ours = answers["fenqi"]
    if answers["numpy"]["all"] != ours["all"]:
        raise Broken(f"numpy finds a cost of {answers['numpy']['all']} where we find {ours['all']}")
    for rival, tolerance in RIVALS.items():
        if rival in answers:
            for theirs, cost in zip(answers[rival]["cost"], ours["cost"], strict=True):
                if abs(theirs - cost) > tolerance + 1e-9:
                    raise Broken(f"{rival} finds a cost of {theirs} where we find {cost}")


BENCHMARK = Benchmark(
    name="schedules",
    summary="plans of many loans, to the cent",
    cases=(
        Case(
            name="schedules_per_s",
            summary="plans a second, a mix of 3, 6, 12 and 24 equal instalments at 150 prices",
            unit="plans/s",
            rival="numpy",
            aim=4.0,
            is_floor=True,
            measure=measure,
        ),
    ),
)
