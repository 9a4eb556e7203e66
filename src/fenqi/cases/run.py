"""Running a file of worked cases against the core."""

from collections.abc import Iterator, Sequence
from typing import Any

from fenqi.cases.apr import run_apr_case
from fenqi.cases.loan_check import check
from fenqi.cases.loan_input import read_input
from fenqi.cases.loan_play import LoanPlay
from fenqi.cases.loan_step import play_step
from fenqi.cases.outcome import Missed, Outcome, Unsupported, Verdict
from fenqi.cases.reading import Json, refuse_unknown
from fenqi.core.refusal import Refusal

_REPEATS = {"expected_first_schedule", "expected_final_schedule", "expected_final_totals", "extra_expected"}
_LOAN_KEYS = {"id", "title", "kinds", "source", "note", "inputs", "steps", *_REPEATS}
"""Of a loan case only the inputs and the steps are played; the rest says where it comes from, or repeats the steps."""


class CasesUnreadable(Refusal):
    """The file is not a file of worked cases."""

    code = "cases_unreadable"


def run(document: Any, *, only: str | None = None) -> Iterator[Outcome]:
    """Run the cases of a document one by one, or only the one with an id.

    Raises: CasesUnreadable if the document has not the shape, or no case has the id.
    """
    kind, cases = _read(document)
    chosen = [case for case in cases if only is None or case["id"] == only]
    if only is not None and not chosen:
        raise CasesUnreadable(f"there is no case {only}", allowed="the id of a case of the file")
    run_case = {"apr": run_apr_case, "loan": run_loan_case}[kind]
    return (run_case(case) for case in chosen)


def _read(document: Any) -> tuple[str, Sequence[Json]]:
    allowed = "an object with kind apr or loan and a list of cases, each with an id"
    if not isinstance(document, dict) or document.get("kind") not in ("apr", "loan"):  # pyright: ignore
        raise CasesUnreadable("the kind of the cases cannot be read", allowed=allowed)
    cases: Any = document.get("cases")  # pyright: ignore
    if not isinstance(cases, list) or not all(isinstance(case, dict) and "id" in case for case in cases):  # pyright: ignore
        raise CasesUnreadable("the cases cannot be read", allowed=allowed)
    return str(document["kind"]), cases  # pyright: ignore


def run_loan_case(case: Json) -> Outcome:
    """Play a loan case step by step; the first expectation that does not hold decides."""
    case_id = str(case["id"])
    try:
        _hold_to_shape(case)
        loan = read_input(case["inputs"])
        play = LoanPlay(loan, loan.agreement.signed_on)
        for step in case["steps"]:
            if "expect" in step:
                check(play, step)
            else:
                play_step(play, step)
    except Missed as missed:
        return Outcome(case_id, Verdict.FAILS, str(missed))
    except Unsupported as unknown:
        return Outcome(case_id, Verdict.UNSUPPORTED, str(unknown))
    except Refusal as refusal:
        return Outcome(case_id, Verdict.UNSUPPORTED, f"{refusal.code}: {refusal.what}")
    except KeyError as missing:
        return Outcome(case_id, Verdict.UNSUPPORTED, f"{missing} is missing")
    return Outcome(case_id, Verdict.HOLDS)


def _hold_to_shape(case: Json) -> None:
    refuse_unknown(case, _LOAN_KEYS, "key")
    if not isinstance(case["inputs"], dict):
        raise Unsupported("inputs that are not an object")
    steps: Any = case["steps"]
    if not isinstance(steps, list) or not all(isinstance(step, dict) for step in steps):  # pyright: ignore
        raise Unsupported("steps that are not a list of objects")
    for step in steps:  # pyright: ignore
        for rows in (step.get("rows", ()), step.get("entries", ()), [step.get("row", {})]):  # pyright: ignore
            if not isinstance(rows, list | tuple) or not all(isinstance(row, dict) for row in rows):  # pyright: ignore
                raise Unsupported("rows that are not a list of objects")
