"""Identity numbers: form, region, birth date, check digit, age."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fenqi.core.identity.id_number import (
    PROVINCES,
    Holder,
    IdNumberBirthDateImpossible,
    IdNumberCheckDigitWrong,
    IdNumberMalformed,
    IdNumberRegionUnknown,
    Underage,
    check_digit,
    mask_id_number,
    read_id_number,
    require_adult,
)

ON = date(2026, 11, 1)


def test_reads_region_and_birth_date_of_a_valid_number():
    read = read_id_number("360426199101010071", on=ON)
    assert (read.holder, read.region, read.born_on) == (Holder.CITIZEN, "江西省", date(1991, 1, 1))


def test_takes_a_lower_case_check_digit():
    number = next(n + "X" for n in (f"110101199003{day:02d}001" for day in range(1, 29)) if check_digit(n) == "X")
    assert read_id_number(f" {number.lower()} ", on=ON).number == number


def test_reads_a_foreign_permanent_resident():
    read = read_id_number("911124198108030024", on=ON)
    assert (read.holder, read.region, read.born_on) == (Holder.FOREIGNER, "北京市", date(1981, 8, 3))


def test_reads_a_residence_permit_of_a_compatriot():
    assert read_id_number("830000199201300022", on=ON).holder is Holder.COMPATRIOT


@pytest.mark.parametrize(
    ("number", "refusal"),
    [
        ("36042619910101007", IdNumberMalformed),
        ("36042619910101007Y", IdNumberMalformed),
        ("060426199101010071", IdNumberMalformed),
        ("３６０４２６１９９１０１０１００７１", IdNumberMalformed),
        ("160426199101010071", IdNumberRegionUnknown),
        ("960124198108030024", IdNumberRegionUnknown),
        ("360426199102300071", IdNumberBirthDateImpossible),
        ("360426189902280071", IdNumberBirthDateImpossible),
        ("360426202702280071", IdNumberBirthDateImpossible),
        ("360426199101010072", IdNumberCheckDigitWrong),
    ],
)
def test_names_what_is_wrong_with_a_number(number: str, refusal: type[Exception]):
    with pytest.raises(refusal):
        read_id_number(number, on=ON)


@given(
    region=st.sampled_from(sorted(PROVINCES)),
    born_on=st.dates(date(1900, 1, 1), ON),
    sequence=st.integers(0, 999),
    place=st.integers(0, 16),
    shift=st.integers(1, 9),
)
def test_the_check_digit_catches_every_single_wrong_digit(
    region: str, born_on: date, sequence: int, place: int, shift: int
):
    first_17 = f"{region}0101{born_on:%Y%m%d}{sequence:03d}"
    assert read_id_number(first_17 + check_digit(first_17), on=ON).born_on == born_on
    wrong = first_17[:place] + str((int(first_17[place]) + shift) % 10) + first_17[place + 1 :]
    assert check_digit(wrong) != check_digit(first_17)


def test_comes_of_age_on_the_eighteenth_birthday():
    born_on = date(2008, 11, 2)
    with pytest.raises(Underage):
        require_adult(born_on, on=date(2026, 11, 1), years=18)
    require_adult(born_on, on=date(2026, 11, 2), years=18)


def test_the_mask_hides_region_and_birth_date():
    assert mask_id_number("360426199101010071") == "3" + "*" * 16 + "1"
