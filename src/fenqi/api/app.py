"""The HTTP application: its routers, and what surrounds every request."""

from fastapi import FastAPI
from starlette.responses import JSONResponse

from fenqi import __version__
from fenqi.api import (
    back_tests,
    cases,
    channel,
    collection,
    collection_end,
    collection_figures,
    complaint_figures,
    console_audit,
    console_complaint,
    console_contact,
    console_contact_log,
    console_contact_stop,
    console_credit_report,
    console_hardship,
    console_ledger,
    console_limit,
    console_list,
    console_loan,
    console_merchant,
    console_money,
    console_people,
    console_warning,
    finance,
    limit_rules,
    merchant,
    portfolio,
    ring,
    shadows,
    shop,
    snoozes,
    staff,
    stand_in,
    strategies,
    waiting,
    warning_rules,
)
from fenqi.api.edge import Installed
from fenqi.api.h5 import (
    bill,
    checkout,
    complaint,
    credit_record,
    decision,
    hardship,
    inbox,
    loan,
    me,
    payment,
    progress,
    step_up,
)
from fenqi.api.h5 import limit as limit_page
from fenqi.api.limit import BodyLimit
from fenqi.api.page import Pages
from fenqi.api.refusal import answer_refusals
from fenqi.api.shape.told import tell_shapes
from fenqi.wiring import Installation

BILLING = (bill, payment, inbox)
CONSOLE = (
    console_list,
    console_loan,
    console_people,
    console_merchant,
    console_ledger,
    cases,
    strategies,
    back_tests,
    shadows,
    snoozes,
    portfolio,
    console_money,
    console_audit,
    waiting,
)
LIMITS = (limit_page, console_limit, limit_rules, console_warning, warning_rules)
CARE = (hardship, console_hardship, complaint, console_complaint, complaint_figures, console_contact_stop)
CREDIT_REPORTING = (credit_record, console_credit_report)
COLLECTION = (console_contact, console_contact_log, collection, collection_end, collection_figures)
SCREENING = (step_up, ring)


def build_app(installation: Installation) -> FastAPI:
    """The application that serves an installation."""
    app = describe_app()
    app.state.installation = installation
    return app


def describe_app() -> FastAPI:
    """The application with nothing behind it: it can tell what it answers, and not answer."""
    app = FastAPI(title="Fenqi 分期", version=__version__, docs_url=None, redoc_url=None)
    app.add_middleware(BodyLimit)
    app.add_middleware(Pages)
    answer_refusals(app)
    app.router.routes.extend(decision.router.routes)
    for module in (
        merchant,
        checkout,
        progress,
        me,
        loan,
        *BILLING,
        staff,
        finance,
        *CONSOLE,
        *COLLECTION,
        *CARE,
        *CREDIT_REPORTING,
        *SCREENING,
        *LIMITS,
        channel,
        shop,
        stand_in,
    ):
        app.router.routes.extend(module.router.routes)
    tell_shapes(app)

    @app.get("/healthz", tags=["operation"])
    async def healthz(installation: Installed) -> JSONResponse:  # pyright: ignore[reportUnusedFunction]
        """Whether service and database answer."""
        async with installation.transaction():  # it begins in the database, or not at all
            return JSONResponse({"status": "ok", "version": __version__})

    return app
