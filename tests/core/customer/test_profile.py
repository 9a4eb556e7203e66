"""Names and ages."""

from datetime import date

import pytest

from fenqi.core.customer.profile import NameMalformed, age_years, mask_name, read_name


@pytest.mark.parametrize(
    ("text", "name"),
    [
        (" 王小明 ", "王小明"),
        ("阿卜杜拉•买买提", "阿卜杜拉·买买提"),
        ("JEAN  PAUL", "JEAN PAUL"),
        ("O'Neil-Smith Jr.", "O'Neil-Smith Jr."),
    ],
)
def test_writes_a_name_one_way(text: str, name: str):
    assert read_name(text) == name


@pytest.mark.parametrize("text", ["", "王", "王1明", "<b>王明</b>", "王_明", "·王明", "王" * 51])
def test_refuses_what_stands_on_no_document(text: str):
    with pytest.raises(NameMalformed):
        read_name(text)


def test_shows_the_last_character_only():
    assert mask_name("王小明") == "**明"


def test_a_leap_day_child_completes_a_common_year_on_the_first_of_march():
    assert age_years(date(2008, 2, 29), on=date(2026, 2, 28)) == 17
    assert age_years(date(2008, 2, 29), on=date(2026, 3, 1)) == 18
