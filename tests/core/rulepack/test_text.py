"""Texts: the newest version, every value given, markup escaped, one hash for the same bytes."""

import hashlib

import pytest

from fenqi.core.rulepack.text import Text, Texts, TextUnknown, TextValueMissing, render


def text(version: int, body: str, media_type: str = "text/plain") -> Text:
    return Text(name="greeting", version=version, language="en", media_type=media_type, body=body)


def test_takes_the_newest_version_and_still_finds_the_old_one():
    texts = Texts((text(2, "new"), text(10, "newest"), text(1, "old")))
    assert texts.latest("greeting", language="en").body == "newest"
    assert texts.find("greeting", version=1, language="en").body == "old"


def test_a_text_that_is_not_there_is_refused():
    with pytest.raises(TextUnknown):
        Texts(()).latest("greeting", language="en")


def test_the_hash_is_of_the_bytes_that_were_shown():
    rendered = render(text(1, "Hello {{ name }}\n"), {"name": "王明"})
    assert rendered.content.decode() == "Hello 王明\n"
    assert rendered.sha256 == hashlib.sha256(rendered.content).hexdigest()


def test_a_value_cannot_bring_markup_into_html():
    rendered = render(text(1, "<p>{{ name }}</p>", "text/html"), {"name": "<script>"})
    assert rendered.content == b"<p>&lt;script&gt;</p>"


@pytest.mark.parametrize("body", ["{{ name }}", "{% for row in rows %}{{ row }}{% endfor %}", "{{ lender.name }}"])
def test_a_missing_value_stops_everything(body: str):
    with pytest.raises(TextValueMissing):
        render(text(1, body), {"lender": {}})
