"""Whether warnings came true: counted as by hand."""

from datetime import date
from types import SimpleNamespace
from typing import Any

from fenqi.simulation.crowd_warning import behind_on, warned

LAST_ON = date(2026, 3, 31)


def loan(*rows: tuple[str, str | None]) -> dict[str, Any]:
    return {"instalments": [{"due_on": due_on, "paid_on": paid_on} for due_on, paid_on in rows]}


def test_a_borrower_is_behind_on_the_thirtieth_day():
    assert behind_on(loan(("2026-01-01", "2026-01-31")), last_on=LAST_ON) is None
    assert behind_on(loan(("2026-01-01", "2026-02-01")), last_on=LAST_ON) == date(2026, 1, 31)
    assert behind_on(loan(("2026-01-15", None), ("2026-02-15", None)), last_on=LAST_ON) == date(2026, 2, 14)
    assert behind_on(loan(("2026-03-15", None)), last_on=LAST_ON) is None


def test_counts_what_was_foretold_and_how_long_before():
    behind, well = loan(("2026-01-01", None)), loan(("2026-01-01", "2026-01-01"))
    loans = {"true": behind, "false": well, "unwarned": behind, "too_late": behind}
    crowd: list[Any] = [SimpleNamespace(customer_id=name, loan=each, bought=True) for name, each in loans.items()]
    opened = {"true": "2026-01-11", "false": "2026-01-11", "too_late": "2026-03-30"}
    warnings = [{"customer_id": name, "opened_on": on} for name, on in opened.items()]

    found = warned(crowd, warnings, last_on=LAST_ON)

    assert (found.warning_count, found.true_count, found.precision_permille) == (2, 1, 500)
    assert (found.behind_count, found.foretold_count, found.lead_days) == (3, 1, 20)
