"""How fast plans are quoted: five tenors of one purchase, with their annual figures.

Every contestant is timed by the same clock in a process of its own, in turns, and each keeps its fastest round; it
must also find the same annual figures, or it is no rival.
"""

from pathlib import Path

from fenqi.cli.benchmark import Benchmark, Case, Measured, rival_python, run_json, this_python
from fenqi.cli.console import note
from fenqi.core.refusal import Broken

CONTESTANTS = Path(__file__).parent / "contestant"
RIVALS = {"decimal_pyxirr": ("quote_decimal", 1e-6), "curo": ("quote_curo", 0.1)}
"""Each rival's script, and how far its annual figures may lie from ours, in percentage points.

curo keeps every instalment equal and does not round interest, so its figures differ in the second decimal.
"""
TURNS, SECONDS = 5, 1.0


def measure():
    contestants = {"fenqi": (this_python(), "quote_fenqi")}
    rivals = rival_python("quote")
    if rivals:
        contestants |= {rival: (rivals, script) for rival, (script, _) in RIVALS.items()}
    best, answers = {}, {}
    for turn in range(TURNS):
        for contestant, (python, script) in contestants.items():
            timed = run_json(python, "clock.py", script, str(SECONDS), folder=CONTESTANTS, timeout_seconds=60)
            best[contestant] = min(best.get(contestant, timed["seconds"]), timed["seconds"])
            answers[contestant] = timed["answer"]
        note(f"turn {turn + 1} of {TURNS}: " + ", ".join(f"{who} {took * 1e6:,.1f} µs" for who, took in best.items()))
    for rival, (_, tolerance) in RIVALS.items():
        _require_agreement(rival, answers, tolerance=tolerance)
    return Measured(
        value=best["fenqi"] * 1e6,
        rivals={rival: best[rival] * 1e6 if rival in best else None for rival in RIVALS},
    )


def _require_agreement(rival, answers, *, tolerance):
    for ours, theirs in zip(answers["fenqi"], answers.get(rival, ()), strict=False):
        if abs(ours[1] - theirs[1]) > tolerance:
            raise Broken(f"{rival} finds {theirs[1]} % a year where we find {ours[1]} %")


BENCHMARK = Benchmark(
    name="quote",
    summary="plans of a purchase with what they cost a year",
    cases=(
        Case(
            name="quote_five_plans",
            summary="five plans (3, 6, 12, 18 and 24 instalments) with their annual figures",
            unit="µs",
            rival="decimal_pyxirr",
            aim=0.5,
            measure=measure,
        ),
    ),
)
