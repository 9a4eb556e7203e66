"""Goods came back: the borrower owes less, the merchant is owed less, what was not yet earned is returned."""

from uuid import UUID, uuid5

from fenqi.core.ledger.account import bucket_in, id_in_bucket
from fenqi.core.loan.event import Repaid, Source
from fenqi.core.merchant.capture import refund
from fenqi.core.merchant.settlement import discount_of, discount_returned, items_of_refund, subsidy_returned
from fenqi.core.merchant.webhook import Topic
from fenqi.services.add_items import add_items
from fenqi.services.book_loan import MerchantSide, OpenLoan, open_loan, record
from fenqi.services.find_loan import lock_loan
from fenqi.services.offset_refund import offset_refund
from fenqi.services.port import Ports
from fenqi.services.purchase import advanced, lock_for_merchant, purchase_of
from fenqi.services.return_overpayment import return_overpayment
from fenqi.services.subsidy import Subsidy, earned_minor, give_back
from fenqi.services.tell_merchant import tell_merchant
from fenqi.stores import checkout as checkouts
from fenqi.stores import customer as customers
from fenqi.stores.checkout import Checkout, Refund
from fenqi.stores.fetch import Connection
from fenqi.stores.merchant import Merchant


async def refund_purchase(
    connection: Connection, ports: Ports, *, checkout_id: UUID, merchant: Merchant, amount_minor: int, reason: str
) -> Refund:
    """Refund a part of what was captured, or all of it.

    What the borrower has paid too much by it is asked to be paid back through the channel.

    Raises: CheckoutUnknown, NotCaptured, AmountNotPositive, RefundAboveCaptured.
    """
    checkout = await lock_for_merchant(connection, checkout_id=checkout_id, merchant_id=merchant.merchant_id)
    before = purchase_of(checkout)
    refunded = refund(before, amount_minor=amount_minor)
    if checkout.loan_id is None or checkout.customer_id is None:
        raise LookupError(f"checkout {checkout_id} is captured without a loan")
    await customers.lock(connection, b=bucket_in(checkout.loan_id), customer_id=checkout.customer_id)
    loan = await open_loan(connection, await lock_loan(connection, loan_id=checkout.loan_id))
    row = _refund(ports, checkout, loan, amount_minor=amount_minor, reason=reason)
    await checkouts.add_refund(connection, row)
    discount = discount_returned(
        discount_minor=discount_of(before.captured_minor, discount_rate=merchant.discount_rate),
        captured_minor=before.captured_minor,
        refunded_before_minor=before.refunded_minor,
        refund_minor=amount_minor,
    )
    subsidy, returned = _subsidy(ports, loan, refundable_minor=before.refundable_minor, amount_minor=amount_minor)
    side = MerchantSide(discount_minor=loan.row.books.discount_minor - discount, subsidy=subsidy)
    event_id = str(row.refund_id)
    after = await record(
        connection,
        ports,
        loan,
        lambda seq: Repaid(
            event_id=event_id,
            on=ports.business.today(),
            seq=seq,
            amount_minor=amount_minor,
            source=Source.MERCHANT_REFUND,
        ),
        merchant_side=side,
    )
    if not refunded.refundable_minor:
        after = await _cancel_rest(connection, ports, after, once_for=event_id)
    following = advanced(checkout, refunded)
    await checkouts.save(connection, following)
    items = items_of_refund(
        refund_minor=amount_minor,
        discount_returned_minor=discount,
        subsidy_returned_minor=returned if subsidy.payer_id == merchant.merchant_id else 0,
    )
    await add_items(connection, ports, following, b=loan.row.b, items=items, once_for=event_id)
    after = await offset_refund(connection, ports, after, once_for=event_id)
    await return_overpayment(connection, ports, after, once_for=event_id)
    await tell_merchant(connection, ports, following, topic=Topic.CHECKOUT_REFUNDED, once_for=event_id)
    return row


async def _cancel_rest(connection: Connection, ports: Ports, loan: OpenLoan, *, once_for: str) -> OpenLoan:
    """Everything came back: what was paid for the time is kept, what was not paid yet is forgiven."""
    owed_minor = loan.state(as_of=ports.business.today()).payoff_minor
    if not owed_minor:
        return loan
    return await record(
        connection,
        ports,
        loan,
        lambda seq: Repaid(
            event_id=str(uuid5(loan.row.loan_id, f"cancel:{once_for}")),
            on=ports.business.today(),
            seq=seq,
            amount_minor=owed_minor,
            source=Source.GOODWILL,
            pays_off=True,
        ),
    )


def _refund(ports: Ports, checkout: Checkout, loan: OpenLoan, *, amount_minor: int, reason: str) -> Refund:
    b = loan.row.b
    count = sum(isinstance(event, Repaid) and event.source is Source.MERCHANT_REFUND for event in loan.events)
    return Refund(
        b=b,
        refund_id=id_in_bucket(uuid5(checkout.checkout_id, f"refund:{count}"), b),
        checkout_b=checkout.b,
        checkout_id=checkout.checkout_id,
        merchant_id=checkout.merchant_id,
        loan_id=loan.row.loan_id,
        amount_minor=amount_minor,
        currency=checkout.currency,
        reason=reason,
        refunded_at=ports.business.now(),
    )


def _subsidy(ports: Ports, loan: OpenLoan, *, refundable_minor: int, amount_minor: int) -> tuple[Subsidy, int]:
    """The subsidy after the unearned share of what came back has gone back to whoever paid it."""
    subsidy = loan.subsidy
    returned = subsidy_returned(
        subsidy_minor=subsidy.total_minor,
        earned_minor=earned_minor(subsidy, on=ports.business.today()),
        returned_before_minor=subsidy.returned_minor,
        refundable_minor=refundable_minor,
        refund_minor=amount_minor,
    )
    return give_back(subsidy, amount_minor=returned), returned
