"""What decides in this installation: law, texts, strategy, score, catalogue, and who stands behind the lender."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Any
from uuid import UUID

from fenqi.core.billing.debit_calendar import Attempt, read_calendar
from fenqi.core.collection.strategy import CollectionStrategy
from fenqi.core.customer.consent import RequiredConsent, required_consents_of
from fenqi.core.decision.scorecard import Scorecard
from fenqi.core.decision.screening_strategy import ScreeningStrategy
from fenqi.core.decision.trees import Booster
from fenqi.core.identity.factor import CodePolicy
from fenqi.core.product.catalogue import Catalogue
from fenqi.core.rulepack.pack import RulePack
from fenqi.core.rulepack.text import Rendered, Texts, render


@dataclass(frozen=True)
class House:
    """The lender as its texts name it."""

    name: Mapping[str, str]
    """By language."""
    contact: str
    complaint_contact: str
    regulator_contact: str
    place_of_performance: str
    lender_type: str
    brand_id: UUID
    """Whom brand-paid interest is claimed from."""


@dataclass(frozen=True)
class WantedConsent:
    """A consent still to be given, with the words that go with it."""

    required: RequiredConsent
    text: Rendered

    def as_dict(self) -> dict[str, Any]:
        """As a page shows it: never ticked."""
        return {
            "purpose": self.required.purpose,
            "recipient": self.required.recipient,
            "source": self.required.source,
            "text": self.text.content.decode(),
            "text_sha256": self.text.sha256,
            "text_version": self.text.version,
            "ticked": False,
        }


@dataclass(frozen=True)
class Authority:
    """Everything that decides, in the versions now in force."""

    pack: RulePack
    texts: Texts
    screening: ScreeningStrategy
    scorecard: Scorecard
    fraud: Booster | None
    """None where the shipped score cannot be used: every order then shows once more who it is from."""
    catalogue: Catalogue
    collection: CollectionStrategy
    house: House

    def code_policy(self, *, on: date) -> CodePolicy:
        """How one-time codes may be used."""
        return CodePolicy(**self.pack.value("identity.code_policy", on=on).value)

    def adult_years(self, *, on: date) -> int:
        """The age from which somebody may borrow."""
        years: int = self.pack.value("identity.adult_age_years", on=on).value
        return years

    def reading_seconds_min(self, *, on: date) -> int:
        """How long the cost disclosure must be readable before it can be signed."""
        seconds: int = self.pack.value("disclosure.reading_seconds_min", on=on).value
        return seconds

    def bill_lead_days(self, *, on: date) -> int:
        """How many days before its due day a bill is made."""
        days: int = self.pack.value("billing.lead_days", on=on).value
        return days

    def debit_calendar(self, *, on: date) -> tuple[Attempt, ...]:
        """When automatic debits are tried, and tried again."""
        return read_calendar(self.pack.value("billing.debit_calendar", on=on).value)

    def return_days(self, *, on: date) -> tuple[int, ...]:
        """After how many days a failed payment back is tried again, each time."""
        return tuple(self.pack.value("billing.return_days", on=on).value)

    def code_message(self, digits: str, *, purpose: str, on: date, language: str = "zh-CN") -> str:
        """The short message that carries a code."""
        values = {
            "sender": self.house.name[language],
            "code": digits,
            "minutes": self.code_policy(on=on).lifetime_seconds // 60,
            "purpose": _CODE_PURPOSES[purpose][language],
        }
        text = self.texts.latest("code_message", language=language)
        return render(text, values).content.decode().strip()

    def required_consents(self, *, on: date) -> tuple[RequiredConsent, ...]:
        """What a customer must have agreed to before a decision."""
        return _required_consents(self.pack, on)

    def optional_consents(self, *, on: date) -> tuple[RequiredConsent, ...]:
        """What a customer may agree to besides, for one application; nothing depends on it."""
        return required_consents_of(self.pack.value("consent.optional_before_decision", on=on).value)

    def consent_text(self, required: RequiredConsent, *, on: date, language: str) -> Rendered:
        """The words of a consent, as they are today."""
        recipient = _RECIPIENTS[required.recipient]
        values = {
            "lender": self.house.name[language],
            "lender_contact": self.house.contact,
            "retention_years": self.pack.value("privacy.retention_years", on=on).value,
            "objection_days": self.pack.value("privacy.objection_answer_days", on=on).value,
            "recipient": recipient["name"][language],
            "recipient_contact": self.house.contact,
            "share_purpose": recipient["purpose"][language],
            "share_data": recipient["data"][language],
        }
        return render(self.texts.latest(required.purpose, language=language), values)


@lru_cache(maxsize=64)
def _required_consents(pack: RulePack, on: date) -> tuple[RequiredConsent, ...]:
    return required_consents_of(pack.value("consent.required_before_decision", on=on).value)


_CODE_PURPOSES = {
    "session": {"zh-CN": "登录", "en": "logging in"},
    "mandate": {"zh-CN": "签署自动还款授权", "en": "agreeing to automatic debits"},
    "hardship": {"zh-CN": "签署还款调整协议", "en": "signing the changed plan"},
    "step_up": {"zh-CN": "再次验证身份", "en": "showing once more who you are"},
    "signature": {"zh-CN": "签署借款合同", "en": "signing the loan agreement"},
}

_NOBODY = {"zh-CN": "", "en": ""}
_RECIPIENTS: dict[str, dict[str, dict[str, str]]] = {
    "": {"name": _NOBODY, "purpose": _NOBODY, "data": _NOBODY},
    "bureau": {
        "name": {"zh-CN": "征信机构(替身)", "en": "the credit bureau (a stand-in)"},
        "purpose": {"zh-CN": "查询信用记录、报送贷款信息", "en": "to ask for the credit record and to report the loan"},
        "data": {"zh-CN": "姓名、身份证号、贷款信息", "en": "name, identity number, loan"},
    },
    "identity_registry": {
        "name": {"zh-CN": "实名核验机构(替身)", "en": "the identity registry (a stand-in)"},
        "purpose": {"zh-CN": "核验姓名、身份证号与手机号是否一致", "en": "to check name, number and phone together"},
        "data": {"zh-CN": "姓名、身份证号、手机号", "en": "name, identity number, mobile number"},
    },
    "merchant": {
        "name": {"zh-CN": "出售商品的商户", "en": "the merchant who sells the goods"},
        "purpose": {
            "zh-CN": "告知分期申请结果、履行订单",
            "en": "to say what became of the application, to fulfil the order",
        },
        "data": {"zh-CN": "订单的分期状态与金额", "en": "state and amount of the order's instalment plan"},
    },
}
