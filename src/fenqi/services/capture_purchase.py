"""The merchant has delivered: the loan is drawn down, its plan issued, the merchant owed the price."""

from dataclasses import replace
from uuid import UUID, uuid5

from fenqi.core.ledger.account import id_in_bucket
from fenqi.core.loan.agreement import Agreement
from fenqi.core.loan.event import Disbursed
from fenqi.core.loan.record import agreement_from_record, agreement_to_record
from fenqi.core.loan.state import Status
from fenqi.core.merchant.capture import capture
from fenqi.core.merchant.settlement import discount_of, items_of_capture
from fenqi.core.merchant.webhook import Topic
from fenqi.core.velocity.entry import EntryKind
from fenqi.services.add_items import add_items
from fenqi.services.attempt import at_checkout, log
from fenqi.services.book_loan import MerchantSide, OpenLoan, record
from fenqi.services.hold_collection import cover_new_loan
from fenqi.services.issue_plan import issue_plan
from fenqi.services.port import Ports
from fenqi.services.purchase import advanced, lock_for_merchant, purchase_of
from fenqi.services.subsidy import NO_SUBSIDY, Subsidy, subsidy_of_plan
from fenqi.services.tell_merchant import tell_merchant
from fenqi.stores import agreement as agreements
from fenqi.stores import checkout as checkouts
from fenqi.stores import loan as loans
from fenqi.stores.agreement import SignedAgreement
from fenqi.stores.checkout import Checkout
from fenqi.stores.fetch import Connection
from fenqi.stores.loan import Loan
from fenqi.stores.merchant import Merchant


async def capture_purchase(
    connection: Connection, ports: Ports, *, checkout_id: UUID, merchant: Merchant, amount_minor: int | None
) -> Checkout:
    """Draw the loan down; one capture, at most what was authorised, the rest is voided with it.

    The plan that is issued may not cost more than was disclosed, and the agreement's rule is the one applied.

    Raises: CheckoutUnknown, AlreadyCaptured, AuthorisationExpired, AmountAboveAuthorised, PlanCostsMore,
    LimitExceeded.
    """
    checkout = await lock_for_merchant(connection, checkout_id=checkout_id, merchant_id=merchant.merchant_id)
    captured = capture(purchase_of(checkout), at=ports.business.now(), amount_minor=amount_minor)
    signed = await _signed(connection, checkout)
    issued = await issue_plan(
        connection, ports, signed=signed, checkout=checkout, captured_minor=captured.captured_minor
    )
    agreement = replace(agreement_from_record(signed.terms["agreement"]), terms=issued.terms)
    subsidy = _subsidy(ports, signed, agreement, merchant, captured_minor=captured.captured_minor)
    loan = _new_loan(ports, checkout, signed, merchant, agreement, captured_minor=captured.captured_minor)
    await loans.add(connection, loan.row)
    discount_minor = discount_of(captured.captured_minor, discount_rate=merchant.discount_rate)
    event_id = str(uuid5(loan.row.loan_id, "draw_down"))
    drawn = await record(
        connection,
        ports,
        loan,
        lambda seq: Disbursed(
            event_id=event_id, on=ports.business.today(), seq=seq, amount_minor=captured.captured_minor
        ),
        merchant_side=MerchantSide(discount_minor=discount_minor, subsidy=subsidy),
        captures=checkout.hold_id,
    )
    await cover_new_loan(connection, ports, drawn)
    following = replace(advanced(checkout, captured), loan_id=loan.row.loan_id)
    await checkouts.save(connection, following)
    await add_items(
        connection,
        ports,
        following,
        b=loan.row.b,
        items=items_of_capture(
            captured_minor=captured.captured_minor,
            discount_rate=merchant.discount_rate,
            merchant_subsidy_minor=subsidy.total_minor if subsidy.payer_id == merchant.merchant_id else 0,
        ),
        once_for="capture",
    )
    await tell_merchant(connection, ports, following, topic=Topic.CHECKOUT_CAPTURED)
    await log(connection, ports, at_checkout(following, EntryKind.CAPTURED))
    return following


async def _signed(connection: Connection, checkout: Checkout) -> SignedAgreement:
    if checkout.customer_b is None or checkout.agreement_id is None:
        raise LookupError(f"checkout {checkout.checkout_id} is authorised without an agreement")
    return await agreements.known(connection, b=checkout.customer_b, agreement_id=checkout.agreement_id)


def _subsidy(
    ports: Ports, signed: SignedAgreement, agreement: Agreement, merchant: Merchant, *, captured_minor: int
) -> Subsidy:
    payer = signed.terms.get("subsidy_payer")
    if payer is None:
        return NO_SUBSIDY
    product = ports.authority.catalogue.find(signed.terms["product_id"])
    payer_id = merchant.merchant_id if payer == "merchant" else ports.authority.house.brand_id
    return subsidy_of_plan(
        product, agreement.terms, payer_id=payer_id, principal_minor=captured_minor, start_on=ports.business.today()
    )


def _new_loan(
    ports: Ports,
    checkout: Checkout,
    signed: SignedAgreement,
    merchant: Merchant,
    agreement: Agreement,
    *,
    captured_minor: int,
) -> OpenLoan:
    today, b = ports.business.today(), signed.b
    row = Loan(
        b=b,
        loan_id=id_in_bucket(uuid5(checkout.checkout_id, "loan"), b),
        customer_id=signed.customer_id,
        agreement_id=signed.agreement_id,
        checkout_b=checkout.b,
        checkout_id=checkout.checkout_id,
        merchant_id=merchant.merchant_id,
        lender_id=checkout.lender_id,
        product_id=signed.terms["product_id"],
        currency=checkout.currency,
        principal_minor=captured_minor,
        terms=agreement_to_record(agreement),
        status=Status.AGREED.value,
        outstanding_minor=0,
        overpaid_minor=0,
        next_due_on=None,
        oldest_unpaid_due_on=None,
        drawn_on=today,
        booked={},
        booked_on=today,
        subsidy=NO_SUBSIDY.to_record(),
        last_seq=0,
    )
    return OpenLoan(row=row, agreement=agreement, events=(), subsidy=NO_SUBSIDY)
