"""The catalogues that ship as files: `catalogue/<name>.json`."""

from functools import cache
from typing import ClassVar

from fenqi.core.product.catalogue import Catalogue, read_catalogue
from fenqi.core.refusal import Kind, Refusal
from fenqi.stores.shipped import PROJECT


class CatalogueUnknown(Refusal):
    """No catalogue of this name ships."""

    code: ClassVar[str] = "catalogue_unknown"
    kind: ClassVar[Kind] = Kind.UNKNOWN


@cache
def load_catalogue(name: str = "demo") -> Catalogue:
    """Read a catalogue that ships.

    Raises: CatalogueUnknown, CatalogueMalformed.
    """
    known = {path.stem: path for path in (PROJECT / "catalogue").glob("*.json")}
    if name not in known:
        raise CatalogueUnknown(f"there is no catalogue {name}", allowed=", ".join(sorted(known)))
    return read_catalogue(known[name].read_bytes())
