"""Accounts and the chart they come from; a bucket holds a customer with everything that hangs on them."""

from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property
from hashlib import sha256
from types import MappingProxyType
from typing import ClassVar
from uuid import NAMESPACE_OID, UUID, uuid5

from fenqi.core.refusal import Kind, Refusal

BUCKET_COUNT = 256
NOBODY = UUID(int=0)
ACCOUNT_NAMESPACE = uuid5(NAMESPACE_OID, "fenqi/ledger/account")
"""Where the ids of accounts come from: with what an account is they make its id."""
_MEMO = 1000
_ISO_4217_NUMBER = MappingProxyType({"CNY": 156, "EUR": 978, "HKD": 344, "JPY": 392, "TWD": 901, "USD": 840})


class CurrencyUnknown(Refusal):
    """No books are kept in this currency."""

    code: ClassVar[str] = "ledger_currency_unknown"
    kind: ClassVar[Kind] = Kind.BAD_INPUT


class Side(StrEnum):
    """The side on which an account normally has its balance."""

    DEBIT = "debit"
    """What is owed to us or spent."""
    CREDIT = "credit"
    """What we owe or have earned."""


class AccountKind(StrEnum):
    """The chart of accounts."""

    LOAN_PRINCIPAL = "loan_principal"
    """Principal lent and not yet repaid, per loan."""
    INTEREST_RECEIVABLE = "interest_receivable"
    """Interest accrued and not yet paid, per loan."""
    FEE_RECEIVABLE = "fee_receivable"
    """Fees charged and not yet paid, per loan."""
    PENALTY_RECEIVABLE = "penalty_receivable"
    """Late charges and not yet paid, per loan."""
    CUSTOMER_OVERPAYMENT = "customer_overpayment"
    """Money received above what was owed, per customer."""
    CREDIT_LINE = "credit_line"
    """What a customer may still draw: a memorandum that never falls below nothing."""
    CREDIT_LINE_GRANTED = "credit_line_granted"
    """The limit of a customer, the other side of what may be drawn."""
    CREDIT_LINE_DRAWN = "credit_line_drawn"
    """What a customer has drawn from the limit and not repaid."""
    MERCHANT_PAYABLE = "merchant_payable"
    """What a merchant is to be paid; a debit balance is what the merchant owes."""
    PAYOUT_CLEARING = "payout_clearing"
    """Money between the buckets of one sweep; over all buckets it is nothing."""
    CHANNEL_CLEARING = "channel_clearing"
    """Money in transit at the payment channel."""
    BANK_CASH = "bank_cash"
    """Money at the bank."""
    INTEREST_INCOME = "interest_income"
    """Interest earned."""
    FEE_INCOME = "fee_income"
    """Fees of borrowers earned."""
    PENALTY_INCOME = "penalty_income"
    """Late charges earned."""
    MERCHANT_FEE_INCOME = "merchant_fee_income"
    """The discount at which merchants are paid."""
    SUBSIDY_RECEIVABLE = "subsidy_receivable"
    """What a merchant or brand owes for interest-free plans."""
    UNEARNED_SUBSIDY = "unearned_subsidy"
    """The part of a subsidy whose time has not come, per loan."""
    SUBSIDY_INCOME = "subsidy_income"
    """Subsidy earned in place of interest."""
    GOODWILL_EXPENSE = "goodwill_expense"
    """What was forgiven to borrowers."""
    WRITE_OFF_EXPENSE = "write_off_expense"
    """What was given up as lost."""
    RECOVERY_INCOME = "recovery_income"
    """What came in after a write-off."""
    SUSPENSE = "suspense"
    """Money whose purpose is not known yet."""
    COMMISSION_EXPENSE = "commission_expense"
    """What agencies have earned by what came in."""
    AGENCY_PAYABLE = "agency_payable"
    """What an agency is to be paid."""
    ALLOWANCE_STAGE_1 = "allowance_stage_1"
    """What is set aside for loans that are as they were granted."""
    ALLOWANCE_STAGE_2 = "allowance_stage_2"
    """What is set aside for loans whose risk has risen."""
    ALLOWANCE_STAGE_3 = "allowance_stage_3"
    """What is set aside for impaired loans."""
    IMPAIRMENT_EXPENSE = "impairment_expense"
    """What setting aside costs, less what is released."""
    SUSPENDED_INCOME = "suspended_income"
    """What loans long overdue have earned and not paid: taken off the receivables it is part of."""
    INCOME_NOT_ACCRUED = "income_not_accrued"
    """The same, taken off income until it is paid."""


@dataclass(frozen=True)
class ChartLine:
    """What an account kind is called and how it behaves.

    `subject_code` is empty for a memorandum. A striped kind has one account a bucket.

    Source: 企业会计准则——应用指南, 附录 会计科目和主要账务处理.
    """

    number: int
    name_zh: str
    subject_code: str
    normal_side: Side
    is_striped: bool = False
    is_memo: bool = False
    is_floored: bool = False


