"""How many loans are valued in a second: what they have earned by a day, and what would close them.

Every contestant is timed by the same clock in a process of its own, in turns, and each keeps its fastest round; it
must also find the same amounts for the same loans, or it is no rival.
"""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from fenqi.cli.benchmark import Benchmark, Case, Measured, run_json, this_python
from fenqi.cli.console import note
from fenqi.core.refusal import Broken

CONTESTANTS = Path(__file__).parent / "contestant"
RIVALS = ("numpy", "decimal", "replay")
TURNS, SECONDS = 3, 1.0


def accrual() -> Measured:
    return _measured("accrual")


def payoff() -> Measured:
    return _measured("payoff")


def _measured(call: str) -> Measured:
    best, answers = dict[str, float](), dict[str, dict[str, Any]]()
    for turn in range(TURNS):
        for contestant in ("fenqi", *RIVALS):
            arguments = ("clock.py", f"values_{contestant}:{call}", str(SECONDS))
            timed = run_json(this_python(), *arguments, folder=CONTESTANTS, timeout_seconds=300)
            answers[contestant] = timed["answer"]
            best[contestant] = max(best.get(contestant, 0.0), timed["answer"]["count"] / timed["seconds"])
        note(f"turn {turn + 1} of {TURNS}: " + ", ".join(f"{who} {count:,.0f}" for who, count in best.items()))
    _require_agreement(answers)
    return Measured(value=best["fenqi"], rivals={rival: best[rival] for rival in RIVALS})


def _require_agreement(answers: Mapping[str, Mapping[str, Any]]) -> None:
    ours = answers["fenqi"]
    if answers["numpy"]["all"] != ours["all"]:
        raise Broken(f"numpy finds {answers['numpy']['all']} where we find {ours['all']}")
    for rival in RIVALS:
        if answers[rival]["first"] != ours["first"]:
            raise Broken(f"{rival} finds {answers[rival]['first']} where we find {ours['first']}")


BENCHMARK = Benchmark(
    name="values",
    summary="what many loans have earned by a day and what would close them, to the cent",
    cases=(
        Case(
            name="accrual_per_s",
            summary="loans a second whose interest and late charge are reckoned to a day, 3 to 24 instalments",
            unit="loans/s",
            rival="numpy",
            aim=2.0,
            is_floor=True,
            measure=accrual,
        ),
        Case(
            name="payoff_per_s",
            summary="loans a second whose payoff is quoted for a day, 3 to 24 instalments",
            unit="loans/s",
            rival="numpy",
            aim=2.0,
            is_floor=True,
            measure=payoff,
        ),
    ),
)
