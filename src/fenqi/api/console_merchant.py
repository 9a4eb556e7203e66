"""Merchants as staff read them: who they are, what they have been paid, and what they are owed."""

from dataclasses import dataclass
from typing import Annotated, Any
from uuid import UUID

from fastapi import APIRouter, Depends, Query
from starlette.responses import StreamingResponse

from fenqi.api.edge import AskingStaff, Installed
from fenqi.api.listing import ListDay, Paged, Sorted, StaffList
from fenqi.api.merchant import settlement_shown
from fenqi.api.shape.staff_book import ItemLine, MerchantLine, StaffSettlement
from fenqi.core.ledger.account import bucket_of
from fenqi.core.merchant.settlement import ItemKind
from fenqi.services.find_merchant import find_merchant
from fenqi.services.find_settlement import find_settlement
from fenqi.stores import staff_list
from fenqi.stores.merchant import Merchant
from fenqi.stores.settlement import MerchantItem
from fenqi.wiring import Installation

router = APIRouter(prefix="/staff", tags=["staff"])
MERCHANTS = StaffList("merchants", staff_list.MERCHANTS, MerchantLine)
SETTLEMENTS = StaffList("settlements", staff_list.SETTLEMENTS, StaffSettlement)
OPEN_ITEMS = StaffList("items", staff_list.OPEN_ITEMS, ItemLine, file_name="open_items")
SETTLEMENT_ITEMS = StaffList("items", staff_list.SETTLEMENT_ITEMS, ItemLine, file_name="settlement_items")


@dataclass(frozen=True)
class _Merchants:
    """Which merchants: one, or those whose name has a part."""

    merchant_id: UUID | None = None
    name: Annotated[str | None, Query(max_length=80)] = None

    @property
    def wanted(self) -> dict[str, Any]:
        return dict(vars(self))


@dataclass(frozen=True)
class _Settlements:
    """Which settlements of a merchant; days until which was settled, from the first on and before the last."""

    merchant_id: UUID
    from_on: ListDay | None = None
    until_on: ListDay | None = None

    @property
    def wanted(self) -> dict[str, Any]:
        return vars(self) | {"b": bucket_of(self.merchant_id)}


@dataclass(frozen=True, kw_only=True)
class _Items:
    """Which lines of what a merchant is owed."""

    merchant_id: UUID
    kind: ItemKind | None = None

    @property
    def wanted(self) -> dict[str, Any]:
        return {"merchant_id": self.merchant_id, "kind": self.kind and self.kind.value}


@dataclass(frozen=True, kw_only=True)
class _Settled(_Items):
    """Which lines of a settlement."""

    settlement_id: UUID

    @property
    def wanted(self) -> dict[str, Any]:
        return super().wanted | {"settlement_id": self.settlement_id}


MerchantsAsked = Annotated[_Merchants, Depends()]
SettlementsAsked = Annotated[_Settlements, Depends()]
ItemsAsked = Annotated[_Items, Depends()]
SettledAsked = Annotated[_Settled, Depends()]


@router.get("/merchants")
async def list_merchants(
    staff: AskingStaff, installation: Installed, asked: MerchantsAsked, paging: Paged
) -> dict[str, Any]:
    """The merchants of this installation, by name unless sorted otherwise."""
    return await MERCHANTS.page(installation, asked.wanted, paging, _merchant_line)


@router.get("/exports/merchants", response_class=StreamingResponse)
async def export_merchants(
    staff: AskingStaff, installation: Installed, asked: MerchantsAsked, sort: Sorted = ""
) -> StreamingResponse:
    """Every merchant that a filter lets through, as CSV."""
    return await MERCHANTS.file(installation, staff, asked.wanted, sort, _merchant_line)


@router.get("/merchants/{merchant_id}/settlements")
async def list_settlements(
    staff: AskingStaff, installation: Installed, asked: SettlementsAsked, paging: Paged
) -> dict[str, Any]:
    """What a merchant has been paid, the latest first unless sorted otherwise."""
    await _require_merchant(installation, asked.merchant_id)
    return await SETTLEMENTS.page(installation, asked.wanted, paging, settlement_shown)


@router.get("/exports/settlements", response_class=StreamingResponse)
async def export_settlements(
    staff: AskingStaff, installation: Installed, asked: SettlementsAsked, sort: Sorted = ""
) -> StreamingResponse:
    """Every settlement of a merchant that a filter lets through, as CSV."""
    await _require_merchant(installation, asked.merchant_id)
    return await SETTLEMENTS.file(installation, staff, asked.wanted, sort, settlement_shown)


@router.get("/merchants/{merchant_id}/items")
async def list_open_items(
    staff: AskingStaff, installation: Installed, asked: ItemsAsked, paging: Paged
) -> dict[str, Any]:
    """What a merchant is owed and no settlement holds yet, newest first unless sorted otherwise."""
    await _require_merchant(installation, asked.merchant_id)
    return await OPEN_ITEMS.page(installation, asked.wanted, paging, _item_line)


@router.get("/exports/open-items", response_class=StreamingResponse)
async def export_open_items(
    staff: AskingStaff, installation: Installed, asked: ItemsAsked, sort: Sorted = ""
) -> StreamingResponse:
    """Everything that a merchant is owed and no settlement holds yet, as CSV."""
    await _require_merchant(installation, asked.merchant_id)
    return await OPEN_ITEMS.file(installation, staff, asked.wanted, sort, _item_line)


@router.get("/merchants/{merchant_id}/settlements/{settlement_id}")
async def get_settlement(
    staff: AskingStaff, installation: Installed, asked: SettledAsked, paging: Paged
) -> dict[str, Any]:
    """A settlement, line by line, the oldest first unless sorted otherwise."""
    await _require_settlement(installation, asked)
    lines = await SETTLEMENT_ITEMS.page(installation, asked.wanted, paging, _item_line)
    return {"settlement_id": str(asked.settlement_id), **lines}


@router.get("/exports/settlement-items", response_class=StreamingResponse)
async def export_settlement_items(
    staff: AskingStaff, installation: Installed, asked: SettledAsked, sort: Sorted = ""
) -> StreamingResponse:
    """Every line of a settlement that a filter lets through, as CSV."""
    await _require_settlement(installation, asked)
    return await SETTLEMENT_ITEMS.file(installation, staff, asked.wanted, sort, _item_line)


def _merchant_line(row: Merchant) -> dict[str, Any]:
    return {
        "merchant_id": str(row.merchant_id),
        "name_zh": row.name_zh,
        "name_en": row.name_en,
        "discount_rate": str(row.discount_rate),
        "webhook_url": row.webhook_url,
        "is_stand_in": row.is_stand_in,
    }


def _item_line(row: MerchantItem) -> dict[str, Any]:
    return {
        "item_id": str(row.item_id),
        "checkout_id": str(row.checkout_id),
        "order_number": row.order_number,
        "kind": row.kind,
        "amount_minor": row.amount_minor,
        "currency": row.currency,
        "effective_on": row.effective_on.isoformat(),
    }


async def _require_merchant(installation: Installation, merchant_id: UUID) -> None:
    async with installation.reading() as connection:
        await find_merchant(connection, merchant_id=merchant_id)


async def _require_settlement(installation: Installation, asked: _Settled) -> None:
    async with installation.reading() as connection:
        await find_settlement(connection, settlement_id=asked.settlement_id, merchant_id=asked.merchant_id)
