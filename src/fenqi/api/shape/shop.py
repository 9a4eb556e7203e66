"""What the demo shop's routes answer."""

from fenqi.api.shape.part import Names, Shape


class PhoneLine(Shape):
    """One phone on sale."""

    sku: str
    brand: str
    name: Names
    storage: str
    price_minor: int
    currency: str
    interest_free_tenors: list[int]


class PhonesShape(Shape):
    """Every phone on sale."""

    phones: list[PhoneLine]


SHAPES: dict[tuple[str, str], type[Shape]] = {("GET", "/shop/phones"): PhonesShape}
