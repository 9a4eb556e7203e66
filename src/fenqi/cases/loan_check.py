"""Comparing a loan with what a worked case expects of it."""

from collections.abc import Callable, Iterable, Sequence
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from fenqi.cases.journal import check_journal
from fenqi.cases.loan_play import LoanPlay, read_kind
from fenqi.cases.loan_table import Row, charge_rows, schedule_rows, totals_row, transaction_rows
from fenqi.cases.outcome import Missed, Unsupported
from fenqi.cases.reading import Json, choose, read_day, read_decimal, refuse_unknown
from fenqi.core.loan.state import LoanState, Status

_DAYS = frozenset({"due_date", "paid_date", "from_date", "date", "Due as of"})
_COUNTS = frozenset({"nr", "days"})
_FLAGS = frozenset({"reverted", "isPenalty"})
_REMARKS = frozenset({"replayed", "Name", "Payment due at", "Calculation type"})
_FACTOR_TOLERANCE = Decimal("1e-10")
_ROW_KINDS = {"disbursement": "", "instalment": ""}
_STATUSES = {
    "SUBMITTED AND PENDING APPROVAL": "",
    "APPROVED": "",
    "ACTIVE": Status.ACTIVE,
    "OVERPAID": Status.OVERPAID,
    "CLOSED (OBLIGATIONS MET)": Status.CLOSED,
}
_RANGES = {"NO_DELINQUENCY": 0, "RANGE_1": 1, "RANGE_3": 4, "RANGE_30": 31, "RANGE_60": 61, "RANGE_90": 91}
"""The least number of days of each range."""


def check(play: LoanPlay, step: Json) -> None:
    """Compare the loan with one expectation.

    Raises: Missed, Unsupported.
    """
    choose(_CHECKS, step.get("expect"), "expectation")(play, step)


def _check_schedule(play: LoanPlay, step: Json) -> None:
    refuse_unknown(step, {"expect", "rows"}, "schedule")
    expected: list[Json] = step["rows"]
    rows = schedule_rows(play, play.state())
    if not any(row.get("row_kind") == "disbursement" for row in expected):
        rows = [row for row in rows if row["row_kind"] == "instalment"]
    if len(rows) != len(expected):
        raise Missed("schedule rows", expected=len(expected), got=len(rows))
    for number, (wanted, row) in enumerate(zip(expected, rows, strict=True), 1):
        choose(_ROW_KINDS, wanted.get("row_kind", "instalment"), "row_kind")
        name = f"schedule row {number} " + ("disbursement" if row["row_kind"] == "disbursement" else "")
        _compare(wanted, row, name.strip(), play.case.decimals)


def _check_totals(play: LoanPlay, step: Json) -> None:
    refuse_unknown(step, {"expect", "row"}, "totals")
    _compare(step["row"], totals_row(play.state()), "totals", play.case.decimals)


def _check_transactions(play: LoanPlay, step: Json) -> None:
    refuse_unknown(step, {"expect", "rows"}, "transactions")
    wanted = [row for row in step["rows"] if row.get("type") not in ("Accrual", "Accrual Activity")]
    for row in wanted:
        read_kind(row.get("type"), "transaction type")
    _match(wanted, transaction_rows(play), "transactions", play.case.decimals)


def _check_charges(play: LoanPlay, step: Json) -> None:
    refuse_unknown(step, {"expect", "rows"}, "charges")
    _match(step["rows"], charge_rows(play.state()), "charges", play.case.decimals)


def _match(expected: Sequence[Json], rows: list[Row], what: str, decimals: int) -> None:
    """Compare two sets of rows: every expected one needs a row of its own, and none is left."""
    left = list(rows)
    for wanted in sorted(expected, key=lambda row: -sum(value is not None for value in row.values())):
        differences = [_differences(wanted, row, decimals) for row in left]
        if [] not in differences:
            nearest = _told(min(differences, key=len)) if differences else "no such row"
            raise Missed(what, expected=_shown(wanted), got=nearest)
        left.pop(differences.index([]))
    if left:
        raise Missed(what, expected=f"{len(expected)} rows", got=f"also {_shown(left[0])}")


def _shown(row: Json) -> str:
    return ", ".join(f"{key} {value}" for key, value in row.items() if value is not None and key not in _REMARKS)


_Difference = tuple[str, Any, Any]


def _told(differences: Iterable[_Difference]) -> str:
    return ", ".join(f"{key} {got}" for key, _, got in differences)


def _compare(expected: Json, row: Row, what: str, decimals: int) -> None:
    for key, wanted, got in _differences(expected, row, decimals):
        raise Missed(f"{what} {key}", expected=wanted, got=got)


