"""The documents that ship: complete in both languages, saying what the law wants, and never what it bans."""

import hashlib
import re
from datetime import date
from decimal import Decimal

import pytest

from fenqi.core.compliance.disclosure import ContingentCost, CostItem, Disclosure, Party
from fenqi.core.compliance.document import AgreementForm, price_text, render_agreement, render_disclosure, render_plan
from fenqi.core.compliance.label import LABELS
from fenqi.core.compliance.suitability import banned_words_in
from fenqi.core.product.schedule import plan
from fenqi.core.product.terms import Method, Terms
from fenqi.core.rulepack.ceiling import CostCeiling
from fenqi.core.rulepack.dated import Standing
from fenqi.core.rulepack.text import LANGUAGES, Rendered, Text
from fenqi.stores.shipped import load_rulepack
from fenqi.stores.shipped_text import load_texts

LENDER = "示范网络小额贷款有限公司"
SCHEDULE = plan(
    Terms(method=Method.EQUAL_INSTALMENT, rate_per_year=Decimal("0.12"), instalment_count=12),
    principal_minor=599_900,
    start_on=date(2026, 11, 1),
)
SHOWN = Disclosure(
    on=date(2026, 11, 1),
    currency="CNY",
    parties=(
        Party(role="lender", name=LENDER, contact="400-000-0000"),
        Party(role="merchant", name="某某手机专营店 <旗舰>"),
    ),
    goods="手机 X1 256 GB",
    principal_minor=599_900,
    method=Method.EQUAL_INSTALMENT,
    items=(
        CostItem(
            code="interest",
            collected="per_instalment",
            percent_per_year=Decimal(12),
            payee=LENDER,
            amount_minor=SCHEDULE.cost_minor,
        ),
    ),
    annual_percent=Decimal("12.0004"),
    annual_measure="irr_nominal",
    contingent=(
        ContingentCost(code="late_interest", base="overdue_principal", percent_per_year=Decimal("18.25"), payee=LENDER),
    ),
    rows=SCHEDULE.rows,
    ceiling=CostCeiling(
        percent=Decimal(24),
        measure="irr_nominal",
        source="小额贷款公司综合融资成本管理工作指引",
        standing=Standing.SECONDARY,
        lender_type="microloan",
        on=date(2026, 11, 1),
    ),
)
FORM = AgreementForm(
    agreement_no="A-1",
    order_no="O-1",
    disclosure=SHOWN,
    disclosure_sha256="d" * 64,
    borrower_name="王小明",
    id_number_masked="3****************1",
    mobile_masked="139****5678",
    rate_per_year=Decimal("0.12"),
    allocation=("costs", "interest", "fee", "penalty", "principal"),
    complaint_contact="400-000-0000",
    regulator_contact="12378",
    place_of_performance="上海市",
)
EVERY_LANGUAGE = pytest.mark.parametrize("language", LANGUAGES)


def document(name: str, language: str) -> Rendered:
    text = load_texts().latest(name, language=language)
    if name == "disclosure":
        return render_disclosure(text, SHOWN)
    if name == "agreement":
        return render_agreement(text, FORM)
    return render_plan(text, agreement_no="A-1", order_no="O-1", plan=SHOWN)


@EVERY_LANGUAGE
@pytest.mark.parametrize("name", ["disclosure", "agreement", "plan"])
def test_shows_principal_cost_annual_figure_and_every_instalment(name: str, language: str):
    page = document(name, language).content.decode()
    assert price_text(599_900, currency="CNY") in page
    assert price_text(SHOWN.cost_minor, currency="CNY") in page
    assert "12.00%" in page
    for row in SCHEDULE.rows:
        assert row.due_on.isoformat() in page
        assert price_text(row.total_minor, currency="CNY") in page


@EVERY_LANGUAGE
@pytest.mark.parametrize("name", ["disclosure", "agreement"])
def test_names_who_charges_what_in_default_and_that_nothing_else_is_charged(name: str, language: str):
    page = document(name, language).content.decode()
    assert "18.25%" in page
    assert LENDER in page
    assert {"zh-CN": "不再向借款人收取其他与贷款相关的任何息费", "en": "any other interest or fee"}[language] in page


@EVERY_LANGUAGE
def test_a_simple_rate_is_called_one(language: str):
    assert "单利" in document("disclosure", language).content.decode()


@EVERY_LANGUAGE
def test_the_agreement_binds_the_disclosure_by_its_hash_and_names_the_order(language: str):
    page = document("agreement", language).content.decode()
    assert "d" * 64 in page
    assert "O-1" in page
    assert "王小明" in page


def test_a_merchants_name_cannot_bring_markup():
    assert "&lt;旗舰&gt;" in document("disclosure", "zh-CN").content.decode()


def test_the_same_disclosure_has_the_same_bytes():
    first, second = document("disclosure", "zh-CN"), document("disclosure", "zh-CN")
    assert first == second
    assert first.sha256 == hashlib.sha256(first.content).hexdigest()


def test_every_code_has_a_word_in_every_language():
    assert LABELS["zh-CN"].keys() == LABELS["en"].keys()
    assert set(Method) <= LABELS["en"].keys()


def values_of(text: Text) -> set[str]:
    return set(re.findall(r"{{\s*(\w+)", text.body))


def test_every_text_ships_in_both_languages_and_asks_for_the_same_values():
    texts = load_texts()
    for text in texts.all():
        asked = {
            language: set(
                re.findall(r"{{\s*(\w+)", texts.find(text.name, version=text.version, language=language).body)
            )
            for language in LANGUAGES
        }
        assert asked["zh-CN"] == asked["en"], text.name


def test_no_text_uses_a_banned_word():
    banned = load_rulepack().value("marketing.banned_words", on=date(2026, 11, 1)).value
    for text in load_texts().all():
        assert banned_words_in(text.body, banned=banned) == (), text.name


@pytest.mark.parametrize(
    ("minor", "currency", "text"),
    [
        (599_900, "CNY", "¥5,999.00"),
        (5, "CNY", "¥0.05"),
        (-100, "CNY", "¥-1.00"),
        (123_456_789, "EUR", "EUR 1,234,567.89"),
    ],
)
def test_amounts_read_as_people_write_them(minor: int, currency: str, text: str):
    assert price_text(minor, currency=currency) == text
