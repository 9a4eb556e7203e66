"""A borrower pays several loans at once: one order, written down before the channel is called."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar
from uuid import UUID, uuid5

from fenqi.core.billing.placement import Placement, PlacementRule, due_minor, place
from fenqi.core.ledger.account import bucket_of, id_in_bucket
from fenqi.core.merchant.payment_order import PaymentKind
from fenqi.core.refusal import Kind, Refusal
from fenqi.services.book_loan import OpenLoan
from fenqi.services.loans_of import chosen, claims_of, open_loans
from fenqi.services.port import Ports
from fenqi.services.request_repayment import (
    NothingOwed,
    RepaymentAboveOwed,
    RepaymentDiffers,
    RequestedOrder,
    order_of,
)
from fenqi.stores import agreement as agreements
from fenqi.stores import joint_payment as joints
from fenqi.stores import mandate as mandates
from fenqi.stores import payment as payments
from fenqi.stores.fetch import Connection
from fenqi.stores.joint_payment import JointPayment


@dataclass(frozen=True)
class RequestJointPayment:
    """An amount over some loans, or over all if none is named; without an amount, all that is due today.

    The same `request_id` is the same payment.
    """

    customer_id: UUID
    amount_minor: int | None
    rule: PlacementRule
    loan_ids: tuple[UUID, ...]
    request_id: str


class NothingDue(Refusal):
    """Nothing falls due today or is overdue."""

    code: ClassVar[str] = "nothing_due"
    kind: ClassVar[Kind] = Kind.CONFLICT


async def placement_of(connection: Connection, ports: Ports, command: RequestJointPayment) -> Placement:
    """How a payment would be divided if it came today.

    Raises: LoanUnknown, NothingDue, NothingOwed, RepaymentAboveOwed, LoansRepeated.
    """
    known = chosen(await open_loans(connection, customer_id=command.customer_id), command.loan_ids)
    return _divided(ports, known, command)


async def request_joint_payment(connection: Connection, ports: Ports, command: RequestJointPayment) -> RequestedOrder:
    """Write a debit order over several loans down; its id follows from the customer and the request.

    Raises: LoanUnknown, NothingDue, NothingOwed, RepaymentAboveOwed, RepaymentDiffers, LoansRepeated.
    """
    b = bucket_of(command.customer_id)
    order_id = id_in_bucket(uuid5(command.customer_id, f"joint:{command.request_id}"), b)
    known = await open_loans(connection, customer_id=command.customer_id, is_locking=True)
    if await _is_known(connection, command, order_id=order_id):
        return RequestedOrder(order_id, is_new=False)
    wanted = chosen(known, command.loan_ids)
    placed = _divided(ports, wanted, command)
    token = await account_of(connection, wanted[0])
    amount_minor = sum(part.amount_minor for part in placed.parts)
    order = order_of(
        ports,
        wanted[0].row,
        order_id=order_id,
        kind=PaymentKind.DEBIT,
        purpose="joint",
        amount_minor=amount_minor,
        account_token=token,
        is_of_loan=False,
    )
    await payments.add(connection, order)
    await joints.add(
        connection,
        JointPayment(b, order_id, command.customer_id, command.rule.value, [loan.row.loan_id for loan in wanted]),
    )
    return RequestedOrder(order_id, is_new=True)


async def account_of(connection: Connection, loan: OpenLoan) -> str:
    """The account that a customer is debited by: the mandate's, else the one the loan was signed with."""
    row = loan.row
    mandate = await mandates.active(connection, b=row.b, customer_id=row.customer_id)
    if mandate is not None:
        return mandate.account_token
    signed = await agreements.known(connection, b=row.b, agreement_id=row.agreement_id)
    token: str = signed.evidence["account_token"]
    return token


async def _is_known(connection: Connection, command: RequestJointPayment, *, order_id: UUID) -> bool:
    known = await payments.find(connection, b=bucket_of(command.customer_id), order_id=order_id)
    joint = known and await joints.find(connection, b=bucket_of(command.customer_id), order_id=order_id)
    if known is None or joint is None:
        return False
    same_amount = command.amount_minor in {None, known.amount_minor}
    same_loans = not command.loan_ids or list(command.loan_ids) == joint.loan_ids
    if not (same_amount and same_loans and joint.rule == command.rule):
        raise RepaymentDiffers("this request came with other content", allowed=f"{known.amount_minor}")
    return True


def _divided(ports: Ports, known: Sequence[OpenLoan], command: RequestJointPayment) -> Placement:
    today = ports.business.today()
    claims = claims_of(known, on=today)
    owed_minor = sum(claim.payoff_minor for claim in claims)
    if not owed_minor:
        raise NothingOwed("nothing is owed on these loans", allowed="loans that are not closed")
    amount_minor = due_minor(claims, until_on=today) if command.amount_minor is None else command.amount_minor
    if not amount_minor:
        raise NothingDue("nothing is due today", allowed=f"an amount of at most {owed_minor}")
    if amount_minor > owed_minor:
        raise RepaymentAboveOwed("the loans cannot take that much", allowed=f"at most {owed_minor}")
    return place(amount_minor, claims, rule=command.rule, on=today)
