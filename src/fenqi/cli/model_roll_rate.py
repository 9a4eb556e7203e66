"""`fenqi model bench roll_rates`: the card panel's roll rates."""

import os

from fenqi.cli.console import say, write_json, write_table
from fenqi.cli.exit_code import ExitCode
from fenqi.learning.dataset import folders_of
from fenqi.learning.panel.card import STATUSES, read_statuses, unpacked
from fenqi.learning.panel.roll_rate import RollRates, roll_rates
from fenqi.learning.published import locate_published
from fenqi.settings import load_settings

MEASURED_BEFORE = {
    ("0", "1"): 1.9,
    ("1", "0"): 49.9,
    ("1", "2"): 5.2,
    ("2", "3"): 30.3,
    ("3", "4"): 58.9,
    ("4", "5"): 66.5,
}
"""What was measured independently on the same file, in percent of the months in the first status."""
APART_MAX = 0.1


def bench_roll_rates(*, json: bool) -> ExitCode:
    """Count the panel's roll rates and hold them to what was measured independently.

    Raises: DatasetAbsent, DatasetAltered.
    """
    credit_record, _ = locate_published("card_panel", folders=folders_of(load_settings(os.environ)))
    rates = roll_rates(read_statuses(unpacked(credit_record))[1])
    holds = all(abs(100 * rates.rate(*pair) - percent) <= APART_MAX for pair, percent in MEASURED_BEFORE.items())
    if json:
        write_json(as_dict(rates, holds=holds))
    else:
        _show(rates, holds=holds)
    return ExitCode.DONE if holds else ExitCode.CHECK_FAILED


def as_dict(rates: RollRates, *, holds: bool) -> dict[str, object]:
    """The rates as one JSON object: pairs of months, and shares of the first month's status."""
    return {
        "pairs": int(rates.pairs.sum()),
        "counts": {before: dict(zip(STATUSES, rates.pairs[place].tolist(), strict=True)) for place, before in _rows()},
        "percent": {
            before: {after: round(100 * rates.rate(before, after), 2) for after in STATUSES} for _, before in _rows()
        },
        "measured_before": [
            {"from": before, "to": after, "percent": percent, "found": round(100 * rates.rate(before, after), 2)}
            for (before, after), percent in MEASURED_BEFORE.items()
        ],
        "holds": holds,
    }


def _rows() -> tuple[tuple[int, str], ...]:
    return tuple(enumerate(STATUSES))


def _show(rates: RollRates, *, holds: bool) -> None:
    say("from month to month, in percent of the months in the first status (0 is up to 29 days late, 5 at least 150)")
    rows = [
        (before, *(f"{100 * rates.rate(before, after):.1f}" for after in STATUSES), f"{rates.pairs[place].sum():,}")
        for place, before in _rows()
    ]
    write_table(("from", *STATUSES, "months"), rows, right=(*STATUSES, "months"))
    say(f"as measured independently, to {APART_MAX} points: {'yes' if holds else 'NO'}")
