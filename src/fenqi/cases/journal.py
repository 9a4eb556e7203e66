"""The journal entries of a transaction, compared in the names that cases give to accounts."""

import json
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from datetime import date
from functools import cache
from importlib.resources import files

from fenqi.cases.loan_play import LoanPlay, read_kind
from fenqi.cases.outcome import Missed, Unsupported
from fenqi.cases.reading import Json, read_day, read_minor, refuse_unknown
from fenqi.core.ledger.account import AccountKind
from fenqi.core.loan.component import Component, Parts
from fenqi.core.loan.state import Effect

Leg = tuple[AccountKind, int]
"""An account of the chart and an amount: debits are positive. Units: minor units."""

_RECEIVABLE = {
    Component.PRINCIPAL: AccountKind.LOAN_PRINCIPAL,
    Component.INTEREST: AccountKind.INTEREST_RECEIVABLE,
    Component.FEE: AccountKind.FEE_RECEIVABLE,
    Component.PENALTY: AccountKind.PENALTY_RECEIVABLE,
}
_LOSS = {
    Component.PRINCIPAL: AccountKind.WRITE_OFF_EXPENSE,
    Component.INTEREST: AccountKind.INTEREST_INCOME,
    Component.FEE: AccountKind.FEE_INCOME,
    Component.PENALTY: AccountKind.PENALTY_INCOME,
}


def check_journal(play: LoanPlay, step: Json) -> None:
    """Compare side and amount per account; of an undone transaction its entries and the counter-entries.

    Raises: Missed, Unsupported.
    """
    refuse_unknown(step, {"expect", "transaction", "date", "entries"}, "journal")
    what = read_kind(step.get("transaction"), "journal of")
    on = read_day(step.get("date"), "date")
    wanted = sorted(_wanted(step["entries"], play.case.decimals))
    found = [sorted(_named(legs)) for effect, legs in _journals(play) if effect.what == what and effect.on == on]
    if wanted not in found:
        raise Missed(f"journal of {step['transaction']} on {on}", expected=wanted, got=found[0] if found else "none")


_FEE = Effect(
    event_id="buy-down-fee",
    on=date.min,
    what="buy_down_fee",
    amount_minor=0,
    parts=Parts(),
    overpaid_minor=0,
    balance_minor=0,
)
_Line = tuple[str, str, int]
"""Account name, side, amount."""


def _wanted(entries: Iterable[Json], decimals: int) -> list[_Line]:
    lines: list[_Line] = []
    for entry in entries:
        refuse_unknown(entry, {"Type", "Account code", "Account name", "Debit", "Credit"}, "journal entry")
        name = str(entry.get("Account name"))
        if name not in _account_names():
            raise Unsupported(f"account {name}")
        sides = [side for side in ("Debit", "Credit") if entry.get(side) not in (None, "")]
        lines.extend((name, side, read_minor(entry[side], decimals, side)) for side in sides)
    return lines


@cache
def _account_names() -> Mapping[str, list[str]]:
    return json.loads(files("fenqi.cases").joinpath("accounts.json").read_text("utf-8"))["accounts"]


def _named(journals: Iterable[Iterable[Leg]]) -> list[_Line]:
    names = {kind: name for name, kinds in _account_names().items() for kind in kinds}
    lines: list[_Line] = []
    for legs in journals:
        sums: defaultdict[tuple[str, str], int] = defaultdict(int)
        for kind, minor in legs:
            if minor:
                sums[names[kind], "Debit" if minor > 0 else "Credit"] += abs(minor)
        lines += [(name, side, minor) for (name, side), minor in sums.items()]
    return lines


def _journals(play: LoanPlay) -> list[tuple[Effect, list[list[Leg]]]]:
    """Every transaction with its entries; an undone one also with those that take them back."""
    journals: list[tuple[Effect, list[list[Leg]]]] = []
    for effect, undone in play.transactions():
        legs = _BOOKINGS.get(effect.what, _book_payment)(effect)
        back = [[(kind, -minor) for kind, minor in legs]] if undone else []
        journals.append((effect, [legs, *back]))
    for fee in play.fees:
        effect = replace(_FEE, on=fee.on, amount_minor=fee.amount_minor)
        journals.append((effect, [_book_fee(effect)]))
    journals += [(effect, [_book_earned(effect)]) for effect in play.earned_fees]
    return journals


def _discharged(effect: Effect, sign: int) -> list[Leg]:
    return [(_RECEIVABLE[component], sign * effect.parts[component]) for component in Component]


def _book_draw(effect: Effect) -> list[Leg]:
    return [
        (AccountKind.LOAN_PRINCIPAL, effect.amount_minor - effect.overpaid_minor),
        (AccountKind.CUSTOMER_OVERPAYMENT, effect.overpaid_minor),
        (AccountKind.CHANNEL_CLEARING, -effect.amount_minor),
    ]


def _book_payment(effect: Effect) -> list[Leg]:
    """Money in, dues out; after a write-off all of it is a recovery."""
    paid = effect.parts.total
    own = effect.what in ("goodwill", "interest_waiver", "interest_refund")
    debit = AccountKind.GOODWILL_EXPENSE if own else AccountKind.CHANNEL_CLEARING
    dues = [(AccountKind.RECOVERY_INCOME, -paid)] if effect.after_charge_off else _discharged(effect, -1)
    return [
        (debit, paid + effect.overpaid_minor),
        *dues,
        (AccountKind.CUSTOMER_OVERPAYMENT, -effect.overpaid_minor),
    ]


def _book_taken_back(effect: Effect) -> list[Leg]:
    return [*_discharged(effect, 1), (AccountKind.CHANNEL_CLEARING, -effect.amount_minor)]


def _book_credit_refund(effect: Effect) -> list[Leg]:
    return [
        (AccountKind.CUSTOMER_OVERPAYMENT, effect.overpaid_minor),
        *_discharged(effect, 1),
        (AccountKind.CHANNEL_CLEARING, -effect.amount_minor),
    ]


def _book_loss(effect: Effect) -> list[Leg]:
    return [*_discharged(effect, -1), *((_LOSS[component], effect.parts[component]) for component in Component)]


def _book_fee(effect: Effect) -> list[Leg]:
    return [
        (AccountKind.SUBSIDY_RECEIVABLE, effect.amount_minor),
        (AccountKind.UNEARNED_SUBSIDY, -effect.amount_minor),
    ]


def _book_earned(effect: Effect) -> list[Leg]:
    return [
        (AccountKind.UNEARNED_SUBSIDY, effect.amount_minor),
        (AccountKind.SUBSIDY_INCOME, -effect.amount_minor),
    ]


def _book_nothing(_: Effect) -> list[Leg]:
    return []


_BOOKINGS: dict[str, Callable[[Effect], list[Leg]]] = {
    "disbursement": _book_draw,
    "chargeback": _book_taken_back,
    "cash_refund": _book_taken_back,
    "credit_balance_refund": _book_credit_refund,
    "charge_off": _book_loss,
    "re_age": _book_nothing,
    "re_amortise": _book_nothing,
}
