"""Why a decision fell as it did, in the borrower's words, and what would change it."""

from dataclasses import dataclass

from fenqi.core.decision.scorecard import Characteristic


@dataclass(frozen=True)
class Reason:
    """A reason and what would change it, in zh-CN and English; a hidden one is told to nobody outside the lender."""

    code: str
    zh: str
    en: str
    change_zh: str
    change_en: str
    hidden: bool = False


_CHECK_AGAIN_ZH, _CHECK_AGAIN_EN = (
    "核对并更正所填信息后重新申请",
    "Check and correct what you entered, then apply again",
)
_NO_CHANGE_ZH, _NO_CHANGE_EN = "可申请人工复核", "You may ask for a person to look at it"

_RULES = (
    Reason("adult", "申请人未满法定年龄", "The applicant is not of age", "成年后再申请", "Apply once you are of age"),
    Reason(
        "not_student",
        "按监管要求，本机构不向在校学生提供消费贷款",
        "The law does not let this lender give consumer loans to students",
        "毕业后再申请",
        "Apply after you have left college",
    ),
    Reason(
        "lawful_purpose",
        "贷款用途不在允许范围内",
        "The loan may not be used for this purpose",
        "将贷款用于消费购物",
        "Use the loan for a consumer purchase",
    ),
    Reason(
        "exposure_within_law",
        "借款总额将超过法定的个人上限",
        "You would owe more in all than the law lets one person owe",
        "先归还部分借款，或提高首付、降低借款金额",
        "Repay part of what you owe, or pay more at once and borrow less",
    ),
    Reason(
        "mobile_verified",
        "手机号尚未通过验证码验证",
        "The mobile number has not been confirmed by a code",
        "完成手机验证码验证",
        "Confirm the code sent to your phone",
    ),
    Reason(
        "identity_matched",
        "姓名、身份证号与手机号核验不一致",
        "Name, identity number and mobile number do not belong together in the register",
        "核对并更正所填信息后重新申请",
        "Check and correct what you entered, then apply again",
    ),
    Reason(
        "credit_record_found",
        "未查到足够的信用记录",
        "There is too little credit history",
        "补充其他还款能力证明，或由人工审核",
        "Show other proof that you can repay, or let a person decide",
    ),
    Reason(
        "not_late_elsewhere",
        "信用记录显示目前有逾期欠款",
        "The credit record shows a payment that is overdue now",
        "结清逾期欠款，待信用记录更新后再申请",
        "Pay what is overdue and apply once the record shows it",
    ),
    Reason(
        "not_late_here",
        "在本机构有逾期未还的借款",
        "A loan with us is overdue",
        "结清本机构的逾期款项",
        "Pay what is overdue with us",
    ),
    Reason(
        "debt_burden",
        "现有债务的月还款额占收入比例过高",
        "Existing debts already take too much of the monthly income",
        "减少其他借款，或更新收入信息",
        "Reduce other debts, or bring your income up to date",
    ),
    Reason(
        "debt_burden_within_cap",
        "全部债务的月还款额占收入比例超过上限",
        "All debts together take more of the monthly income than is allowed",
        "减少其他借款，或更新收入信息",
        "Reduce other debts, or bring your income up to date",
    ),
    Reason(
        "financed_at_least",
        "借款金额低于最低分期金额",
        "The amount is below the least that can be paid in instalments",
        "选择更高金额的商品或直接付款",
        "Choose a higher amount, or pay at once",
    ),
    Reason(
        "financed_at_most",
        "借款金额高于最高分期金额",
        "The amount is above the most that can be paid in instalments",
        "提高首付、降低借款金额",
        "Pay more at once and borrow less",
    ),
    Reason(
        "lender_list",
        "命中本机构名单",
        "The applicant is on the lender's list",
        _NO_CHANGE_ZH,
        _NO_CHANGE_EN,
        hidden=True,
    ),
    Reason(
        "orders_in_24h",
        "24 小时内下单次数过多",
        "Too many orders within 24 hours",
        _NO_CHANGE_ZH,
        _NO_CHANGE_EN,
        hidden=True,
    ),
)

