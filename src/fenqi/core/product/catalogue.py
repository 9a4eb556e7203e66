"""What a lender sells: products, the tenors they come in, and who pays where the customer pays no interest."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from functools import cached_property
from hashlib import sha256
from typing import Any, ClassVar, cast

import msgspec

from fenqi.core.product.cooling_off import NO_COOLING_OFF, CoolingOff, CoolingOffOutOfRange
from fenqi.core.product.terms import Method, Terms
from fenqi.core.refusal import Kind, Refusal


class LenderType(StrEnum):
    """What kind of licence a lender has: caps and limits go by it."""

    MICROLOAN = "microloan"
    """小额贷款公司."""
    CONSUMER_FINANCE = "consumer_finance"
    """消费金融公司."""
    BANK = "bank"
    """商业银行, on its own."""
    FACILITATED = "facilitated"
    """助贷: a bank's loan that a platform brought about."""


class Payer(StrEnum):
    """Who pays the lender's interest in the customer's place."""

    BRAND = "brand"
    """The maker of the goods."""
    MERCHANT = "merchant"
    """The shop."""


class BillingMode(StrEnum):
    """How what falls due is told and collected."""

    ORDER = "order"
    """Each loan on its own due days."""
    BILL = "bill"
    """All loans on one personal day of the month, with one statement."""


class CatalogueMalformed(Refusal):
    """The text or record is not a catalogue."""

    code: ClassVar[str] = "catalogue_malformed"


class ProductUnknown(Refusal):
    """The catalogue has no product of this name, or not in this version."""

    code: ClassVar[str] = "product_unknown"
    kind: ClassVar[Kind] = Kind.UNKNOWN


@dataclass(frozen=True, kw_only=True)
class Product:
    """A plan that a lender offers, in one or more tenors; other terms are another `version`.

    `rate_per_year` is the list price: what the lender earns. Where `interest_paid_by` names somebody, that one pays
    it and the customer pays none; where it names nobody, the customer does. A product that is free for everybody
    has rate 0. `brands` are those whose goods it is sold with; none named: any.

    Beyond plan and late charge at most `fee_minor_max` is charged as costs of enforcement, and `penalty_minor_max` as
    contractual penalties, both disclosed; none, if nothing is said.

    Units: rates are shares; tenors are months; `late_per_day` is what the contract says of overdue principal, before
    the law lowers it.
    """

    product_id: str
    version: str
    lender_type: LenderType
    name_zh: str
    name_en: str
    method: Method
    rate_per_year: Decimal
    rate_floor_per_year: Decimal
    tenors: tuple[int, ...]
    financed_minor_min: int
    financed_minor_max: int
    late_per_day: Decimal
    interest_paid_by: Payer | None = None
    down_payment_share_min: Decimal = Decimal(0)
    brands: tuple[str, ...] = ()
    billing: BillingMode = BillingMode.ORDER
    fee_minor_max: int = 0
    penalty_minor_max: int = 0
    cooling_off: CoolingOff = NO_COOLING_OFF

    @property
    def is_subsidised(self) -> bool:
        """Whether somebody else pays the interest."""
        return self.interest_paid_by is not None

    def terms(self, tenor_months: int, *, rate_per_year: Decimal) -> Terms:
        """What the customer agrees to at a price: the list price, or less; nothing where somebody else pays.

        Raises: TenorOutOfRange, RateOutOfRange.
        """
        rate = Decimal(0) if self.is_subsidised else rate_per_year
        return Terms(method=self.method, rate_per_year=rate, instalment_count=tenor_months)


class Catalogue:
    """Products by name; `version` is the sha256 of all of them, so equal catalogues are one version."""

    def __init__(self, products: Iterable[Product]) -> None:
        """Raises: CatalogueMalformed if a product stands twice or contradicts itself."""
        self.products = tuple(sorted(products, key=lambda product: (product.product_id, product.version)))
        for product in self.products:
            _require_coherent(product)
        if len({(product.product_id, product.version) for product in self.products}) != len(self.products):
            raise CatalogueMalformed("a product stands twice", allowed="each product_id and version once")

    @cached_property
    def version(self) -> str:
        """The hash of the catalogue's canonical text."""
        return sha256(msgspec.json.encode(catalogue_to_record(self), order="deterministic")).hexdigest()

    def find(self, product_id: str, *, version: str | None = None) -> Product:
        """A product by name; without a version, its last one.

        Raises: ProductUnknown.
        """
        found = [
            product
            for product in self.products
            if product.product_id == product_id and version in (None, product.version)
        ]
        if not found:
            raise ProductUnknown(
                f"there is no product {product_id}" + (f" in version {version}" if version else ""),
                allowed=", ".join(dict.fromkeys(product.product_id for product in self.products)),
            )
        return found[-1]


def read_catalogue(text: bytes) -> Catalogue:
    """Read a catalogue from JSON.

    Raises: CatalogueMalformed.
    """
    try:
        record = msgspec.json.decode(text, type=dict[str, Any])
    except (msgspec.DecodeError, UnicodeDecodeError) as error:
        raise CatalogueMalformed(f"the catalogue is not JSON: {error}", allowed="catalogue/demo.json") from error
    return catalogue_from_record(record)


def catalogue_from_record(record: Mapping[str, Any]) -> Catalogue:
    """A catalogue from its record, `{"products": [...]}`.

    Raises: CatalogueMalformed.
    """
    products: object = record.get("products")
    if not isinstance(products, list):
        raise CatalogueMalformed("a catalogue has a list of products", allowed="catalogue/demo.json")
    return Catalogue(product_from_record(product) for product in cast("list[object]", products))


def catalogue_to_record(catalogue: Catalogue) -> dict[str, Any]:
    """A catalogue as values that JSON can write."""
    return {"products": [product_to_record(product) for product in catalogue.products]}


def product_from_record(record: object) -> Product:
    """A product from its record.

    Raises: CatalogueMalformed, naming the field.
    """
    try:
        return msgspec.convert(record, Product)
    except (msgspec.ValidationError, CoolingOffOutOfRange) as error:
        raise CatalogueMalformed(f"a product cannot be read: {error}", allowed="catalogue/demo.json") from error


def product_to_record(product: Product) -> dict[str, Any]:
    """A product as values that JSON can write; rates are decimal text."""
    return msgspec.to_builtins(product)


def _require_coherent(product: Product) -> None:
    faults = {
        "has no tenor": not product.tenors,
        "names a tenor twice": len(set(product.tenors)) != len(product.tenors),
        "is subsidised without interest to subsidise": product.is_subsidised and not product.rate_per_year,
        "has a floor above its price": not 0 <= product.rate_floor_per_year <= product.rate_per_year,
        "finances nothing": not 0 < product.financed_minor_min <= product.financed_minor_max,
        "has a negative late rate": product.late_per_day < 0,
        "charges less than nothing": min(product.fee_minor_max, product.penalty_minor_max) < 0,
        "wants a down payment of everything": not 0 <= product.down_payment_share_min < 1,
    }
    for fault, found in faults.items():
        if found:
            raise CatalogueMalformed(f"product {product.product_id} {fault}", allowed="a product that can be sold")
    for tenor in product.tenors:
        product.terms(tenor, rate_per_year=product.rate_per_year)