def _differences(expected: Json, row: Row, decimals: int) -> list[_Difference]:
    """The fields that differ; a field without a value is not compared, except the day an instalment was settled."""
    found: list[_Difference] = []
    for key, value in expected.items():
        if key in _REMARKS or key.startswith("_") or (value is None and key != "paid_date"):
            continue
        if key not in row and row.get("row_kind") != "disbursement":
            raise Unsupported(f"field {key}")
        difference = _difference(key, value, row.get(key), decimals)
        if difference:
            found.append((key, *difference))
    return found


def _difference(key: str, value: Any, got: Any, decimals: int) -> tuple[Any, Any] | None:
    if key in _DAYS:
        wanted = None if value is None else read_day(value, key)
        return None if wanted == got else (wanted, got)
    if key == "row_kind":
        return None if value == got else (value, got)
    if key == "type":
        return None if read_kind(value, key) == got else (value, got)
    if key in _FLAGS:
        wanted = choose({True: True, False: False, "true": True, "false": False}, value, key)
        return None if wanted == got else (wanted, got)
    number = read_decimal(value, key)
    if key in _COUNTS:
        return None if number == got else (number, got)
    if key == "rate_factor":
        return None if got is not None and abs(number - got) <= _FACTOR_TOLERANCE else (number, got)
    shown = Decimal(got).scaleb(-decimals)
    return None if number == shown else (number, shown)


def _check_status(play: LoanPlay, step: Json) -> None:
    refuse_unknown(step, {"expect", "value"}, "status")
    choose(_STATUSES, step.get("value"), "status")
    got = _status(play)
    if step["value"] != got:
        raise Missed("status", expected=step["value"], got=got)


def _status(play: LoanPlay) -> str:
    if not play.has_drawn:
        return "APPROVED" if play.stage == "approved" else "SUBMITTED AND PENDING APPROVAL"
    status = play.state().status
    return next(name for name, meaning in _STATUSES.items() if meaning == status)


def _check_amount(play: LoanPlay, step: Json) -> None:
    refuse_unknown(step, {"expect", "value"}, str(step["expect"]))
    state = play.state()
    minor = state.overpaid_minor if step["expect"] == "overpaid" else state.outstanding.total
    wanted, got = read_decimal(step.get("value"), "value"), Decimal(minor).scaleb(-play.case.decimals)
    if wanted != got:
        raise Missed(str(step["expect"]), expected=wanted, got=got)


def _check_delinquency(play: LoanPlay, step: Json) -> None:
    refuse_unknown(step, {"expect", "range", "delinquent_date"}, "delinquency")
    delinquent_on = _delinquent_on(play, play.state())
    if step.get("range") is not None:
        choose(_RANGES, step["range"], "range")
        days = (play.today - delinquent_on).days if delinquent_on else 0
        got = max((name for name, least in _RANGES.items() if least <= days), key=lambda name: _RANGES[name])
        if got != step["range"]:
            raise Missed("delinquency range", expected=step["range"], got=got)
    wanted = step.get("delinquent_date")
    wanted_on = read_day(wanted, "delinquent_date") if wanted else None
    if "delinquent_date" in step and wanted_on != delinquent_on:
        raise Missed("delinquent_date", expected=wanted_on, got=delinquent_on)


def _delinquent_on(play: LoanPlay, state: LoanState) -> date | None:
    """The oldest unpaid due day and the days of grace; None until it is past."""
    oldest = state.oldest_unpaid
    if oldest is None:
        return None
    delinquent_on = oldest.due_on + timedelta(days=play.case.arrears_grace_days)
    return delinquent_on if delinquent_on < play.today else None


def _check_reverted(play: LoanPlay, step: Json) -> None:
    refuse_unknown(step, {"expect", "type", "date"}, "transaction_reverted")
    what, on = read_kind(step.get("type"), "type"), read_day(step.get("date"), "date")
    if not any(effect.what == what and effect.on == on for effect in play.undone):
        raise Missed("transaction_reverted", expected=f"{step['type']} of {on} reverted", got="not reverted")


def _check_all_met(play: LoanPlay, step: Json) -> None:
    refuse_unknown(step, {"expect"}, "all_instalments_met")
    for row in play.state().rows:
        if row.outstanding.total:
            raise Missed("all_instalments_met", expected="nothing left", got=f"instalment {row.number} is open")


_CHECKS: dict[Any, Callable[[LoanPlay, Json], None]] = {
    "schedule": _check_schedule,
    "totals": _check_totals,
    "transactions": _check_transactions,
    "charges": _check_charges,
    "journal": check_journal,
    "status": _check_status,
    "outstanding": _check_amount,
    "overpaid": _check_amount,
    "delinquency": _check_delinquency,
    "transaction_reverted": _check_reverted,
    "all_instalments_met": _check_all_met,
}
