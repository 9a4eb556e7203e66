"""What was asked of a bureau about a customer, and what it was told: for them and for the desk."""

from typing import Any
from uuid import UUID

from fenqi.core.ledger.account import bucket_of
from fenqi.services.port import Ports
from fenqi.services.report_credit import law_of
from fenqi.stores import credit_enquiry as enquiries
from fenqi.stores import credit_report as reports
from fenqi.stores.credit_enquiry import LoggedEnquiry
from fenqi.stores.credit_report import CreditLine, StoredFile
from fenqi.stores.fetch import Connection

_RECORDS_SHOWN = 200


async def credit_record_shown(connection: Connection, ports: Ports, *, customer_id: UUID) -> dict[str, Any]:
    """Who looked at a customer's credit record, and what we told of their loans, newest first."""
    b, law = bucket_of(customer_id), law_of(ports)
    asked = await enquiries.of_customer(connection, b=b, customer_id=customer_id)
    told = await reports.of_customer(connection, b=b, customer_id=customer_id, limit=_RECORDS_SHOWN)
    own = ("loan_id", "month_on", "version", "currency", "account_state", "repayment", "category", "balance_minor")
    more = ("overdue_minor", "overdue_count", "since_on", "is_adverse", "told_at", "sent_at")
    return {
        "enquiries": [own_enquiry(each) for each in asked],
        "records": [{name: line[name] for name in (*own, *more)} for line in map(record_line, told)],
        "notice_days": law.notice_days,
        "objection_days": law.objection_days,
        "objection_source": law.cited["objection_days"],
    }


def own_enquiry(enquiry: LoggedEnquiry) -> dict[str, Any]:
    """A question as the person it was about sees it."""
    return {
        "enquiry_id": str(enquiry.enquiry_id),
        "purpose": enquiry.purpose,
        "bureau": enquiry.bureau,
        "is_stand_in": enquiry.is_stand_in,
        "is_answered": enquiry.is_answered,
        "reference": enquiry.reference,
        "asked_at": enquiry.asked_at.isoformat(),
        "authorised_at": enquiry.authorised_at.isoformat() if enquiry.authorised_at else None,
    }


def enquiry_line(enquiry: LoggedEnquiry) -> dict[str, Any]:
    """A question in the desk's list."""
    checkout_id = enquiry.checkout_id
    return own_enquiry(enquiry) | {
        "customer_id": str(enquiry.customer_id),
        "checkout_id": None if checkout_id is None else str(checkout_id),
    }


def record_line(line: CreditLine) -> dict[str, Any]:
    """A record in the desk's list."""
    record = reports.record_of(line)
    return {
        "record_key": line.record_key,
        "loan_id": str(line.loan_id),
        "customer_id": str(line.customer_id),
        "month_on": line.month_on.isoformat(),
        "version": line.version,
        "currency": line.currency,
        "account_state": line.account_state,
        "repayment": line.repayment,
        "category": line.category,
        "credit_minor": line.credit_minor,
        "balance_minor": line.balance_minor,
        "overdue_minor": line.overdue_minor,
        "overdue_count": line.overdue_count,
        "overdue_31_minor": line.overdue_31_minor,
        "overdue_61_minor": line.overdue_61_minor,
        "overdue_91_minor": line.overdue_91_minor,
        "overdue_181_minor": line.overdue_181_minor,
        "since_on": line.since_on.isoformat() if line.since_on else None,
        "is_adverse": record.is_adverse,
        "why": line.why,
        "made_by": line.made_by,
        "made_at": line.made_at.isoformat(),
        "told_at": line.told_at.isoformat() if line.told_at else None,
        "file_id": str(line.file_id) if line.file_id else None,
        "sent_at": line.sent_at.isoformat() if line.sent_at else None,
        "rejected_why": line.rejected_why,
    }


def file_line(file: StoredFile) -> dict[str, Any]:
    """A file in the desk's list."""
    return {
        "file_id": str(file.file_id),
        "made_on": file.made_on.isoformat(),
        "record_count": file.record_count,
        "content_hash": file.content_hash,
        "bureau": file.bureau,
        "is_stand_in": file.is_stand_in,
        "state": file.state,
        "reference": file.reference,
        "made_at": file.made_at.isoformat(),
        "sent_at": file.sent_at.isoformat() if file.sent_at else None,
        "rejected_at": file.rejected_at.isoformat() if file.rejected_at else None,
        "rejected_why": file.rejected_why,
    }