_DEBIT, _CREDIT = Side.DEBIT, Side.CREDIT
CHART: MappingProxyType[AccountKind, ChartLine] = MappingProxyType(
    {
        AccountKind.LOAN_PRINCIPAL: ChartLine(1, "贷款本金", "1303", _DEBIT),
        AccountKind.INTEREST_RECEIVABLE: ChartLine(2, "应收利息", "1132", _DEBIT),
        AccountKind.FEE_RECEIVABLE: ChartLine(3, "应收分期手续费", "1122", _DEBIT),
        AccountKind.PENALTY_RECEIVABLE: ChartLine(4, "应收罚息", "1132", _DEBIT),
        AccountKind.CUSTOMER_OVERPAYMENT: ChartLine(5, "应付客户溢缴款", "2241", _CREDIT),
        AccountKind.CREDIT_LINE: ChartLine(6, "可用额度", "", _CREDIT, is_memo=True, is_floored=True),
        AccountKind.CREDIT_LINE_GRANTED: ChartLine(7, "授信额度", "", _DEBIT, is_memo=True),
        AccountKind.CREDIT_LINE_DRAWN: ChartLine(8, "已用额度", "", _CREDIT, is_memo=True),
        AccountKind.MERCHANT_PAYABLE: ChartLine(9, "应付商户款", "2202", _CREDIT, is_striped=True),
        AccountKind.PAYOUT_CLEARING: ChartLine(10, "清算资金往来", "3001", _DEBIT, is_striped=True),
        AccountKind.CHANNEL_CLEARING: ChartLine(11, "支付渠道在途资金", "1012", _DEBIT, is_striped=True),
        AccountKind.BANK_CASH: ChartLine(12, "银行存款", "1002", _DEBIT, is_striped=True),
        AccountKind.INTEREST_INCOME: ChartLine(13, "利息收入", "6011", _CREDIT, is_striped=True),
        AccountKind.FEE_INCOME: ChartLine(14, "分期手续费收入", "6021", _CREDIT, is_striped=True),
        AccountKind.PENALTY_INCOME: ChartLine(15, "罚息收入", "6011", _CREDIT, is_striped=True),
        AccountKind.MERCHANT_FEE_INCOME: ChartLine(16, "商户服务费收入", "6021", _CREDIT, is_striped=True),
        AccountKind.SUBSIDY_RECEIVABLE: ChartLine(17, "应收贴息款", "1122", _DEBIT, is_striped=True),
        AccountKind.UNEARNED_SUBSIDY: ChartLine(18, "递延贴息收益", "2401", _CREDIT),
        AccountKind.SUBSIDY_INCOME: ChartLine(19, "贴息收入", "6011", _CREDIT, is_striped=True),
        AccountKind.GOODWILL_EXPENSE: ChartLine(20, "减免支出", "6711", _DEBIT, is_striped=True),
        AccountKind.WRITE_OFF_EXPENSE: ChartLine(21, "贷款核销损失", "6702", _DEBIT, is_striped=True),
        AccountKind.RECOVERY_INCOME: ChartLine(22, "已核销贷款收回", "6702", _CREDIT, is_striped=True),
        AccountKind.SUSPENSE: ChartLine(23, "待查款项", "1901", _CREDIT, is_striped=True),
        AccountKind.COMMISSION_EXPENSE: ChartLine(24, "催收佣金支出", "6421", _DEBIT, is_striped=True),
        AccountKind.AGENCY_PAYABLE: ChartLine(25, "应付催收机构款", "2241", _CREDIT, is_striped=True),
        AccountKind.ALLOWANCE_STAGE_1: ChartLine(26, "贷款损失准备——第一阶段", "1304", _CREDIT, is_striped=True),
        AccountKind.ALLOWANCE_STAGE_2: ChartLine(27, "贷款损失准备——第二阶段", "1304", _CREDIT, is_striped=True),
        AccountKind.ALLOWANCE_STAGE_3: ChartLine(28, "贷款损失准备——第三阶段", "1304", _CREDIT, is_striped=True),
        AccountKind.IMPAIRMENT_EXPENSE: ChartLine(29, "信用减值损失", "6702", _DEBIT, is_striped=True),
        AccountKind.SUSPENDED_INCOME: ChartLine(30, "非应计贷款暂未确认收益", "1132", _CREDIT, is_striped=True),
        AccountKind.INCOME_NOT_ACCRUED: ChartLine(31, "非应计冲回收益", "6011", _DEBIT, is_striped=True),
    }
)


def bucket_of(key: UUID | str) -> int:
    """The bucket of a customer, or of whatever else a hash places."""
    plain = key.bytes if isinstance(key, UUID) else key.encode()
    return int.from_bytes(sha256(plain).digest()[:2], "big") % BUCKET_COUNT


def id_in_bucket(identity: UUID, bucket: int) -> UUID:
    """The same id, made to carry its bucket in its last byte so that it is found without a look-up."""
    return UUID(bytes=identity.bytes[:15] + bytes((bucket,)))


def bucket_in(identity: UUID) -> int:
    """The bucket that an id carries in its last byte."""
    return identity.bytes[15]


def ledger_number(currency: str, *, is_memo: bool) -> int:
    """The books that two accounts must share to meet in a leg: one a currency for money, one for memoranda.

    Raises: CurrencyUnknown.
    Source: ISO 4217, numeric codes.
    """
    if currency not in _ISO_4217_NUMBER:
        raise CurrencyUnknown(f"currency {currency}", allowed=", ".join(_ISO_4217_NUMBER))
    return _ISO_4217_NUMBER[currency] + (_MEMO if is_memo else 0)


@dataclass(frozen=True)
class Account:
    """One account: a kind of the chart, whose it is, in one currency and one bucket.

    `owner` is NOBODY where the account is the lender's own.
    """

    kind: AccountKind
    owner: UUID
    currency: str
    bucket: int

    @cached_property
    def account_id(self) -> UUID:
        """The account's id follows from what it is, so that nobody has to look it up."""
        return uuid5(ACCOUNT_NAMESPACE, f"{self.kind}/{self.owner}/{self.currency}/{self.bucket}")

    @cached_property
    def ledger(self) -> int:
        """The number of the books that the account is kept in."""
        return ledger_number(self.currency, is_memo=CHART[self.kind].is_memo)

    @property
    def floor_minor(self) -> int | None:
        """What the credit balance may not fall below, or None."""
        return 0 if CHART[self.kind].is_floored else None