_RESULTS = (
    Reason(
        "approved",
        "符合本机构的授信条件",
        "The application meets our conditions",
        "无需改变",
        "Nothing needs to change",
    ),
    Reason(
        "security_check",
        "未通过本机构的安全核查",
        "The application did not pass our security check",
        _NO_CHANGE_ZH,
        _NO_CHANGE_EN,
    ),
    Reason(
        "facts_missing",
        "部分信息暂未取得，需要人工审核",
        "Some information could not be had; a person will decide",
        "补充所缺信息",
        "Supply what is missing",
    ),
    Reason(
        "identity_unsettled",
        "身份信息尚未核实清楚",
        "Who you are is not settled yet",
        "核对并更正所填信息，或由人工审核",
        "Check and correct what you entered, or let a person decide",
    ),
    Reason(
        "income_unproven",
        "收入尚未得到证明",
        "What you earn has not been proved yet",
        "上传近三个月的工资流水、收入证明或纳税记录",
        "Hand in bank statements of your salary of the last three months, a letter of your employer or a tax record",
    ),
    Reason(
        "ties_late",
        "与您共用设备、地址、银行卡或手机号的人在本机构有逾期",
        "Somebody who shares a device, address, bank card or phone with you is late with us",
        "说明您与对方的关系；此项只会转人工审核，不会因此拒绝",
        "Say how you are related; it only makes a person look, and never declines by itself",
        hidden=True,
    ),
    Reason(
        "person_looks",
        "本次申请由人工审核",
        "A person looks at this application",
        "请等待审核结果，也可补充材料",
        "Wait for the answer; you may hand in papers",
    ),
    Reason(
        "decisions_halted",
        "目前所有申请均由人工审核",
        "At present a person decides on every application",
        "无需改变,请等待人工审核",
        "Nothing needs to change; a person will decide",
    ),
    Reason(
        "score_between_cutoffs",
        "综合评分需要人工审核",
        "The score calls for a person's judgement",
        _NO_CHANGE_ZH,
        _NO_CHANGE_EN,
    ),
    Reason(
        "limit_below_order",
        "可用额度低于本次借款金额",
        "The credit line is below the amount of this order",
        "提高首付、降低借款金额，或先归还部分借款",
        "Pay more at once and borrow less, or repay part of what you owe",
    ),
    Reason(
        "no_plan_for_order",
        "本订单没有可用的分期方案",
        "No instalment plan fits this order",
        "调整首付金额或选择其他商品",
        "Change the down payment, or choose other goods",
    ),
    Reason(
        "no_plan_affordable",
        "按现有收入，各分期方案的每期还款额均过高",
        "Every plan's instalment is more than the income bears",
        "提高首付、降低借款金额",
        "Pay more at once and borrow less",
    ),
)

_SCORE_CHANGES = {
    "payment_standing": (
        "连续数月按时全额还清账单",
        "Pay your bills in full and in time for some months",
    ),
    "months_without_payment": (
        "每月都按账单还款",
        "Pay something on every bill, every month",
    ),
    "high_utilisation": (
        "归还部分欠款，降低额度使用比例",
        "Repay part of what you owe so that less of the limit is in use",
    ),
    "little_recent_use": (
        "保持正常的账户使用并按时还款",
        "Use the account as usual and pay in time",
    ),
    "few_substantial_payments": (
        "提高每月的还款金额",
        "Pay more each month",
    ),
    "little_headroom": (
        "保留更多未使用额度",
        "Leave more of the limit unused",
    ),
    "small_share_paid": (
        "提高账单的还款比例",
        "Pay a larger share of each bill",
    ),
    "bills_carried_over": (
        "全额还清账单，减少结转",
        "Pay bills in full instead of carrying them over",
    ),
}

REASONS: dict[str, Reason] = {reason.code: reason for reason in (*_RULES, *_RESULTS)}
"""Every reason that rules and results give, by code; a code never changes its meaning."""


def reason_of_characteristic(characteristic: Characteristic) -> Reason:
    """A score's reason in the card's own words, with what would change it.

    Raises: KeyError for a reason that nobody has advice for: such a card must not be used.
    """
    change_zh, change_en = _SCORE_CHANGES[characteristic.reason]
    return Reason(
        code=characteristic.reason,
        zh=characteristic.reason_zh,
        en=characteristic.reason_en,
        change_zh=change_zh,
        change_en=change_en,
    )
