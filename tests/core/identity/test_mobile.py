"""Mobile numbers."""

import pytest

from fenqi.core.identity.mobile import MobileMalformed, mask_mobile, read_mobile


@pytest.mark.parametrize("text", ["13912345678", "+86 139-1234-5678", "8613912345678", " 139 1234 5678 "])
def test_reads_the_same_number_however_it_is_written(text: str):
    assert read_mobile(text) == "13912345678"


@pytest.mark.parametrize(
    "text", ["", "12912345678", "1391234567", "139123456789", "+85212345678", "１３９１２３４５６７８"]
)
def test_refuses_what_is_no_mainland_mobile_number(text: str):
    with pytest.raises(MobileMalformed):
        read_mobile(text)


def test_the_mask_keeps_three_and_four_digits():
    assert mask_mobile("13912345678") == "139****5678"
