"""Texts and strategies that ship."""

import pytest

from fenqi.core.customer.consent import Purpose
from fenqi.core.rulepack.text import LANGUAGES
from fenqi.stores.shipped_text import StrategyUnknown, load_strategy, load_texts


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("purpose", Purpose)
def test_every_purpose_has_its_own_words(purpose: Purpose, language: str):
    assert load_texts().latest(purpose, language=language).body.strip()


def test_the_demos_strategy_ships_and_another_does_not():
    assert load_strategy("demo").name == "demo"
    with pytest.raises(StrategyUnknown, match="horoscope"):
        load_strategy("horoscope")
