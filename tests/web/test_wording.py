"""No page advertises with the words that the law bans, in neither language, nor calls free what costs something."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from fenqi.api.page import FOLDER
from fenqi.core.compliance.suitability import banned_words_in
from fenqi.settings import PROJECT
from fenqi.stores.shipped import load_rulepack

ON = date(2026, 10, 1)
BANNED = tuple(load_rulepack().value("marketing.banned_words", on=ON).value)
IN_ENGLISH = {
    "低风险": ("low risk", "low-risk"),
    "低门槛": ("easy approval", "everyone qualifies", "no requirements"),
    "秒到账": ("instant cash", "money in seconds"),
    "高收益": ("high return", "high yield"),
    "低利率": ("low interest", "low rate", "low-rate"),
    "无成本": ("no cost", "at no cost", "costs nothing"),
}


def texts() -> Iterator[tuple[str, str]]:
    """The sources of the pages, and the pages as they are served."""
    sources = (path for app in ("ui", "h5", "shop", "staff") for path in (PROJECT / "web" / app / "src").rglob("*.ts*"))
    for path in (*sources, *FOLDER.rglob("*.js"), *FOLDER.rglob("*.html")):
        yield str(path.relative_to(PROJECT)), path.read_text(encoding="utf-8")


def test_no_page_uses_a_banned_word():
    english = tuple(word for words in IN_ENGLISH.values() for word in words)

    found = {name: banned_words_in(text, banned=BANNED) for name, text in texts()}
    own = {name: text for name, text in texts() if name.startswith("web/") and Path(name).parent.name == "texts"}
    said = {name: [word for word in english if word in text.casefold()] for name, text in own.items()}

    assert {name: words for name, words in found.items() if words} == {}
    assert {name: words for name, words in said.items() if words} == {}
    assert len(found) > 100
    assert len(own) >= 6


def test_every_banned_word_has_its_english():
    assert set(IN_ENGLISH) == set(BANNED)


@pytest.mark.parametrize("word", BANNED)
def test_a_banned_word_in_a_page_would_be_found(word):
    assert banned_words_in(f"<p>分期，{word[0]} {word[1:]}！</p>", banned=BANNED) == (word,)
