"""`fenqi model bench fraud_world`: what rules and model find of each scheme, and which good orders they stop."""

from dataclasses import asdict
from typing import Any

from fenqi.cli.console import note, say, write_json, write_table
from fenqi.cli.exit_code import ExitCode
from fenqi.simulation.fraud.detection import Detection, Share, detection
from fenqi.simulation.fraud.sample import sample_of_world
from fenqi.simulation.fraud.screened import Judge, Judged, judged_orders
from fenqi.simulation.fraud.world import Size
from fenqi.stores.model import load_booster
from fenqi.stores.shipped_screening import load_screening

SEEDS = (901, 902, 903)
"""Worlds that nothing was trained, tuned or tried on."""
WORLD = Size(customers=6_000)
DIGITS = 4


def bench_fraud_world(*, json: bool) -> ExitCode:
    """Screen every order of three worlds as the product would, each by the log before it."""
    booster, strategy = load_booster(), load_screening()
    judged: list[Judged] = []
    for seed in SEEDS:
        note(f"world {seed} is played and screened")
        judged += judged_orders(sample_of_world(WORLD, seed=seed), booster, strategy)
    found = [detection(judged, judge) for judge in Judge]
    if json:
        write_json(
            {
                "seeds": list(SEEDS),
                "world": {**asdict(WORLD), "shares": {scheme.value: part for scheme, part in WORLD.shares.items()}},
                "orders": len(judged),
                "strategy": strategy.version,
                "model": booster.version,
                "judges": {one.judge.value: _as_dict(one) for one in found},
            }
        )
    else:
        _show(found, orders=len(judged))
    return ExitCode.DONE


def _as_dict(found: Detection) -> dict[str, Any]:
    return {
        "schemes": {
            one.scheme.value: {
                "orders": one.recall.whole,
                "recall": _share(one.recall),
                "precision": _share(one.precision),
                "checked": _share(one.checked),
            }
            for one in found.schemes
        },
        "precision": _share(found.precision),
        "false_stops_per_1000": _per_1000(found.false_stops),
        "false_step_ups_per_1000": _per_1000(found.false_checks),
    }


def _share(share: Share) -> dict[str, float]:
    low, high = share.interval
    return {"value": round(share.value, DIGITS), "low": round(low, DIGITS), "high": round(high, DIGITS)}


def _per_1000(share: Share) -> dict[str, float]:
    return {name: round(1000 * value, 2) for name, value in _share(share).items()}


def _show(found: list[Detection], *, orders: int) -> None:
    say(f"{orders:,} orders of worlds {', '.join(map(str, SEEDS))}; in each cell the share stopped, then with step-ups")
    rows = [
        (
            scheme.scheme.value,
            f"{scheme.recall.whole:,}",
            *(f"{one.schemes[place].recall.value:.3f} {one.schemes[place].checked.value:.3f}" for one in found),
        )
        for place, scheme in enumerate(found[0].schemes)
    ]
    rows.append(("precision", "", *(f"{one.precision.value:.3f}" for one in found)))
    rows.append(("good stopped per 1,000", "", *(f"{1000 * one.false_stops.value:.1f}" for one in found)))
    rows.append(("good stepped up per 1,000", "", *(f"{1000 * one.false_checks.value:.1f}" for one in found)))
    heads = ("scheme", "orders", *(judge.value for judge in Judge))
    write_table(heads, rows, right=heads[1:])
