"""What is known about an application: every fact with who says so."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import timedelta
from functools import cached_property
from uuid import UUID

from fenqi.core.decision.facts import Fact, Facts, FactValue, facts_of_credit_record
from fenqi.core.decision.moved_line import LINE
from fenqi.core.ledger.account import bucket_of
from fenqi.core.merchant.purchase import PurchaseState, require_customer, require_step
from fenqi.gateways.bureau.port import CreditEnquiry
from fenqi.services.credit_line import Line, line_of, to_read_line
from fenqi.services.grant_limit import standing_of
from fenqi.services.move_line import require_open
from fenqi.services.port import Ports
from fenqi.services.prepare_enquiry import APPLICABLE, Subject
from fenqi.services.purchase import purchase_of, require_found
from fenqi.services.special_limit import place_of, reserved_elsewhere
from fenqi.services.statement import Statement
from fenqi.stores import authority as authorities
from fenqi.stores import checkout as checkouts
from fenqi.stores import customer as customers
from fenqi.stores import decision as decisions
from fenqi.stores.authority import Phone
from fenqi.stores.checkout import Checkout
from fenqi.stores.customer import Customer
from fenqi.stores.decision import Standing
from fenqi.stores.fetch import Connection, together
from fenqi.stores.limit import CreditStanding

PURPOSE = "consumer_goods"
WAITING = frozenset({PurchaseState.REFERRED})
"""An application waits for a person, and may be judged once more."""
_OURS, _CUSTOMER = "fenqi", "customer"
_OUTSIDE_SERVICE, _SERVICE = "bureau_debt_service_minor", "monthly_debt_service_minor"


@dataclass(frozen=True)
class Held:
    """What we know ourselves, checkout and customer held until the transaction ends."""

    checkout: Checkout
    customer: Customer
    line: Line
    standing: Standing
    on_sale: tuple[Phone, ...]
    reserved_minor: int = 0
    """What of the credit line is kept for other merchants and categories of goods."""

    @cached_property
    def credit_standing(self) -> CreditStanding | None:
        """The credit line as it stands."""
        return standing_of(self.standing.line)

    @property
    def moved_minor(self) -> int | None:
        """What the line is, if it is another than an application granted."""
        line = self.credit_standing
        return max(line.in_force_minor - self.reserved_minor, 0) if line is not None and line.is_moved else None


async def hold_application(connection: Connection, ports: Ports, *, subject: Subject) -> Held:
    """Hold the checkout, then the customer, and read everything of ours that the decision looks at.

    The customer is held before the limit is read, so that two applications at one instant see each other's exposure.

    Raises: CheckoutNotYours, CheckoutExpired, CheckoutStepOutOfOrder, CreditSuspended.
    """
    return await _held(connection, ports, subject.checkout, customer_id=subject.customer_id, steps=APPLICABLE)


async def hold_waiting(connection: Connection, ports: Ports, *, placed: Checkout, customer_id: UUID) -> Held:
    """Hold an application that waits for a person in the same way, to judge it once more.

    Raises: CheckoutNotYours, CheckoutExpired, CheckoutStepOutOfOrder, CreditSuspended.
    """
    return await _held(connection, ports, placed, customer_id=customer_id, steps=WAITING)


async def _held(
    connection: Connection, ports: Ports, placed: Checkout, *, customer_id: UUID, steps: frozenset[PurchaseState]
) -> Held:
    at, today, b = ports.business.now(), ports.business.today(), bucket_of(customer_id)
    found, customer, sums, standing, on_sale = await together(
        connection,
        checkouts.to_lock(b=placed.b, checkout_id=placed.checkout_id),
        customers.to_lock(b=b, customer_id=customer_id),
        to_read_line(customer_id, currency=placed.currency),
        decisions.to_read_standing(
            b=b, customer_id=customer_id, checkout_id=placed.checkout_id, today=today, since=at - timedelta(days=1)
        ),
        authorities.to_find_phones([good["sku"] for good in placed.goods]),
    )
    checkout = require_found(found)
    purchase = purchase_of(checkout)
    require_customer(purchase, customer_id=customer_id)
    require_step(purchase, steps, at=at)
    line = line_of(sums, customer_id, currency=checkout.currency)
    held = Held(checkout, customer[0], line, standing[0], on_sale)
    standing = held.credit_standing
    require_open(standing)
    if standing is None or not standing.special_minor:
        return held
    kept = await reserved_elsewhere(connection, customer_id=customer_id, place=place_of(checkout))
    return replace(held, reserved_minor=kept)


def facts_of(
    ports: Ports, held: Held, *, statement: Statement, enquiry: CreditEnquiry, network: Iterable[Fact] = ()
) -> Facts:
    """Everything the decision may look at, as it is now."""
    at = ports.business.now()
    stated: dict[str, FactValue] = {
        "student": statement.is_student,
        "purpose": PURPOSE,
        "down_payment_minor": statement.down_payment_minor,
        "stated_monthly_income_minor": statement.monthly_income_minor,
    }
    here_minor = sum(held.standing.next_due_minor)
    outside: dict[str, FactValue] = {
        "bureau_debt_minor": enquiry.debt_minor,
        _OUTSIDE_SERVICE: enquiry.monthly_debt_service_minor,
        _SERVICE: enquiry.monthly_debt_service_minor + here_minor,
        "monthly_income_minor": enquiry.monthly_income_minor,
    }
    return Facts(
        (
            *(Fact(name, value, _CUSTOMER, at) for name, value in stated.items()),
            *(Fact(name, value, _OURS, at) for name, value in _own_facts(ports, held).items()),
            *(Fact(name, value, enquiry.provider, enquiry.observed_at) for name, value in outside.items()),
            *_identity_facts(held.customer),
            *network,
            *facts_of_credit_record(enquiry.record, source=enquiry.provider, observed_at=enquiry.observed_at),
        )
    )


def facts_again(ports: Ports, held: Held, *, seen: Facts) -> Facts:
    """What was seen of an application, and everything of ours as it is now: what is owed here moves while one waits.

    What the bureau and the customer said stays; what falls due here each month is added to the bureau's part anew.
    """
    at, own = ports.business.now(), _own_facts(ports, held)
    known = {fact.name: fact for fact in seen.stated if fact.name not in {*own, LINE}}
    outside, due = known.get(_OUTSIDE_SERVICE), known.get(_SERVICE)
    if due is not None and outside is not None and isinstance(outside.value, int):
        known[_SERVICE] = replace(due, value=outside.value + sum(held.standing.next_due_minor), observed_at=at)
    return Facts((*known.values(), *(Fact(name, value, _OURS, at) for name, value in own.items())))


def _own_facts(ports: Ports, held: Held) -> dict[str, FactValue]:
    skus = [good["sku"] for good in held.checkout.goods]
    return {
        "order_minor": held.checkout.amount_minor,
        "interest_free_tenors": _interest_free_tenors(skus, held.on_sale),
        "exposure_minor": held.line.exposure_minor,
        "late_loans_count": held.standing.late_count,
        "lender_list_hit": held.standing.is_suspected,
        "orders_in_24h_count": held.standing.other_orders_count,
        **({} if held.moved_minor is None else {LINE: held.moved_minor}),
    }


def _interest_free_tenors(skus: Sequence[str], on_sale: Iterable[Phone]) -> str:
    """The tenors in which everything in the order is sold interest-free."""
    tenors_of = {phone.sku: set(phone.interest_free_tenors) for phone in on_sale}
    tenors = set[int].intersection(*(tenors_of.get(sku, set[int]()) for sku in skus))
    return ",".join(str(tenor) for tenor in sorted(tenors))


def _identity_facts(customer: Customer) -> tuple[Fact, ...]:
    if customer.birth_on is None or customer.assured_at is None or customer.assured_by is None:
        return ()
    values: dict[str, FactValue] = {
        "born_on": customer.birth_on.isoformat(),
        "mobile_verified": True,
        "three_elements": "match",
        "assurance": customer.assurance,
    }
    return tuple(Fact(name, value, customer.assured_by, customer.assured_at) for name, value in values.items())
