"""What the routes about rules that people let in answer, whatever the rules are about."""

from fenqi.api.shape.part import Shape


class RulesLineShape(Shape):
    """A version of rules with its answer."""

    version: str
    name: str
    text: str
    remark: str
    proposed_by: str
    proposed_at: str
    is_approved: bool | None
    from_on: str | None
    answer_reason: str | None
    answered_by: str | None


class ProposedRules(Shape):
    """A version that was proposed."""

    version: str


class AnsweredRulesShape(Shape):
    """What the second person said."""

    version: str
    is_approved: bool
    from_on: str
