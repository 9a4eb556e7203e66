"""What is known about an application: every fact with who says so."""

from datetime import timedelta
from uuid import UUID

from fenqi.core.decision.facts import Fact, Facts, FactValue, facts_of_credit_record
from fenqi.core.ledger.account import bucket_of
from fenqi.gateways.bureau.port import CreditEnquiry
from fenqi.services.credit_line import read_line
from fenqi.services.identify_customer import known_customer
from fenqi.services.port import Ports
from fenqi.services.statement import Statement
from fenqi.stores import authority as authorities
from fenqi.stores import decision as decisions
from fenqi.stores import loan as loans
from fenqi.stores.checkout import Checkout
from fenqi.stores.customer import Customer
from fenqi.stores.fetch import Connection

PURPOSE = "consumer_goods"
_OURS, _CUSTOMER = "fenqi", "customer"


async def gather_facts(
    connection: Connection,
    ports: Ports,
    *,
    checkout: Checkout,
    customer_id: UUID,
    statement: Statement,
    enquiry: CreditEnquiry,
) -> Facts:
    """Everything the decision may look at, as it is now."""
    at = ports.business.now()
    customer = await known_customer(connection, customer_id=customer_id)
    own = await _own_facts(connection, ports, checkout=checkout, customer_id=customer_id)
    stated: dict[str, FactValue] = {
        "student": statement.is_student,
        "purpose": PURPOSE,
        "down_payment_minor": statement.down_payment_minor,
        "stated_monthly_income_minor": statement.monthly_income_minor,
    }
    here_minor = await _debt_service_here(connection, customer_id=customer_id)
    outside: dict[str, FactValue] = {
        "bureau_debt_minor": enquiry.debt_minor,
        "bureau_debt_service_minor": enquiry.monthly_debt_service_minor,
        "monthly_debt_service_minor": enquiry.monthly_debt_service_minor + here_minor,
        "monthly_income_minor": enquiry.monthly_income_minor,
    }
    return Facts(
        (
            *(Fact(name, value, _CUSTOMER, at) for name, value in stated.items()),
            *(Fact(name, value, _OURS, at) for name, value in own.items()),
            *(Fact(name, value, enquiry.provider, enquiry.observed_at) for name, value in outside.items()),
            *_identity_facts(customer),
            *facts_of_credit_record(enquiry.record, source=enquiry.provider, observed_at=enquiry.observed_at),
        )
    )


async def _own_facts(
    connection: Connection, ports: Ports, *, checkout: Checkout, customer_id: UUID
) -> dict[str, FactValue]:
    today, b = ports.business.today(), bucket_of(customer_id)
    line = await read_line(connection, customer_id=customer_id, currency=checkout.currency)
    own_loans = await loans.of_customer(connection, b=b, customer_id=customer_id)
    since = ports.business.now() - timedelta(days=1)
    return {
        "order_minor": checkout.amount_minor,
        "interest_free_tenors": await _interest_free_tenors(connection, checkout),
        "exposure_minor": line.exposure_minor,
        "late_loans_count": sum(
            loan.oldest_unpaid_due_on is not None and loan.oldest_unpaid_due_on < today for loan in own_loans
        ),
        "lender_list_hit": False,
        "orders_in_24h_count": await decisions.count_since(connection, b=b, customer_id=customer_id, since=since),
    }


async def _debt_service_here(connection: Connection, *, customer_id: UUID) -> int:
    """What the customer's own loans with us ask for next, all together."""
    b = bucket_of(customer_id)
    next_due_minor = 0
    for loan in await loans.of_customer(connection, b=b, customer_id=customer_id):
        rows = await loans.instalments(connection, b=b, loan_id=loan.loan_id) if loan.outstanding_minor else ()
        open_rows = [row for row in rows if row.settled_on is None]
        next_due_minor += open_rows[0].owed_minor if open_rows else 0
    return next_due_minor


async def _interest_free_tenors(connection: Connection, checkout: Checkout) -> str:
    """The tenors in which everything in the order is sold interest-free."""
    on_sale = {phone.sku: set(phone.interest_free_tenors) for phone in await authorities.phones(connection)}
    tenors = set[int].intersection(*(on_sale.get(good["sku"], set[int]()) for good in checkout.goods))
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
