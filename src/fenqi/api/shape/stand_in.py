"""What the stand-ins of a demo answer."""

from pydantic import Field

from fenqi.api.shape.part import Shape


class Message(Shape):
    """One short message."""

    text: str
    sent_at: str


class MessagesShape(Shape):
    """A stand-in phone's messages."""

    is_stand_in: bool
    messages: list[Message]


class Account(Shape):
    """One stand-in bank card."""

    account_token: str
    zh_cn: str = Field(alias="zh-CN")
    en: str


class AccountsShape(Shape):
    """The stand-in bank cards."""

    is_stand_in: bool
    accounts: list[Account]


class PersonShape(Shape):
    """Somebody who does not exist."""

    is_stand_in: bool
    name: str
    id_number: str
    mobile: str


SHAPES: dict[tuple[str, str], type[Shape]] = {
    ("GET", "/stand-in/sms"): MessagesShape,
    ("GET", "/stand-in/my-sms"): MessagesShape,
    ("GET", "/stand-in/accounts"): AccountsShape,
    ("GET", "/stand-in/person"): PersonShape,
}
