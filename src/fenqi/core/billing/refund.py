"""Where money that comes back to a borrower goes: first against what is owed, then to what it was paid with."""

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True)
class PaidBy:
    """A payment of the borrower: the account it came from, and what of it has not gone back there."""

    account_token: str
    amount_minor: int


@dataclass(frozen=True)
class GoesTo:
    """What goes back to one account."""

    account_token: str
    amount_minor: int


@dataclass(frozen=True)
class DividedRefund:
    """A refund divided: what it offsets, what goes back where, and what no known payment accounts for."""

    offset_minor: int
    returns: tuple[GoesTo, ...]
    left_minor: int


def divide_refund(refund_minor: int, *, owed_minor: int, paid: Sequence[PaidBy]) -> DividedRefund:
    """Offset what is owed; the rest goes back to the accounts it came from, the last payment first.

    `paid` is oldest first. An account that paid several times gets one amount.

    Units: minor units of one currency.
    Source: rules of 京东白条 on refunds (R1 and R2 of the design).
    """
    offset = min(refund_minor, owed_minor)
    left, returns = refund_minor - offset, dict[str, int]()
    for payment in reversed(paid):
        part = min(payment.amount_minor, left)
        if part > 0:
            returns[payment.account_token] = returns.get(payment.account_token, 0) + part
            left -= part
    return DividedRefund(offset, tuple(GoesTo(token, minor) for token, minor in returns.items()), left)


def not_returned(paid: Sequence[PaidBy], *, returned: Sequence[GoesTo]) -> tuple[PaidBy, ...]:
    """Payments less what went back before, taken off the last payment of each account."""
    back = dict[str, int]()
    for one in returned:
        back[one.account_token] = back.get(one.account_token, 0) + one.amount_minor
    remaining = list[PaidBy]()
    for payment in reversed(paid):
        gone = min(payment.amount_minor, back.get(payment.account_token, 0))
        back[payment.account_token] = back.get(payment.account_token, 0) - gone
        remaining.append(PaidBy(payment.account_token, payment.amount_minor - gone))
    return tuple(reversed(remaining))
