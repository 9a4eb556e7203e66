"""What several shapes of responses have in common."""

from pydantic import BaseModel, ConfigDict


class Shape(BaseModel):
    """A response, or a part of one: nothing is in it that is not named here."""

    model_config = ConfigDict(extra="forbid")


class Page(Shape):
    """A page of a list: the sort that it has, and behind which place the next begins."""

    sort: str
    next: str | None


class Parts(Shape):
    """An amount by what it is for."""

    principal_minor: int
    interest_minor: int
    fee_minor: int
    penalty_minor: int
    total_minor: int


class PlanRow(Shape):
    """One line of a repayment table."""

    instalment: int
    due_on: str
    principal_minor: int
    interest_minor: int
    fee_minor: int
    total_minor: int
    balance_minor: int


class Names(Shape):
    """A name in both languages."""

    zh: str
    en: str


class SentCodeShape(Shape):
    """A code is on its way."""

    code_id: str
    sent_to: str
    resend_after_seconds: int


class SessionShape(Shape):
    """A session; its token is told once."""

    token: str
    expires_at: str
