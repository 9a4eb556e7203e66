"""How the stand-in behaves, and why: by account, by amount, or by seeded chance."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from uuid import UUID

from fenqi.core.merchant.payment_order import Outcome, PaymentKind, PaymentOrder


@dataclass(frozen=True)
class Conduct:
    """What becomes of an order, and how much of it the stand-in lets on.

    With `is_silent` the answer is `unknown` at first, and so are that many queries; a notice tells the truth. With
    `is_lost` the first sending vanishes on the way and is answered `unknown`. With `is_unreachable` nothing leaves.
    """

    truth: Outcome = Outcome.SUCCEEDED
    code: str = "ok"
    message: str = "done"
    is_silent: bool = False
    silent_queries: int = 0
    is_lost: bool = False
    is_unreachable: bool = False
    settles_after_days: int = 0
    """How many days after the order's day its money is settled."""


OK = Conduct()
DECLINED = Conduct(truth=Outcome.FAILED, code="insufficient_funds", message="the account does not cover the amount")
CLOSED = Conduct(truth=Outcome.FAILED, code="account_closed", message="the account is closed")
UNKNOWN_THEN_OK = Conduct(is_silent=True)
UNKNOWN_THEN_FAIL = Conduct(
    truth=Outcome.FAILED, code="insufficient_funds", message="the account does not cover the amount", is_silent=True
)
LOST = Conduct(is_lost=True)
UNREACHABLE = Conduct(is_unreachable=True)
SETTLES_LATE = Conduct(settles_after_days=2)

BY_TOKEN: Mapping[str, Conduct] = MappingProxyType(
    {
        "tok_ok": OK,
        "tok_declined": DECLINED,
        "tok_closed": CLOSED,
        "tok_unknown_then_ok": UNKNOWN_THEN_OK,
        "tok_unknown_then_fail": UNKNOWN_THEN_FAIL,
        "tok_lost": LOST,
        "tok_unreachable": UNREACHABLE,
        "tok_settles_late": SETTLES_LATE,
    }
)


@dataclass(frozen=True)
class AmountRule:
    """A conduct for every order of a kind over exactly one amount."""

    kind: PaymentKind
    amount_minor: int
    conduct: Conduct


@dataclass(frozen=True)
class Script:
    """The stand-in's whole behaviour; the chances count only where no account and no amount decides."""

    by_token: Mapping[str, Conduct] = field(default_factory=lambda: BY_TOKEN)
    by_amount: tuple[AmountRule, ...] = ()
    seed: int = 0
    declined_per_mille: int = 0
    unknown_per_mille: int = 0


def conduct_of(order: PaymentOrder, script: Script) -> Conduct:
    """How the stand-in treats an order: by its account's token, else by its amount, else by seeded chance.

    A token counts by its first words, so `tok_declined_6222` behaves as `tok_declined`.
    """
    named = [name for name in script.by_token if f"{order.account_token}_".startswith(f"{name}_")]
    if named:
        return script.by_token[max(named, key=len)]
    for rule in script.by_amount:
        if (rule.kind, rule.amount_minor) == (order.kind, order.amount_minor):
            return rule.conduct
    return _by_chance(order.order_id, script)


def _by_chance(order_id: UUID, script: Script) -> Conduct:
    digest = hashlib.sha256(script.seed.to_bytes(8, signed=True) + order_id.bytes).digest()
    is_declined = int.from_bytes(digest[:4]) % 1000 < script.declined_per_mille
    is_unknown = int.from_bytes(digest[4:8]) % 1000 < script.unknown_per_mille
    if is_unknown:
        return UNKNOWN_THEN_FAIL if is_declined else UNKNOWN_THEN_OK
    return DECLINED if is_declined else OK
