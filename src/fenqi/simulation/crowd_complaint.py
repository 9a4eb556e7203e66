"""Who of a crowd complains, how the lender answers within its time, and what the desk's lists say of it.

How many complain, and of what, is a guess: the data knows no complaints.
"""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from statistics import median

from fenqi.simulation.behaviour import Conduct
from fenqi.simulation.buying import Bought
from fenqi.simulation.caller import Colleague, Json
from fenqi.simulation.crowd_member import Member
from fenqi.simulation.world import World

COMPLAIN_DAY = 8
ANSWER_DAYS = (1, 15, 22)
"""Three of four are answered on the 15th, the rest a week later, second looks on the next: all within 15 days."""
BUSY_DAY = 15
COMPLAIN_PERMILLE = 10
MISSING_PERMILLE = 60
"""Of the borrowers in a month, and of those who miss a payment in it; a guess, and no more."""
UNSATISFIED_OF = 5
"""One answer in so many does not satisfy, and somebody else looks again."""
_SECOND_DAY_OF = 4
_DISPUTED_OF = 10
_CAUSES = ("contact", "service", "repayment", "goods")
_WORDS = {
    "cost": "逾期费用不合理",
    "contact": "联系太频繁",
    "service": "客服态度不好",
    "repayment": "扣款时间与约定不符",
    "goods": "商品有瑕疵，商家不处理",
}
_ANSWER = "已核对记录并说明；如有不满可再次申诉。"


@dataclass(frozen=True)
class Complaints:
    """What became of the complaints of a crowd. Units: minor; days from receipt to answer."""

    complaint_count: int
    late_count: int
    unanswered_count: int
    causes: dict[str, int]
    outcomes: dict[str, int]
    redress_count: int
    redress_minor: int
    days_median: float
    days_max: int


async def hear_complaints(world: World, members: Iterable[Member], *, place: int, seed: int) -> None:
    """What happens on a day of the month about complaints: some complain and are heard, or the desk answers."""
    if world.today.day == COMPLAIN_DAY:
        for member in members:
            if member.bought and _is_cross(member, place=place, seed=seed):
                await _complain(world, member, member.bought, place=place, seed=seed)
        await _acknowledge(world)
    if world.today.day in ANSWER_DAYS:
        await _answer(world, members, is_busy=world.today.day == BUSY_DAY)


def _is_cross(member: Member, *, place: int, seed: int) -> bool:
    misses = Conduct.MISSES in {month.conduct for month in member.behaviour[max(place - 1, 0) : place + 1]}
    share = MISSING_PERMILLE if misses else COMPLAIN_PERMILLE
    return _drawn(member, place=place, seed=seed) % 1000 < share


async def _complain(world: World, member: Member, bought: Bought, *, place: int, seed: int) -> None:
    """About the late charge, if there is one; else about something drawn. A closed loan is nobody's trouble."""
    loan = await bought.shopper.loan(bought.loan_id)
    if not loan["outstanding"]["total_minor"]:
        return
    drawn = _CAUSES[_drawn(member, place=place, seed=seed) // 1000 % len(_CAUSES)]
    cause = "cost" if loan["overdue"]["penalty_minor"] else drawn
    disputed = loan["principal_minor"] // _DISPUTED_OF if cause == "goods" else 0
    request_id = f"complaint-{place:04}-{bought.loan_id}"
    body = {"cause": cause, "text": _WORDS[cause], "loan_id": bought.loan_id, "disputed_minor": disputed}
    await bought.shopper.post("/h5/complaints", body | {"request_id": request_id})
    member.complaint_count += 1


async def _acknowledge(world: World) -> None:
    """Take up whatever came in today, second looks too."""
    for complaint in await _waiting(world):
        await _answering(world, complaint).post(f"/staff/complaints/{complaint['complaint_id']}/acknowledgement", {})


async def _answer(world: World, members: Iterable[Member], *, is_busy: bool) -> None:
    """The collector answers, or who answers for the portfolio; what takes two, two give."""
    by_loan = {member.bought.loan_id: member for member in members if member.bought}
    for number, complaint in enumerate(await _waiting(world), start=1):
        if is_busy and number % _SECOND_DAY_OF == 0:
            continue
        member = by_loan[complaint["loan_id"]]
        path = f"/staff/complaints/{complaint['complaint_id']}"
        answering = _answering(world, complaint)
        answered = await answering.post(f"{path}/answer", await _finding(member, complaint))
        if answered["state"] == "proposed":
            await world.staff["risk2"].post(f"{path}/approval", {"is_approved": True, "why": "as the record says"})
        await _say_satisfied(member, complaint)
    await _acknowledge(world)


async def _finding(member: Member, complaint: Json) -> Json:
    """A late charge is given back for the oldest instalment that owes one; everything else happened as agreed."""
    charge = 0
    if complaint["cause"] == "cost" and member.bought:
        loan = await member.bought.shopper.loan(member.bought.loan_id)
        late = [row["outstanding"]["penalty_minor"] for row in loan["instalments"] if row["standing"] == "late"]
        charge = late[0] if late else 0
    if not charge:
        return {"outcome": "rejected", "answer": _ANSWER}
    return {"outcome": "partly_upheld", "answer": _ANSWER, "redress": "goodwill", "redress_minor": charge}


async def _say_satisfied(member: Member, complaint: Json) -> None:
    """Whose first answer was no satisfaction says so, and is looked at again on the next day of answers."""
    if member.bought is None or complaint["level"] == "lead":
        return
    is_satisfied = member.applicant.number % UNSATISFIED_OF > 0
    body = {"is_satisfied": is_satisfied, "text": "" if is_satisfied else "仍有疑问，请再看一次"}
    await member.bought.shopper.post(f"/h5/complaints/{complaint['complaint_id']}/satisfaction", body)
    member.complaint_count += not is_satisfied


async def _waiting(world: World) -> list[Json]:
    found = await world.staff["risk"].get("/staff/complaints?which=waiting&sort=received_at&limit=200")
    return found["complaints"]


def _answering(world: World, complaint: Json) -> Colleague:
    return world.staff["risk" if complaint["level"] == "lead" else "collector"]


def _drawn(member: Member, *, place: int, seed: int) -> int:
    digest = sha256(f"complaint {seed} {place} {member.applicant.number}".encode()).digest()
    return int.from_bytes(digest[:4])


def complaints_of(lines: Sequence[Json]) -> Complaints:
    """Count what the desk's lists hold."""
    answered = [line for line in lines if line["answered_at"]]
    days = [_days(line) for line in answered]
    given = [line["redress_minor"] for line in answered if line["redress_minor"]]
    return Complaints(
        complaint_count=len(lines),
        late_count=sum(line["is_late"] or line["is_acknowledge_missed"] or _is_past(line) for line in lines),
        unanswered_count=len(lines) - len(answered),
        causes=dict(Counter(line["cause"] for line in lines).most_common()),
        outcomes=dict(Counter(line["outcome"] for line in answered).most_common()),
        redress_count=len(given),
        redress_minor=sum(given),
        days_median=median(days) if days else 0,
        days_max=max(days, default=0),
    )


def _days(line: Json) -> int:
    return (datetime.fromisoformat(line["answered_at"]) - datetime.fromisoformat(line["received_at"])).days


def _is_past(line: Json) -> bool:
    return bool(line["answered_at"]) and line["answered_at"][:10] > line["answer_due_on"]
