"""The stand-in bureau: calls itself one, repeats itself, and says of known people what it was told."""

import asyncio
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from fenqi.core.decision.features import CreditRecord, MonthlyRecord, Standing
from fenqi.core.refusal import Unavailable
from fenqi.gateways.bureau.port import CreditEnquiry
from fenqi.gateways.bureau.stand_in import KnownPerson, StandInBureau, write_known

AT = datetime(2026, 2, 1, tzinfo=UTC)
KNOWN = KnownPerson(
    record=CreditRecord(100_00, (MonthlyRecord(date(2026, 1, 1), 50_00, 0, Standing.LATE, 1),)),
    debt_minor=1,
    monthly_debt_service_minor=2,
    monthly_income_minor=None,
)


def enquire(id_number: str, bureau: StandInBureau | None = None) -> CreditEnquiry:
    asked = bureau or StandInBureau()
    return asyncio.run(asked.enquire(name="王小明", id_number=id_number, purpose="loan approval", at=AT))


def test_calls_itself_a_stand_in_and_repeats_itself():
    answer = enquire("360426199101010071")
    assert answer.stand_in
    assert "替身" in answer.provider
    assert answer == enquire("360426199101010071")


def test_invents_the_three_months_before_the_enquiry():
    record = enquire("360426199101010071").record
    assert record is not None
    assert [month.month for month in record.months] == [date(2025, 11, 1), date(2025, 12, 1), date(2026, 1, 1)]


def test_can_know_nobody_know_a_late_payer_or_not_answer():
    assert enquire("36042619910101900X").record is None
    late = enquire("360426199101019018").record
    assert late is not None
    assert late.months[-1].months_late == 1
    with pytest.raises(Unavailable):
        enquire("360426199101019026")


def test_says_of_known_people_what_the_file_says_even_if_it_was_written_later(tmp_path: Path):
    path = tmp_path / "bureau.json"
    bureau = StandInBureau(known_in=path)
    assert enquire("360426199101010071", bureau).record != KNOWN.record
    write_known(path, {"360426199101010071": KNOWN})
    assert enquire("360426199101010071", bureau).record == KNOWN.record
    assert path.stat().st_mode & 0o777 == 0o600
