"""The demo shop: what it sells."""

from typing import Any

from fastapi import APIRouter

from fenqi.api.edge import Installed
from fenqi.stores import authority

router = APIRouter(prefix="/shop", tags=["shop"])


@router.get("/phones")
async def list_phones(installation: Installed) -> dict[str, Any]:
    """Every phone on sale."""
    async with installation.transaction() as connection:
        phones = await authority.phones(connection)
    lines = [
        {
            "sku": each.sku,
            "brand": each.brand,
            "name": {"zh": each.name_zh, "en": each.name_en},
            "storage": each.storage,
            "price_minor": each.price_minor,
            "currency": each.currency,
            "interest_free_tenors": list(each.interest_free_tenors),
        }
        for each in phones
    ]
    return {"phones": lines}
