"""Why a line moved, and what would raise it, in the borrower's words."""

from collections.abc import Iterable, Mapping
from typing import Any

import msgspec

from fenqi.core.limit.assessment import Told

WORDS: Mapping[str, tuple[str, str]] = {
    "paid_on_time": ("近期 {count} 期账单均已按时还清", "Instalments paid in time lately: {count}"),
    "nothing_suspends": ("暂停额度的原因已不存在", "What suspended your credit line is over"),
    "charged_off": ("有一笔借款已被核销", "A loan of yours was written off"),
    "security_check": ("有一笔借款正在进行安全核查", "A loan of yours is under a security check"),
    "late_now": ("有款项已逾期 {count} 天", "A payment is late; days: {count}"),
    "in_hardship": ("您的还款困难申请正在处理或观察中", "Your request for help is being handled or observed"),
    "warned": (
        "近期还款或账户出现风险信号，情况好转后将自动恢复",
        "Payments or orders lately gave signs of difficulty; this ends by itself when they do",
    ),
    "student": (
        "按监管要求，不向在校学生提供消费贷款",
        "The law lets this lender give no loans to students",
    ),
    "score_low": ("行为评分过低", "Your behaviour score is too low"),
    "paid_late": ("近期有 {count} 期未按时还款", "Instalments not paid in time lately: {count}"),
    "debits_failed": ("近期有 {count} 次扣款失败", "Debits that failed lately: {count}"),
    "much_used": ("额度使用比例过高", "Too much of the line is in use"),
    "debt_burden": (
        "全部债务的月还款额占收入的比例过高",
        "All your debts take too much of your monthly income",
    ),
    "law_ceiling": ("已达到法定的个人借款上限", "The most that one person may owe by law is reached"),
    "granted": ("本次申请获得的额度", "What your application was granted"),
    "special_granted": ("经审批给予的临时或专项额度", "A temporary or dedicated limit was approved"),
    "special_over": ("临时或专项额度已到期", "A temporary or dedicated limit has ended"),
    "person": ("由工作人员调整", "A member of staff changed it"),
    "rises_switched_off": ("您已关闭自动提额，可随时重新打开", "You switched rises off; you can switch them on again"),
    "dispute_open": ("争议处理完毕后可再评估", "Your dispute has to be settled first"),
    "late_before": ("连续 {count} 个月没有逾期", "Months without a late payment: {count}"),
    "pay_on_time": ("再按时还清 {count} 期", "Instalments still to be paid in time: {count}"),
    "income_unknown": ("补充收入信息", "Tell us your income"),
    "wait": ("{on} 起可再次评估", "It is looked at again from {on}"),
    "reduce_debt": ("减少其他债务，或更新收入信息", "Reduce other debts, or bring your income up to date"),
    "go_on": ("继续按时还款", "Go on paying in time"),
}
"""Every reason and every piece of advice, in zh-CN and English; a code never changes its meaning."""
ADVICE: Mapping[str, tuple[str, str]] = {
    "charged_off": ("请联系我们协商还款", "Ask us how to settle the loan"),
    "security_check": ("核查结束后自动恢复，也可联系人工", "It ends with the check; you may ask for a person"),
    "late_now": ("还清逾期款项", "Pay what is late"),
    "in_hardship": ("按调整后的方案还款至观察期结束", "Keep to the changed plan until it is no longer observed"),
    "student": ("毕业后更新信息", "Tell us once you have left college"),
    "score_low": ("按时还款以提高评分", "Pay in time and the score rises"),
}
"""What ends a suspension, where the reason itself does not say it."""


def told_of(stored: Iterable[Mapping[str, Any]]) -> tuple[Told, ...]:
    """Reasons or advice as they were stored."""
    return tuple(msgspec.convert(each, Told) for each in stored)


def reasons_told(told: Iterable[Told]) -> list[dict[str, str]]:
    """Reasons as people read them."""
    return [_worded(each, WORDS[each.code]) for each in told]


def advice_told(told: Iterable[Told]) -> list[dict[str, str]]:
    """What would raise a line, as people read it."""
    return [_worded(each, ADVICE.get(each.code) or WORDS[each.code]) for each in told]


def _worded(told: Told, words: tuple[str, str]) -> dict[str, str]:
    zh, en = (text.format(count=told.count, on=told.on.isoformat() if told.on else "") for text in words)
    return {"code": told.code, "zh": zh, "en": en}
