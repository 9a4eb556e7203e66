"""How many applications a strategy decides anew in a second, the shipped strategy over made-up facts.

The rival runs the same graph on the first of the same rows, in a batch as it advises; both must say the same outcomes.
"""

import json
from pathlib import Path
from time import perf_counter

import numpy as np
import zen

from fenqi.cli.benchmark import Benchmark, Case, Measured
from fenqi.cli.console import note
from fenqi.core.refusal import Broken
from fenqi.core.strategy.backtest import Past, Segmentation, back_test
from fenqi.core.strategy.columnar import compile_columnar
from fenqi.core.strategy.graph import read_graph
from fenqi.core.strategy.plan import plan_of
from fenqi.core.strategy.sample import sample_of

STRATEGY = Path(__file__).parents[1] / "strategies" / "demo.jdm.json"
DRAWN, TIMES, RIVAL_ROWS, TURNS = 50_000, 20, 2_000, 5


def measure():
    text = STRATEGY.read_bytes()
    plan = plan_of(read_graph(text))
    strategy = compile_columnar(plan)
    rows = sample_of(plan, count=DRAWN, seed=1)
    columns = {name: np.tile(column, TIMES) for name, column in strategy.columns(rows).items()}
    past = _past(len(next(iter(columns.values()))))
    engine = zen.ZenEngine({"loader": {"type": "static", "content": {"demo": json.loads(text)}}})
    asked = [{"key": "demo", "context": row} for row in rows[:RIVAL_ROWS]]
    ours, whole, theirs = 0.0, 0.0, 0.0
    for turn in range(TURNS):
        rate, out = _timed(lambda: strategy.run(columns), DRAWN * TIMES)
        ours = max(ours, rate)
        whole = max(whole, _timed(lambda: back_test(strategy, columns, past), DRAWN * TIMES)[0])
        rate, said = _timed(lambda: engine.evaluate_batch(asked), RIVAL_ROWS)
        theirs = max(theirs, rate)
        note(f"turn {turn + 1} of {TURNS}: fenqi {ours:,.0f}, with figures {whole:,.0f}, zen-engine {theirs:,.0f}")
    _require_agreement(strategy, out, said)
    return Measured(value=ours, rivals={"zen-engine": theirs}, also={"with_figures_per_s": whole})


def _past(count):
    draw = np.random.default_rng(2)
    return Past(
        outcomes=draw.integers(3, size=count),
        is_bad=draw.integers(2, size=count),
        profit_minor=draw.integers(10_000, size=count),
        segmentations=(Segmentation(("new", "known"), draw.integers(2, size=count)),),
    )


def _timed(work, count):
    started = perf_counter()
    result = work()
    return count / (perf_counter() - started), result


def _require_agreement(strategy, out, said):
    for row, one in enumerate(said):
        if strategy.decoded(out, row)["outcome"] != one["data"]["result"]["outcome"]:
            raise Broken(f"row {row} is decided differently by zen-engine")


BENCHMARK = Benchmark(
    name="backtest",
    summary="the shipped strategy over many applications",
    cases=(
        Case(
            name="rows_per_s",
            summary="applications decided anew in a second, one process",
            unit="rows/s",
            rival="zen-engine",
            aim=150.0,
            is_floor=True,
            measure=measure,
        ),
    ),
)
