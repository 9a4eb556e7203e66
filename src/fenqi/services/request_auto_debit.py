"""An automatic debit: what is due today over all loans, by the calendar, under a mandate in force."""

from uuid import UUID, uuid5

from fenqi.core.billing.debit_calendar import attempt_due
from fenqi.core.billing.placement import PlacementRule, due_minor
from fenqi.core.ledger.account import bucket_of, id_in_bucket
from fenqi.core.merchant.payment_order import PaymentKind
from fenqi.services.hold_collection import held_of_customer
from fenqi.services.loans_of import claims_of, open_loans
from fenqi.services.port import Ports
from fenqi.services.request_repayment import order_of
from fenqi.stores import joint_payment as joints
from fenqi.stores import mandate as mandates
from fenqi.stores import payment as payments
from fenqi.stores.fetch import Connection
from fenqi.stores.joint_payment import JointPayment

_OPEN = {"requested", "unknown"}


async def request_auto_debit(connection: Connection, ports: Ports, *, customer_id: UUID) -> UUID | None:
    """Write down the debit whose time has come, if there is one; its id follows from due day and attempt.

    The newest due day decides which attempt it is. While the outcome of any debit of the customer is unknown nothing
    is asked for, or the same money would be taken twice. What is held from collection is not debited.
    """
    today, b = ports.business.today(), bucket_of(customer_id)
    every = await open_loans(connection, customer_id=customer_id, is_locking=True)
    held = await held_of_customer(connection, customer_id=customer_id)
    known = tuple(loan for loan in every if not held.covers(loan.row.loan_id))
    mandate = await mandates.active(connection, b=b, customer_id=customer_id)
    claims = claims_of(known, on=today)
    days = [due_on for claim in claims for due_on, _ in claim.dues if due_on <= today]
    if mandate is None or not days:
        return None
    orders = await joints.orders_of(connection, b=b, customer_id=customer_id)
    if any(order.kind == PaymentKind.DEBIT and order.state in _OPEN for order in orders):
        return None
    made = await joints.debits(connection, b=b, customer_id=customer_id, due_on=max(days))
    calendar = ports.authority.debit_calendar(on=today)
    numbers = [each.attempt or 0 for each in made]
    attempt = attempt_due(calendar, due_on=max(days), made=numbers, at=ports.business.now())
    if attempt is None:
        return None
    order_id = id_in_bucket(uuid5(customer_id, f"debit:{max(days).isoformat()}:{attempt}"), b)
    order = order_of(
        ports,
        known[0].row,
        order_id=order_id,
        kind=PaymentKind.DEBIT,
        purpose="auto_debit",
        amount_minor=due_minor(claims, until_on=today),
        account_token=mandate.account_token,
        is_of_loan=False,
    )
    await payments.add(connection, order)
    await joints.add(
        connection,
        JointPayment(
            b=b,
            order_id=order_id,
            customer_id=customer_id,
            rule=PlacementRule.OLDEST_DUE.value,
            loan_ids=[loan.row.loan_id for loan in known],
            mandate_id=mandate.mandate_id,
            due_on=max(days),
            attempt=attempt,
        ),
    )
    return order_id
