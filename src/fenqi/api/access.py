"""Who may call which staff route: one table, which a test walks."""

from enum import StrEnum


class Role(StrEnum):
    """What a member of staff is there for."""

    REVIEWER = "reviewer"
    """Decides referred applications."""
    RISK = "risk"
    """Answers for decisions, scores and strategies, and for the cases that reviewers pass on."""
    FINANCE = "finance"
    """Settles merchants, closes days, verifies the books."""
    COLLECTOR = "collector"
    """Looks after loans in arrears."""
    COMPLIANCE = "compliance"
    """Looks at everything, changes nothing."""
    ADMIN = "admin"
    """Merchants, keys and accounts; no money, no decisions."""
    AGENCY = "agency"
    """Somebody of a collection agency: the cases that it was given, and nothing else."""


_EVERY = frozenset(Role)
_COLLECTING = frozenset({Role.COLLECTOR, Role.AGENCY})
_COLLECTION_READERS = frozenset({Role.COLLECTOR, Role.RISK, Role.FINANCE, Role.COMPLIANCE})

ACCESS: dict[tuple[str, str], frozenset[Role]] = {
    ("GET", "/staff/me"): _EVERY,
    ("DELETE", "/staff/session"): _EVERY,
    ("GET", "/staff/decisions"): frozenset({Role.REVIEWER, Role.RISK, Role.COMPLIANCE}),
    ("GET", "/staff/exports/decisions"): frozenset({Role.REVIEWER, Role.RISK, Role.COMPLIANCE}),
    ("GET", "/staff/decisions/{decision_id}"): frozenset({Role.REVIEWER, Role.RISK, Role.COMPLIANCE}),
    ("GET", "/staff/decisions/{decision_id}/replay"): frozenset({Role.RISK, Role.COMPLIANCE}),
    ("POST", "/staff/decisions/{decision_id}/reviews"): frozenset({Role.REVIEWER, Role.RISK}),
    ("GET", "/staff/cases"): frozenset({Role.REVIEWER, Role.RISK, Role.COMPLIANCE}),
    ("GET", "/staff/exports/cases"): frozenset({Role.REVIEWER, Role.RISK, Role.COMPLIANCE}),
    ("GET", "/staff/closed-cases"): frozenset({Role.REVIEWER, Role.RISK, Role.COMPLIANCE}),
    ("GET", "/staff/exports/closed-cases"): frozenset({Role.REVIEWER, Role.RISK, Role.COMPLIANCE}),
    ("GET", "/staff/case-figures"): frozenset({Role.RISK, Role.COMPLIANCE}),
    ("GET", "/staff/cases/{case_id}"): frozenset({Role.REVIEWER, Role.RISK, Role.COMPLIANCE}),
    ("POST", "/staff/cases/next"): frozenset({Role.REVIEWER, Role.RISK}),
    ("POST", "/staff/cases/{case_id}/taking"): frozenset({Role.REVIEWER, Role.RISK}),
    ("POST", "/staff/cases/{case_id}/release"): frozenset({Role.REVIEWER, Role.RISK}),
    ("POST", "/staff/cases/{case_id}/escalation"): frozenset({Role.REVIEWER, Role.RISK}),
    ("POST", "/staff/cases/{case_id}/notes"): frozenset({Role.REVIEWER, Role.RISK}),
    ("POST", "/staff/cases/{case_id}/end"): frozenset({Role.REVIEWER, Role.RISK}),
    ("GET", "/staff/loans"): frozenset({Role.FINANCE, Role.COLLECTOR, Role.COMPLIANCE}),
    ("GET", "/staff/exports/loans"): frozenset({Role.FINANCE, Role.COLLECTOR, Role.COMPLIANCE}),
    ("GET", "/staff/loans/{loan_id}"): frozenset({Role.FINANCE, Role.COLLECTOR, Role.COMPLIANCE}),
    ("GET", "/staff/loans/{loan_id}/file"): frozenset({Role.FINANCE, Role.COLLECTOR, Role.COMPLIANCE}),
    ("GET", "/staff/loans/{loan_id}/legs"): frozenset({Role.FINANCE, Role.COMPLIANCE}),
    ("POST", "/staff/loans/{loan_id}/previews"): frozenset({Role.FINANCE, Role.COLLECTOR, Role.COMPLIANCE}),
    ("GET", "/staff/loans/{loan_id}/changes"): frozenset({Role.FINANCE, Role.COLLECTOR, Role.COMPLIANCE}),
    ("POST", "/staff/loans/{loan_id}/changes"): frozenset({Role.FINANCE, Role.COLLECTOR}),
    ("POST", "/staff/loans/{loan_id}/changes/{change_id}/answer"): frozenset({Role.FINANCE}),
    ("GET", "/staff/loan-changes"): frozenset({Role.FINANCE, Role.COMPLIANCE}),
    ("GET", "/staff/exports/loan-changes"): frozenset({Role.FINANCE, Role.COMPLIANCE}),
    ("GET", "/staff/portfolio"): frozenset({Role.RISK, Role.FINANCE, Role.COMPLIANCE}),
    ("GET", "/staff/exports/portfolio"): frozenset({Role.RISK, Role.FINANCE, Role.COMPLIANCE}),
    ("GET", "/staff/exports/loan-tape"): frozenset({Role.RISK, Role.FINANCE, Role.COMPLIANCE}),
    ("GET", "/staff/merchants"): frozenset({Role.FINANCE, Role.ADMIN, Role.COMPLIANCE}),
    ("GET", "/staff/exports/merchants"): frozenset({Role.FINANCE, Role.ADMIN, Role.COMPLIANCE}),
    ("POST", "/staff/merchants/{merchant_id}/settlements"): frozenset({Role.FINANCE}),
    ("GET", "/staff/merchants/{merchant_id}/settlements"): frozenset({Role.FINANCE, Role.COMPLIANCE}),
    ("GET", "/staff/exports/settlements"): frozenset({Role.FINANCE, Role.COMPLIANCE}),
    ("GET", "/staff/merchants/{merchant_id}/items"): frozenset({Role.FINANCE, Role.COMPLIANCE}),
    ("GET", "/staff/exports/open-items"): frozenset({Role.FINANCE, Role.COMPLIANCE}),
    ("GET", "/staff/merchants/{merchant_id}/settlements/{settlement_id}"): frozenset({Role.FINANCE, Role.COMPLIANCE}),
    ("GET", "/staff/exports/settlement-items"): frozenset({Role.FINANCE, Role.COMPLIANCE}),
    ("POST", "/staff/merchants/{merchant_id}/keys"): frozenset({Role.ADMIN}),
    ("POST", "/staff/channel/settlements"): frozenset({Role.FINANCE}),
    ("GET", "/staff/settlement-files"): frozenset({Role.FINANCE, Role.COMPLIANCE}),
    ("GET", "/staff/exports/settlement-files"): frozenset({Role.FINANCE, Role.COMPLIANCE}),
    ("GET", "/staff/money-cases"): frozenset({Role.FINANCE, Role.COMPLIANCE}),
    ("GET", "/staff/exports/money-cases"): frozenset({Role.FINANCE, Role.COMPLIANCE}),
    ("POST", "/staff/money-cases/{case_id}/closing"): frozenset({Role.FINANCE}),
    ("POST", "/staff/transfers"): frozenset({Role.FINANCE}),
    ("POST", "/staff/transfers/{transfer_id}/placing"): frozenset({Role.FINANCE}),
    ("POST", "/staff/transfers/{transfer_id}/return"): frozenset({Role.FINANCE}),
    ("POST", "/staff/ledger/verifications"): frozenset({Role.FINANCE, Role.COMPLIANCE}),
    ("GET", "/staff/ledger/accounts"): frozenset({Role.FINANCE, Role.COMPLIANCE}),
    ("GET", "/staff/exports/accounts"): frozenset({Role.FINANCE, Role.COMPLIANCE}),
    ("GET", "/staff/ledger/journal"): frozenset({Role.FINANCE, Role.COMPLIANCE}),
    ("GET", "/staff/exports/journal"): frozenset({Role.FINANCE, Role.COMPLIANCE}),
    ("GET", "/staff/ledger/transactions/{transaction_id}"): frozenset({Role.FINANCE, Role.COMPLIANCE}),
    ("GET", "/staff/ledger/trial-balance"): frozenset({Role.FINANCE, Role.COMPLIANCE}),
    ("GET", "/staff/exports/trial-balance"): frozenset({Role.FINANCE, Role.COMPLIANCE}),
    ("GET", "/staff/days"): frozenset({Role.FINANCE, Role.COMPLIANCE}),
    ("POST", "/staff/days"): frozenset({Role.FINANCE}),
    ("POST", "/staff/searches"): _EVERY - {Role.ADMIN, Role.AGENCY},
    ("GET", "/staff/customers/{customer_id}"): frozenset({Role.REVIEWER, Role.COLLECTOR, Role.COMPLIANCE}),
    ("POST", "/staff/customers/{customer_id}/looks"): frozenset({Role.REVIEWER, Role.COLLECTOR, Role.COMPLIANCE}),
    ("GET", "/staff/customers/{customer_id}/contacts"): frozenset({Role.COLLECTOR, Role.COMPLIANCE}),
    ("POST", "/staff/contacts"): frozenset({Role.COLLECTOR}),
    ("GET", "/staff/contacts"): frozenset({Role.COLLECTOR, Role.RISK, Role.COMPLIANCE}),
    ("GET", "/staff/exports/contacts"): frozenset({Role.COLLECTOR, Role.RISK, Role.COMPLIANCE}),
    ("GET", "/staff/collection-cases"): _COLLECTING | {Role.RISK, Role.COMPLIANCE},
    ("GET", "/staff/exports/collection-cases"): frozenset({Role.COLLECTOR, Role.RISK, Role.COMPLIANCE}),
    ("POST", "/staff/collection-cases/next"): _COLLECTING,
    ("GET", "/staff/collection-cases/{case_id}"): _COLLECTING | {Role.RISK, Role.COMPLIANCE},
    ("POST", "/staff/collection-cases/{case_id}/taking"): _COLLECTING,
    ("POST", "/staff/collection-cases/{case_id}/release"): _COLLECTING,
    ("POST", "/staff/collection-cases/{case_id}/notes"): _COLLECTING,
    ("POST", "/staff/collection-cases/{case_id}/contacts"): _COLLECTING,
    ("POST", "/staff/collection-cases/{case_id}/contacts/{contact_id}/outcome"): _COLLECTING,
    ("POST", "/staff/collection-cases/{case_id}/promises"): _COLLECTING,
    ("POST", "/staff/collection-cases/{case_id}/traces"): frozenset({Role.COLLECTOR}),
    ("POST", "/staff/collection-cases/{case_id}/assignment"): frozenset({Role.COLLECTOR}),
    ("POST", "/staff/collection-cases/{case_id}/recall"): frozenset({Role.COLLECTOR}),
    ("POST", "/staff/collection-cases/{case_id}/legal-steps"): frozenset({Role.COLLECTOR, Role.RISK}),
    ("POST", "/staff/collection-cases/{case_id}/write-off"): frozenset({Role.COLLECTOR}),
    ("GET", "/staff/agencies"): frozenset({Role.COLLECTOR, Role.RISK, Role.FINANCE, Role.COMPLIANCE}),
    ("POST", "/staff/agencies"): frozenset({Role.RISK}),
    ("POST", "/staff/agencies/{agency_id}/members"): frozenset({Role.ADMIN}),
    ("GET", "/staff/agencies/{agency_id}/file"): frozenset({Role.COLLECTOR, Role.AGENCY, Role.COMPLIANCE}),
    ("GET", "/staff/collection-figures"): _COLLECTION_READERS,
    ("GET", "/staff/exports/collection-figures"): _COLLECTION_READERS,
    ("GET", "/staff/templates"): frozenset({Role.COLLECTOR, Role.RISK, Role.COMPLIANCE}),
    ("POST", "/staff/templates"): frozenset({Role.COLLECTOR, Role.RISK}),
    ("POST", "/staff/templates/{name}/{version}/approval"): frozenset({Role.COLLECTOR, Role.RISK}),
    ("GET", "/staff/strategies"): frozenset({Role.RISK, Role.COMPLIANCE}),
    ("POST", "/staff/strategies"): frozenset({Role.RISK}),
    ("GET", "/staff/strategies/{version}"): frozenset({Role.RISK, Role.COMPLIANCE}),
    ("GET", "/staff/strategies/{version}/differences"): frozenset({Role.RISK, Role.COMPLIANCE}),
    ("POST", "/staff/strategies/{version}/uses"): frozenset({Role.RISK}),
    ("POST", "/staff/strategy-uses/{use_id}/answer"): frozenset({Role.RISK}),
    ("POST", "/staff/halts"): frozenset({Role.RISK}),
    ("POST", "/staff/halts/{halt_id}/end"): frozenset({Role.RISK}),
    ("POST", "/staff/halts/{halt_id}/approval"): frozenset({Role.RISK}),
    ("GET", "/staff/hardship"): frozenset({Role.COLLECTOR, Role.RISK, Role.COMPLIANCE}),
    ("GET", "/staff/exports/hardship"): frozenset({Role.COLLECTOR, Role.RISK, Role.COMPLIANCE}),
    ("GET", "/staff/answered-hardship"): frozenset({Role.COLLECTOR, Role.RISK, Role.COMPLIANCE}),
    ("GET", "/staff/exports/answered-hardship"): frozenset({Role.COLLECTOR, Role.RISK, Role.COMPLIANCE}),
    ("POST", "/staff/hardship"): frozenset({Role.COLLECTOR}),
    ("GET", "/staff/hardship/{request_id}"): frozenset({Role.COLLECTOR, Role.RISK, Role.COMPLIANCE}),
    ("POST", "/staff/hardship/{request_id}/offer"): frozenset({Role.COLLECTOR, Role.RISK}),
    ("POST", "/staff/hardship/{request_id}/refusal"): frozenset({Role.COLLECTOR, Role.RISK}),
    ("GET", "/staff/papers/{paper_id}"): frozenset({Role.COLLECTOR, Role.RISK, Role.COMPLIANCE}),
    ("GET", "/staff/authority"): frozenset({Role.RISK, Role.COMPLIANCE, Role.ADMIN}),
    ("GET", "/staff/audit"): frozenset({Role.COMPLIANCE}),
    ("GET", "/staff/exports/audit"): frozenset({Role.COMPLIANCE}),
}
