"""A catalogue is read or refused whole, found by name, and cut to what is sold."""

import json
from dataclasses import replace
from decimal import Decimal
from hashlib import sha256

import pytest

from fenqi.core.product.catalogue import (
    Catalogue,
    CatalogueMalformed,
    LenderType,
    Payer,
    Product,
    ProductUnknown,
    catalogue_from_record,
    catalogue_to_record,
    read_catalogue,
)
from fenqi.core.product.terms import Method, TenorOutOfRange
from fenqi.stores.shipped import PROJECT
from fenqi.stores.shipped_catalogue import CatalogueUnknown, load_catalogue

PLAN = Product(
    product_id="plan",
    version="1",
    lender_type=LenderType.MICROLOAN,
    name_zh="分期",
    name_en="Plan",
    method=Method.EQUAL_INSTALMENT,
    rate_per_year=Decimal("0.12"),
    rate_floor_per_year=Decimal("0.06"),
    tenors=(3, 6, 12),
    financed_minor_min=10_000,
    financed_minor_max=1_000_000,
    late_per_day=Decimal("0.0005"),
)
FREE = replace(PLAN, product_id="free", interest_paid_by=Payer.BRAND)


def test_the_shipped_catalogue_reads_back_what_it_wrote():
    shipped = load_catalogue()
    written = json.loads(json.dumps(catalogue_to_record(shipped)))
    assert catalogue_from_record(written).products == shipped.products
    assert catalogue_from_record(written).version == shipped.version


def test_the_shipped_catalogue_sells_free_plans_that_a_brand_pays_for():
    payers = {product.interest_paid_by for product in load_catalogue().products}
    assert payers == {None, Payer.BRAND}


def test_refuses_a_catalogue_that_does_not_ship():
    with pytest.raises(CatalogueUnknown):
        load_catalogue("none")


def test_the_customer_pays_no_interest_where_somebody_else_does():
    assert FREE.terms(12, rate_per_year=Decimal("0.12")).rate_per_year == 0
    assert PLAN.terms(12, rate_per_year=Decimal("0.10")).rate_per_year == Decimal("0.10")


def test_the_version_follows_the_content_and_not_the_order():
    assert Catalogue([PLAN, FREE]).version == Catalogue([FREE, PLAN]).version
    assert Catalogue([PLAN]).version != Catalogue([replace(PLAN, rate_per_year=Decimal("0.13"))]).version


EVER_SOLD = {
    ("instalment", "1"): "5e2e77d745b44872",
    ("instalment", "2"): "eb8df37bb74c25f7",
    ("instalment_brand_free", "1"): "6e4e015246d1c3a7",
    ("next_month", "1"): "7e1caf8c280e7ce1",
    ("monthly_bill", "1"): "fd9522051e2f041c",
}
"""What was ever sold by name and version: the first digits of its record's sha256. Lines are added, none altered."""


def test_a_version_of_a_product_never_changes_its_terms():
    sold = json.loads((PROJECT / "catalogue" / "demo.json").read_bytes())["products"]
    digests = {
        (each["product_id"], each["version"]): sha256(json.dumps(each, sort_keys=True).encode()).hexdigest()[:16]
        for each in sold
    }
    assert digests.items() <= EVER_SOLD.items(), "other terms are another version"


def test_finds_the_last_version_unless_told():
    later = replace(PLAN, version="2")
    catalogue = Catalogue([later, PLAN])
    assert catalogue.find("plan") is later
    assert catalogue.find("plan", version="1") is PLAN
    with pytest.raises(ProductUnknown):
        catalogue.find("plan", version="3")
    with pytest.raises(ProductUnknown) as refused:
        catalogue.find("other")
    assert refused.value.allowed == "plan"


@pytest.mark.parametrize(
    "change",
    [
        {"tenors": ()},
        {"tenors": (3, 3)},
        {"rate_per_year": Decimal(0), "rate_floor_per_year": Decimal(0), "interest_paid_by": Payer.MERCHANT},
        {"rate_floor_per_year": Decimal("0.13")},
        {"financed_minor_min": 0},
        {"financed_minor_max": 9_999},
        {"late_per_day": Decimal("-0.1")},
        {"down_payment_share_min": Decimal(1)},
    ],
)
def test_refuses_a_product_that_cannot_be_sold(change):
    with pytest.raises(CatalogueMalformed):
        Catalogue([replace(PLAN, **change)])


def test_refuses_a_tenor_that_no_plan_has():
    with pytest.raises(TenorOutOfRange):
        Catalogue([replace(PLAN, tenors=(25,))])


def test_refuses_a_product_twice():
    with pytest.raises(CatalogueMalformed):
        Catalogue([PLAN, PLAN])


@pytest.mark.parametrize(
    "text",
    [b"", b"[]", b"{}", b'{"products": 1}', b'{"products": [{"product_id": "x"}]}', b'{"products": [1]}', b"\xff"],
)
def test_refuses_a_text_that_is_no_catalogue(text):
    with pytest.raises(CatalogueMalformed) as refused:
        read_catalogue(text)
    assert refused.value.code == "catalogue_malformed"
