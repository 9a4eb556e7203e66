"""What the report says of complaints: causes, redress, and the days until an answer."""

from typing import Any

from fenqi.simulation.crowd_complaint import complaints_of


def line(received_on: str, answered_on: str | None, **more: Any) -> dict[str, Any]:
    known = {
        "cause": "cost",
        "outcome": "rejected" if answered_on else None,
        "redress_minor": 0,
        "received_at": f"{received_on}T02:00:00+00:00",
        "answered_at": answered_on and f"{answered_on}T02:00:00+00:00",
        "answer_due_on": "2025-08-23",
        "is_late": False,
        "is_acknowledge_missed": False,
    }
    return known | more


def test_counts_causes_redress_and_days_and_names_what_was_late():
    found = complaints_of(
        [
            line("2025-08-08", "2025-08-15", outcome="partly_upheld", redress_minor=150),
            line("2025-08-08", "2025-08-22", cause="goods"),
            line("2025-08-08", "2025-08-24"),
            line("2025-08-08", None, is_late=True),
        ]
    )
    assert (found.complaint_count, found.unanswered_count, found.late_count) == (4, 1, 2)
    assert (found.causes, found.outcomes) == ({"cost": 3, "goods": 1}, {"rejected": 2, "partly_upheld": 1})
    assert (found.redress_count, found.redress_minor) == (1, 150)
    assert (found.days_median, found.days_max) == (14, 16)


def test_without_complaints_there_is_nothing_to_take_the_middle_of():
    assert complaints_of([]).days_median == 0
