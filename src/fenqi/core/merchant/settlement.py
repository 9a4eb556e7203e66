"""What a merchant is paid: captures less the discount, refunds netted, a negative balance carried on."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import ClassVar

from fenqi.core.money.amount import Rounding, round_minor, round_ratio
from fenqi.core.refusal import Refusal


class ItemKind(StrEnum):
    """Why a merchant is owed or owes something."""

    CAPTURED = "captured"
    """The financed price of delivered goods: to the merchant."""
    DISCOUNT = "discount"
    """The merchant's fee on it: from the merchant."""
    REFUNDED = "refunded"
    """The price of goods that came back: from the merchant."""
    DISCOUNT_RETURNED = "discount_returned"
    """The fee on those: to the merchant, where its contract says so."""
    SUBSIDY = "subsidy"
    """The interest that the merchant pays in the customer's place: from the merchant."""
    SUBSIDY_RETURNED = "subsidy_returned"
    """The part of it that was not yet earned when goods came back: to the merchant."""
    DISPUTE_HELD = "dispute_held"
    """What a borrower disputes of the goods: kept back until it is over."""
    DISPUTE_RELEASED = "dispute_released"
    """The same, once it is over: to the merchant."""


@dataclass(frozen=True)
class Item:
    """One line of a settlement.

    Units: minor, signed as the merchant sees it: positive is owed to the merchant.
    """

    kind: ItemKind
    amount_minor: int


@dataclass(frozen=True)
class Settlement:
    """What is paid, and what is carried.

    Units: minor, one currency. `carried_in_minor` and `carried_out_minor` are never positive: they are what the
    merchant owes. Items and what was carried in add up to what is paid and what is carried out.
    """

    items_minor: int
    carried_in_minor: int
    paid_minor: int
    carried_out_minor: int
    item_count: int

    @property
    def receivable_minor(self) -> int:
        """What the merchant owes after this settlement."""
        return -self.carried_out_minor


class DiscountRateInvalid(Refusal):
    """The merchant's fee is below nothing, or takes the whole price."""

    code: ClassVar[str] = "discount_rate_invalid"


def discount_of(captured_minor: int, *, discount_rate: Decimal) -> int:
    """The merchant's fee on a capture, to the nearest minor unit.

    Raises: DiscountRateInvalid.
    """
    if not 0 <= discount_rate < 1:
        raise DiscountRateInvalid(f"a discount of {discount_rate} is impossible", allowed="0 or more, less than 1")
    return round_minor(captured_minor * discount_rate, Rounding.HALF_UP)


def items_of_capture(
    *, captured_minor: int, discount_rate: Decimal, merchant_subsidy_minor: int = 0
) -> tuple[Item, ...]:
    """What a capture adds to the merchant's settlement; items of nothing are left out.

    Raises: DiscountRateInvalid.
    """
    return _without_zeros(
        Item(ItemKind.CAPTURED, captured_minor),
        Item(ItemKind.DISCOUNT, -discount_of(captured_minor, discount_rate=discount_rate)),
        Item(ItemKind.SUBSIDY, -merchant_subsidy_minor),
    )


def items_of_refund(
    *, refund_minor: int, discount_returned_minor: int = 0, subsidy_returned_minor: int = 0
) -> tuple[Item, ...]:
    """What a refund takes from the merchant's settlement; items of nothing are left out."""
    return _without_zeros(
        Item(ItemKind.REFUNDED, -refund_minor),
        Item(ItemKind.DISCOUNT_RETURNED, discount_returned_minor),
        Item(ItemKind.SUBSIDY_RETURNED, subsidy_returned_minor),
    )


def discount_returned(
    *, discount_minor: int, captured_minor: int, refunded_before_minor: int, refund_minor: int
) -> int:
    """The part of the discount that goes back with a refund, pro rata of what was captured.

    Reckoned on the refunds so far and rounded once, so that refunds of the whole return exactly the whole discount,
    in however many parts they come.
    """
    after = round_ratio(discount_minor * (refunded_before_minor + refund_minor), captured_minor, Rounding.HALF_UP)
    before = round_ratio(discount_minor * refunded_before_minor, captured_minor, Rounding.HALF_UP)
    return after - before


def earned_subsidy(subsidy_minor: int, *, from_on: date, until_on: date, on: date) -> int:
    """What of an interest subsidy is earned on a day: in equal parts over the days of the plan, rounded down."""
    days = (until_on - from_on).days
    passed = min(max((on - from_on).days, 0), days)
    return subsidy_minor if passed == days else subsidy_minor * passed // days


def subsidy_returned(
    *, subsidy_minor: int, earned_minor: int, returned_before_minor: int, refundable_minor: int, refund_minor: int
) -> int:
    """The part of a subsidy that goes back to whoever paid it: the unearned part, pro rata of what comes back.

    `refundable_minor` is what was captured less what was refunded before; a refund of all of it returns all that is
    unearned. Never negative: what is earned stays earned.
    """
    unearned = max(subsidy_minor - earned_minor - returned_before_minor, 0)
    return round_ratio(unearned * refund_minor, refundable_minor, Rounding.HALF_UP)


def settle(items: Iterable[Item], *, carried_in_minor: int) -> Settlement:
    """Net the items with what the merchant still owed; pay what is positive, carry on what is negative.

    Raises: ValueError if something positive was carried in: that would have been paid.
    """
    if carried_in_minor > 0:
        raise ValueError("a positive balance is paid, not carried")
    amounts = [item.amount_minor for item in items]
    balance = sum(amounts) + carried_in_minor
    return Settlement(
        items_minor=sum(amounts),
        carried_in_minor=carried_in_minor,
        paid_minor=max(balance, 0),
        carried_out_minor=min(balance, 0),
        item_count=len(amounts),
    )


def _without_zeros(*items: Item) -> tuple[Item, ...]:
    return tuple(item for item in items if item.amount_minor)
