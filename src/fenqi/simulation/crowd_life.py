"""What the console says of a crowd's loans after their months: arrears, risk, collection, help, moved lines."""

from collections import Counter
from dataclasses import asdict, dataclass
from datetime import date
from typing import Any

from fenqi.simulation.caller import Json, every_line
from fenqi.simulation.crowd import Played
from fenqi.simulation.crowd_complaint import complaints_of
from fenqi.simulation.crowd_reaction import REACTING_PERCENT
from fenqi.simulation.crowd_report import Money
from fenqi.simulation.crowd_warning import warned
from fenqi.simulation.world import World


async def life_of(world: World, played: Played, *, first_on: date, months: int) -> dict[str, Any]:
    """Everything as the people of the lender see it, asked over HTTP."""
    risk, collector = world.staff["risk"], world.staff["collector"]
    portfolio = await world.staff["finance"].get(f"/staff/portfolio?months={months + 1}")
    collection = await risk.get(f"/staff/collection-figures?from_on={first_on}&until_on={world.today}")
    moves = await every_line(risk, "/staff/limits?", "limits")
    requests = await every_line(collector, "/staff/hardship?", "requests")
    for which in ("offered", "observed", "ended"):
        requests += await every_line(collector, f"/staff/answered-hardship?which={which}&", "requests")
    warnings = await every_line(risk, "/staff/warnings?", "warnings")
    told = warned(played.members, warnings, last_on=played.last_on)
    effects = await risk.get("/staff/warning-effects")
    complaints = await every_line(risk, "/staff/complaints?which=all&", "complaints")
    cases = await every_line(collector, "/staff/collection-cases?", "cases")
    return {
        "buckets": portfolio["buckets"],
        "late_days": portfolio["late_days"],
        "provisions": portfolio["provisions"],
        "rolls": portfolio["rolls"],
        "vintages": portfolio["vintages"],
        "collection": collection["lines"],
        "limit_moves": _counted((str(move["changed_at"])[:7], move["move"]) for move in moves),
        "warnings": asdict(told) | {"precision_permille": told.precision_permille},
        "warning_effects": effects["effects"],
        "reactions": {"percent": dict(REACTING_PERCENT), "count": sum(each.has_reacted for each in played.members)},
        "hardship": dict(Counter(str(request["state"]) for request in requests)),
        "complaints": asdict(complaints_of(complaints)),
        "open_cases": [case["days_past_due"] for case in cases],
    }


def _counted(pairs: Any) -> list[dict[str, Any]]:
    counts = Counter[tuple[str, str]](pairs)
    return [{"month": month, "move": move, "count": counts[month, move]} for month, move in sorted(counts)]


@dataclass(frozen=True)
class Profit:
    """What was earned, less what is set aside and what collection cost. Units: minor."""

    earned_minor: int
    provided_minor: int
    collection_minor: int

    @property
    def profit_minor(self) -> int:
        """What is left before the lender's own costs and taxes."""
        return self.earned_minor - self.provided_minor - self.collection_minor


def profit_of(earned: Money, life: Json) -> Profit:
    """The lender's side of a crowd: the allowance of the last month's end, and everything that collection cost."""
    provisions: list[Json] = life["provisions"]
    last = max((line["month_on"] for line in provisions), default="")
    return Profit(
        earned_minor=earned.earned_minor,
        provided_minor=sum(line["provision_minor"] for line in provisions if line["month_on"] == last),
        collection_minor=sum(line["cost_minor"] for line in life["collection"]),
    )
