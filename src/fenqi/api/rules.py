"""What people say of rules on their way into force, and how a version is shown, whatever the rules are about."""

from datetime import date
from typing import Any

from pydantic import Field

from fenqi.api.body import Body
from fenqi.api.listing import ListDay
from fenqi.services.let_rules_in import SecondWord
from fenqi.stores.rules_version import AnsweredRules, RulesAnswer


class NewRules(Body):
    """Rules as JSON text, and what is new in them."""

    text: str = Field(min_length=2, max_length=50_000)
    remark: str = Field(min_length=5, max_length=1000)


class NewRulesAnswer(Body):
    """What the second person says; without a day, the rules hold from today."""

    is_approved: bool
    from_on: ListDay | None = None
    reason: str = Field(min_length=5, max_length=1000)

    def word(self, *, version: str, today: date, by: str) -> SecondWord:
        """The same, as a command."""
        return SecondWord(
            version=version,
            is_approved=self.is_approved,
            from_on=self.from_on or today,
            reason=self.reason,
            by=by,
        )


def answered_shown(said: RulesAnswer) -> dict[str, Any]:
    """What the second person said."""
    return {"version": said.version, "is_approved": said.is_approved, "from_on": said.from_on.isoformat()}


def rules_line(row: AnsweredRules) -> dict[str, Any]:
    """A version with its answer."""
    return {
        "version": row.version,
        "name": row.name,
        "text": row.content.decode(),
        "remark": row.note,
        "proposed_by": row.proposed_by,
        "proposed_at": row.proposed_at.isoformat(),
        "is_approved": row.is_approved,
        "from_on": row.from_on and row.from_on.isoformat(),
        "answer_reason": row.answer_reason,
        "answered_by": row.answered_by,
    }
