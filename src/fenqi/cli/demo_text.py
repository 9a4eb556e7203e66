"""How the demo's story reads, in English and in Chinese."""

from collections.abc import Mapping
from enum import StrEnum

from fenqi.core.compliance.document import price_text
from fenqi.simulation.person import spelt
from fenqi.simulation.telling import Scene, Value


class Language(StrEnum):
    """A language that the demo speaks."""

    EN = "en"
    ZH = "zh-CN"


SCENES: Mapping[str, tuple[str, str]] = {
    "ordered": (
        "{name} orders an {goods} for {price_minor} and wants to pay in instalments.",
        "{name} 下单 {goods}，{price_minor}，选择分期付款。",
    ),
    "identified": (
        "Identity is checked; {consents} consents given one by one, none pre-ticked. Registry and bureau: {sources}.",
        "身份核验通过；逐项同意 {consents} 项，均未预先勾选。核验与征信：{sources}。",
    ),
    "approved": ("Approved at once: {reason}. Limit {limit_minor}.", "即时批准：{reason}。额度 {limit_minor}。"),
    "offered": (
        "  offered: {tenor:>2} × {instalment_minor:>9}   cost {cost_minor:>7}   {irr:>7} a year   {product}",
        "  可选：{tenor:>2} 期 × {instalment_minor:>9}   费用 {cost_minor:>7}   年化 {irr:>7}   {product}",
    ),
    "shown": (
        "Shown and readable for {seconds} s: {tenor} × {instalment_minor}, cost {cost_minor}, {irr} a year all in.",
        "展示并强制阅读 {seconds} 秒：{tenor} 期 × {instalment_minor}，费用 {cost_minor}，综合年化 {irr}。",
    ),
    "signed": (
        "Signed with a one-time code; {documents} documents are kept as they were shown.",
        "以一次性验证码签署；{documents} 份文件按展示原样保存。",
    ),
    "captured": (
        "The shop delivers and captures {amount_minor}; the loan is drawn down.",
        "商家发货并请款 {amount_minor}；贷款放款。",
    ),
    "declined": ("Declined, with reasons: {reason}.", "未批准，理由：{reason}。"),
    "person_asked": ("{name} asks for a person to look.", "{name} 请求人工复核。"),
    "person_answered": ("A reviewer looks and answers: “{said}”", "审核员复核后答复：“{said}”"),
    "settled": (
        "The shop is settled: sold {sold_minor}, fee {fee_minor}, paid out {paid_minor}.",
        "商家结算：销售 {sold_minor}，手续费 {fee_minor}，付款 {paid_minor}。",
    ),
    "settled_net": (
        (
            "The shop is settled: sold {sold_minor}, less {refunds_minor} refunded and {fee_minor} fee, paid out "
            "{paid_minor}."
        ),
        "商家结算：销售 {sold_minor}，扣除退款 {refunds_minor} 与手续费 {fee_minor}，付款 {paid_minor}。",
    ),
    "billed": (
        "{name}: instalment {instalment} of {count} falls due, {amount_minor}.",
        "{name}：第 {instalment}/{count} 期到期，{amount_minor}。",
    ),
    "paid": (
        "{name} pays {amount_minor}; instalment {instalment} is done, {left_minor} to come.",
        "{name} 还款 {amount_minor}；第 {instalment} 期结清，剩余 {left_minor}。",
    ),
    "in_doubt": (
        "{name}: the channel does not know what became of the debit of {amount_minor}; nothing is booked.",
        "{name}：支付渠道对 {amount_minor} 扣款结果未知，暂不入账。",
    ),
    "noticed": (
        "{name}: the channel's signed notice says paid; instalment {instalment} is done, {left_minor} to come.",
        "{name}：渠道签名通知成功；第 {instalment} 期结清，剩余 {left_minor}。",
    ),
    "overdue": (
        "{name} is {days} days late with instalment {instalment}: late charge {charge_minor}, {amount_minor} to pay.",
        "{name} 第 {instalment} 期逾期 {days} 天：罚息 {charge_minor}，应还 {amount_minor}。",
    ),
    "bought_on_bill": (
        "{name} buys an {goods} on a monthly bill, {tenor} instalments, the first due {first_due_on}.",
        "{name} 以账单分期购买 {goods}，{tenor} 期，首期 {first_due_on} 到期。",
    ),
    "bill_made": (
        "{name}: on the bill day one statement over {loans} loans, {amount_minor}, due {due_on}.",
        "{name}：账单日出账，{loans} 笔借款合并一张账单，{amount_minor}，{due_on} 到期。",
    ),
    "bill_paid": (
        "{name} pays the whole bill at once, {amount_minor}, over all loans.",
        "{name} 一次还清整张账单 {amount_minor}，分配到各笔借款。",
    ),
    "paid_up": (
        "{name} pays the rest of a loan early, {amount_minor}.",
        "{name} 提前结清其中一笔 {amount_minor}。",
    ),
    "refunded": (
        "The price fell: the shop gives {name} {amount_minor} back, the next instalment falls to {instalment_minor}.",
        "价格保护：商家退还 {name} {amount_minor}，下期应还降为 {instalment_minor}。",
    ),
    "paid_off": (
        "{name} pays everything off, {amount_minor}: {interest_minor} of interest in all, not {disclosed_minor}.",
        "{name} 提前结清 {amount_minor}：利息合计 {interest_minor}，而非 {disclosed_minor}。",
    ),
    "heard": (
        "The shop's webhook heard {events} events, each with a good signature.",
        "商家 webhook 收到 {events} 个事件，签名均有效。",
    ),
    "verified": (
        "{days} days are closed. The books: {accounts} accounts, {legs} legs, {loans} loans, {findings} findings.",
        "已日结 {days} 天。账簿：{accounts} 个账户，{legs} 条分录，{loans} 笔贷款，{findings} 处不符。",
    ),
}

PRODUCTS: Mapping[str, tuple[str, str]] = {
    "instalment": ("instalments", "分期付款"),
    "instalment_brand_free": ("the brand pays the interest", "品牌贴息"),
    "next_month": ("pay next month", "下月付清"),
    "monthly_bill": ("one monthly bill", "账单分期"),
}

TITLE = ("Fenqi · a phone in 12 instalments, from the order to the closed books", "分期 · 一部手机十二期，从下单到关账")
HOLDS = (
    "all {count} checks hold: the numbers are as reckoned independently",
    "{count} 项核对全部相符：数字与独立计算一致",
)
FAILS = ("{failed} of {count} checks do not hold", "{count} 项核对中有 {failed} 项不符")
KEPT = (
    "its database is kept: FENQI_HOME={folder} ./fenqi up shows it, ./fenqi ledger verify --data {folder} proves it",
    "数据库已保留：FENQI_HOME={folder} ./fenqi up 查看，./fenqi ledger verify --data {folder} 核验",
)


def said(pair: tuple[str, str], language: Language, **values: object) -> str:
    """A sentence in a language, its values filled in."""
    return pair[language is Language.ZH].format(**values)


def scene_text(scene: Scene, language: Language) -> str:
    """A scene as it is read."""
    values = {name: _value(name, value, language) for name, value in scene.values.items()}
    return said(SCENES[scene.kind], language, **values)


def _value(name: str, value: Value, language: Language) -> Value:
    if name == "name" and isinstance(value, str) and language is Language.EN:
        return spelt(value)
    if name == "product" and isinstance(value, str) and value in PRODUCTS:
        return said(PRODUCTS[value], language)
    return price_text(value, currency="CNY") if name.endswith("_minor") and isinstance(value, int) else value
