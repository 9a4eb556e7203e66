"""What stands in for a phone, a bank card and a person in a demo; refused in production."""

from datetime import date, timedelta
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Query

from fenqi.api.edge import AskingCustomer, Installed
from fenqi.core.identity.id_number import check_digit
from fenqi.core.identity.mobile import read_mobile
from fenqi.services.identify_customer import mobile_of
from fenqi.services.port import Ports
from fenqi.wiring import Installation, StandInRefused


def require_demo(installation: Installed) -> None:
    """Refuse in production.

    Raises: StandInRefused.
    """
    if installation.production:
        raise StandInRefused("there is nothing that stands in here", allowed="a demo installation")


router = APIRouter(prefix="/stand-in", tags=["stand-in"], dependencies=[Depends(require_demo)])

ACCOUNTS = (
    {"account_token": "tok_ok_6228", "zh-CN": "示范银行储蓄卡（尾号 6228）", "en": "Demo Bank debit card (6228)"},
    {
        "account_token": "tok_declined_0002",
        "zh-CN": "余额不足的示范卡（尾号 0002）",
        "en": "Demo card without money (0002)",
    },
)
_FAMILY, _GIVEN = "王李张刘陈杨赵黄周吴徐孙", "伟芳娜敏静丽强磊军洋勇艳杰娟涛明"
_REGIONS = ("110105", "310115", "440305", "330106")
_YOUNGEST_BORN_ON = date(2002, 12, 31)
_BIRTH_SPAN_DAYS = 25 * 365
_LATE_NOW = 901
"""Places 15 to 17 of an identity number for which the stand-in bureau tells of arrears."""


@router.get("/sms")
async def list_messages(mobile: Annotated[str, Query(max_length=20)], installation: Installed) -> dict[str, Any]:
    """The messages that a phone would have received from this process, newest first."""
    return _inbox(installation, mobile=read_mobile(mobile))


@router.get("/my-sms")
async def list_own_messages(customer_id: AskingCustomer, installation: Installed) -> dict[str, Any]:
    """The same for the phone of whoever has a session, which need not be named then."""
    async with installation.transaction() as connection:
        mobile = await mobile_of(connection, installation.ports, customer_id=customer_id)
    return _inbox(installation, mobile=mobile)


@router.get("/accounts")
async def list_accounts() -> dict[str, Any]:
    """Bank cards to agree to be debited, none of them real."""
    return {"is_stand_in": True, "accounts": list(ACCOUNTS)}


@router.get("/person")
async def make_person(
    installation: Installed, record: Annotated[str, Query(pattern="^(any|late)$")] = "any"
) -> dict[str, Any]:
    """Somebody who does not exist, with a well-formed identity number; with a bad credit record if asked for."""
    return {"is_stand_in": True, **_person(installation.ports, place=_LATE_NOW if record == "late" else None)}


def _inbox(installation: Installation, *, mobile: str) -> dict[str, Any]:
    messages = installation.stand_in_messages_to(mobile)
    lines = [{"text": each.text, "sent_at": each.sent_at.isoformat()} for each in reversed(messages)]
    return {"is_stand_in": True, "messages": lines[:5]}


def _person(ports: Ports, *, place: int | None) -> dict[str, str]:
    drawn = ports.chance(10)
    born_on = _YOUNGEST_BORN_ON - timedelta(days=int.from_bytes(drawn[:4], "big") % _BIRTH_SPAN_DAYS)
    order = drawn[4] if place is None else place
    first_17 = f"{_REGIONS[drawn[5] % len(_REGIONS)]}{born_on:%Y%m%d}{order:03}"
    ending = 1000 + int.from_bytes(drawn[6:10], "big") % 99_999_000
    name = _FAMILY[drawn[4] % len(_FAMILY)] + _GIVEN[drawn[6] % len(_GIVEN)] + _GIVEN[drawn[7] % len(_GIVEN)]
    return {"name": name, "id_number": first_17 + check_digit(first_17), "mobile": f"139{ending:08}"}
