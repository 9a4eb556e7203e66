"""Lines and behaviours of every kind, for properties."""

from datetime import date, timedelta

import numpy as np
from hypothesis import strategies as st

from fenqi.core.limit.behaviour import Behaviour, LimitLaw, Line
from fenqi.core.limit.table import (
    CHARGED_OFF,
    DISPUTE,
    HARDSHIP,
    STUDENT,
    SUSPECTED,
    SUSPENDED,
    TAKES_RISES,
    LineTable,
)

ON = date(2026, 10, 31)
LAW = LimitLaw(exposure_max_minor=20_000_000, debt_burden_percent_max=55, bans_students=True)
counts = st.integers(0, 12)
minors = st.sampled_from((0, 40_000, 55_500, 600_000, 1_000_000, 5_000_000, 30_000_000))


def behaviours() -> st.SearchStrategy[Behaviour]:
    rarely = st.sampled_from((False, False, False, False, True))
    return st.builds(
        Behaviour,
        due_count=counts,
        on_time_count=counts,
        late_count=st.sampled_from((0, 0, 1, 3)),
        days_late_max=st.sampled_from((0, 0, 2, 40)),
        days_late=st.sampled_from((0, 0, 0, 1, 40)),
        failed_debit_count=st.sampled_from((0, 0, 1, 9)),
        owed_minor=minors,
        here_service_minor=minors,
        outside_service_minor=minors,
        monthly_income_minor=st.sampled_from((0, 800_000, 3_000_000)),
        is_student=rarely,
        is_charged_off=rarely,
        is_suspected=rarely,
        is_in_hardship=rarely,
        is_in_dispute=rarely,
    )


def lines() -> st.SearchStrategy[Line]:
    return st.builds(
        Line,
        anchor_minor=minors,
        fixed_minor=minors,
        changed_on=st.integers(0, 200).map(lambda days: ON - timedelta(days=days)),
        special_minor=st.sampled_from((0, 0, 200_000)),
        points=st.none() | st.integers(300, 850),
        is_suspended=st.booleans(),
        takes_rises=st.sampled_from((True, True, False)),
    )


def table_of(rows: list[tuple[Behaviour, Line]]) -> LineTable:
    """The same lines in columns."""

    def column(values: list[int]) -> np.ndarray:
        return np.array(values, np.int64)

    return LineTable(
        **{
            name: column([getattr(behaviour, name) for behaviour, _ in rows])
            for name in (
                *("on_time_count", "late_count", "days_late_max", "days_late", "failed_debit_count", "owed_minor"),
                "monthly_income_minor",
            )
        },
        service_minor=column([each.here_service_minor + each.outside_service_minor for each, _ in rows]),
        anchor_minor=column([line.anchor_minor for _, line in rows]),
        fixed_minor=column([line.fixed_minor for _, line in rows]),
        special_minor=column([line.special_minor for _, line in rows]),
        changed_on=column([line.changed_on.toordinal() for _, line in rows]),
        points=column([-1 if line.points is None else line.points for _, line in rows]),
        flags=column([_flags(behaviour, line) for behaviour, line in rows]),
    )


def _flags(behaviour: Behaviour, line: Line) -> int:
    truths = (
        (CHARGED_OFF, behaviour.is_charged_off),
        (SUSPECTED, behaviour.is_suspected),
        (HARDSHIP, behaviour.is_in_hardship),
        (DISPUTE, behaviour.is_in_dispute),
        (STUDENT, behaviour.is_student),
        (TAKES_RISES, line.takes_rises),
        (SUSPENDED, line.is_suspended),
    )
    return sum(flag for flag, holds in truths if holds)
