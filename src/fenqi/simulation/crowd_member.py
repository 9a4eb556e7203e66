"""One of a crowd: who applies, for what, and what became of it."""

from dataclasses import dataclass, field

from fenqi.simulation.applicant import Applicant
from fenqi.simulation.behaviour import MonthBehaviour
from fenqi.simulation.buying import Bought, Good
from fenqi.simulation.caller import Json
from fenqi.simulation.person import Person


@dataclass
class Member:
    """One applicant in the world of the demo."""

    applicant: Applicant
    person: Person
    good: Good
    behaviour: tuple[MonthBehaviour, ...]
    decision: Json = field(default_factory=dict[str, object])
    bought: Bought | None = None
    paid_minor: int = 0
    """Everything that was debited so far."""
    loan: Json = field(default_factory=dict[str, object])
    """The loan as it stands at the end."""
    customer_id: str = ""
    """Who the borrower is to the lender."""
    reached: tuple[str, str] | None = None
    """The last step that came to the borrower: of which warning, and which."""
    has_reacted: bool = False
    """Whether a step moved them to pay: from then on months are simulated otherwise than the chain says."""
    helped: bool = False
    """Whether help was asked for: from then on the plan is another than was signed."""
    complaint_count: int = 0
    """How often it was complained, second looks included."""

    @property
    def outcome(self) -> str:
        """What became of the application."""
        return str(self.decision["outcome"])
