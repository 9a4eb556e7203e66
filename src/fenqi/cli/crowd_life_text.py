"""What the report on a crowd says of the life of its loans: risk, collection, help, lines that moved, profit."""

from collections.abc import Iterator, Mapping
from typing import Any

from fenqi.cli.demo_text import Language, said
from fenqi.core.compliance.document import price_text

_Pair = tuple[str, str]

PAGE_TITLE: _Pair = ("A crowd of borrowers, month by month", "一群借款人的逐月情况")
STAND_IN: _Pair = (
    "Payment channel, bureau and messages are stand-ins; months after September come from a simulation.",
    "支付通道、征信与短信均为替身；九月以后的月份来自模拟。",
)
TOLD: _Pair = ("As the terminal told it", "终端原文")
PLOTS: Mapping[str, _Pair] = {
    "vintages": ("Ever {late_days}+ days late by months since the loan, %", "按账龄累计逾期 {late_days}+ 天占比，%"),
    "provisions": ("Allowance by stage, ¥", "各阶段损失准备，元"),
    "rolls": ("Rolled into a worse bucket within the month, %", "当月滚入更差账龄的占比，%"),
    "limits": ("Moves of credit lines", "额度变动"),
    "arrears": ("Loans by days past due at each month's end; * {origin}", "每月末贷款按逾期天数；* 为{origin}"),
    "collection": ("What collection cost, and what was paid after it", "催收成本与其后还款"),
}
MOVES: Mapping[str, _Pair] = {
    "granted": ("granted", "授予"),
    "kept": ("kept", "不变"),
    "raised": ("raised", "上调"),
    "lowered": ("lowered", "下调"),
    "suspended": ("suspended", "暂停"),
    "resumed": ("resumed", "恢复"),
    "special_granted": ("special", "专项"),
    "special_over": ("special over", "专项到期"),
}
ACTIONS: Mapping[str, _Pair] = {
    "inbox": ("inbox", "站内信"),
    "sms": ("SMS", "短信"),
    "voice_notice": ("voice notice", "语音"),
    "call": ("call", "电话"),
    "agency": ("agency", "委外"),
    "legal": ("legal", "法律"),
    "none": ("none", "无"),
}
HARDSHIP_STATES: Mapping[str, _Pair] = {
    "asked": ("asked", "已申请"),
    "offered": ("offered", "已提出方案"),
    "agreed": ("agreed, observed", "已达成、观察中"),
    "refused": ("refused", "已拒绝"),
    "withdrawn": ("withdrawn", "已撤回"),
    "lapsed": ("lapsed", "已失效"),
    "kept": ("kept to the plan", "按新计划还清观察期"),
    "broken": ("fell behind again", "再次逾期"),
}
COLLECTION_HEADS: tuple[_Pair, ...] = (
    ("action", "动作"),
    ("times", "次数"),
    ("cost", "成本"),
    ("payments after it", "其后还款"),
    ("paid after it", "其后还款金额"),
)
WARNED: _Pair = ("early warnings", "早期预警")
WARNINGS: _Pair = (
    (
        "  {warning_count} warnings are old enough to be judged; after {true_count} ({precision}) the borrower was "
        "30 days late within 60 days, in the middle {lead} days later"
    ),
    "  可评价的预警 {warning_count} 次；{true_count} 次（{precision}）在 60 天内逾期满 30 天，提前天数中位数 {lead}",
)
FORETOLD: _Pair = (
    "  of {behind_count} borrowers who were 30 days late, {foretold_count} had been warned of before",
    "  逾期满 30 天的 {behind_count} 位借款人中，{foretold_count} 位此前已被预警",
)
STEPS: Mapping[str, _Pair] = {
    "reminder": ("reminder", "提醒"),
    "offer": ("offer", "提供方案"),
    "freeze_limit": ("line suspended", "暂停额度"),
    "call": ("call", "电话"),
    "person": ("person", "人工评估"),
}
STEP: _Pair = (
    "  {step}: {done_failed} of {done_count} failed, left out {held_out_failed} of {held_out_count}; {brought}",
    "  {step}：采取 {done_count} 人，失败 {done_failed}；对照 {held_out_count} 人，失败 {held_out_failed}；{brought}",
)
BROUGHT: _Pair = (
    "of 1,000, {fewer_failed_permille} fewer (95 %: {low_permille} to {high_permille})",
    "每千人少 {fewer_failed_permille}（95 % 区间 {low_permille} 至 {high_permille}）",
)
TOO_FEW: _Pair = ("too few to tell", "人数不足，无法判断")
REACTIONS: _Pair = (
    "  simulated: of those who miss a month and whom a step reaches, so many % pay after all: {percents}; {count} did",
    "  模拟设定：措施触达的未还款客户中改为还款的百分比：{percents}；实际 {count} 人",
)
COLLECTION: _Pair = (
    "collection; conduct follows the data, so what was paid after an action is not its effect",
    "催收；行为取自数据，其后还款并非动作的效果",
)
RISK: _Pair = ("risk at the last month's end", "末月风险")
STAGE_NAME: _Pair = ("stage {stage}", "第 {stage} 阶段")
STAGE: _Pair = (
    "  stage {stage}: {loan_count:>4} loans, owed {owed}, set aside {provision}",
    "  第 {stage} 阶段：{loan_count:>4} 笔，余额 {owed}，准备 {provision}",
)
VINTAGE: _Pair = (
    "  ever {late_days}+ days late after {age} months: {late} of {count} loans ({share} %)",
    "  {age} 个月内累计逾期 {late_days}+ 天：{count} 笔中 {late} 笔（{share} %）",
)
LIMITS: _Pair = ("credit lines moved", "额度变动")
HARDSHIP: _Pair = ("asked for help", "困难申请")
COMPLAINTS: _Pair = (
    (
        "  {complaint_count} complaints, {unanswered_count} not answered yet; answered after {days_median:g} days in "
        "the middle, {days_max} at most; redress {redress} in {redress_count}"
    ),
    (
        "  投诉 {complaint_count} 件，待答复 {unanswered_count} 件；答复天数中位数 {days_median:g}，最长 {days_max}；"
        "补偿 {redress_count} 件，共 {redress}"
    ),
)
CAUSES: Mapping[str, _Pair] = {
    "cost": ("of costs", "费用"),
    "contact": ("of contacts", "联系方式与频次"),
    "service": ("of service", "服务"),
    "repayment": ("of repayment", "还款与扣款"),
    "goods": ("of goods: a dispute", "商品争议"),
}
COMPLAINED: _Pair = ("complained; how many do is a guess", "投诉（人数为假设）")
COUNT: _Pair = ("borrowers", "人数")
NOTHING: _Pair = ("  none", "  无")
PROFIT: _Pair = (
    "  profit  {profit}: earned {earned}, less set aside {provided} and collection {collection}",
    "  利润    {profit}：收入 {earned}，减准备 {provided}、催收成本 {collection}",
)


def life_lines(life: Mapping[str, Any], language: Language) -> Iterator[str]:
    """The months in words."""
    yield said(RISK, language)
    last = max((line["month_on"] for line in life["provisions"]), default="")
    for line in life["provisions"]:
        if line["month_on"] == last:
            owed, provision = _price(line["owed_minor"]), _price(line["provision_minor"])
            counted = {"stage": line["stage"], "loan_count": line["loan_count"]}
            yield said(STAGE, language, owed=owed, provision=provision, **counted)
    for point in _oldest(life["vintages"]):
        shown = {"late_days": life["late_days"], "age": point["age_months"], "late": point["late_count"]}
        yield said(VINTAGE, language, count=point["loan_count"], share=point["permille"] / 10, **shown)
    yield said(WARNED, language)
    warnings = life["warnings"]
    precision = warnings["precision_permille"]
    shown = {
        "precision": "—" if precision is None else f"{precision / 10} %",
        "lead": "—" if warnings["lead_days"] is None else warnings["lead_days"],
    }
    yield said(WARNINGS, language, **warnings | shown)
    yield said(FORETOLD, language, **warnings)
    yield from _step_lines(life, language)
    yield said(COLLECTION, language)
    for row in collection_rows(life, language):
        yield "  " + "  ".join(f"{cell:>16}" for cell in row)
    yield said(LIMITS, language)
    yield from _counts(_by_move(life), MOVES, language)
    yield said(HARDSHIP, language)
    yield from _counts(life["hardship"], HARDSHIP_STATES, language)
    yield said(COMPLAINED, language)
    complaints = life["complaints"]
    yield said(COMPLAINTS, language, **complaints | {"redress": _price(complaints["redress_minor"])})
    yield from _counts(complaints["causes"], CAUSES, language)
    names = ("profit", "earned", "provided", "collection")
    yield said(PROFIT, language, **{name: _price(life["profit"][f"{name}_minor"]) for name in names})


def _step_lines(life: Mapping[str, Any], language: Language) -> Iterator[str]:
    """What each step of the ladder brought against those left out, and what the simulation lets it bring."""
    for effect in life["warning_effects"]:
        told = TOO_FEW if effect["fewer_failed_permille"] is None else BROUGHT
        step = said(STEPS[effect["action"]], language)
        yield said(STEP, language, step=step, brought=said(told, language, **effect), **effect)
    percents = life["reactions"]["percent"].items()
    shown = ", ".join(f"{said(STEPS[action], language)} {percent}" for action, percent in percents)
    yield said(REACTIONS, language, percents=shown, count=life["reactions"]["count"])


def collection_rows(life: Mapping[str, Any], language: Language) -> list[list[str]]:
    """By action over all months: how often, at what cost, and what was paid after it."""
    totals: dict[str, list[int]] = {}
    for line in life["collection"]:
        found = (line["action_count"], line["cost_minor"], line["payment_count"], line["brought_minor"])
        before = totals.get(line["action"], [0, 0, 0, 0])
        totals[line["action"]] = [sum(pair) for pair in zip(before, found, strict=True)]
    return [
        [said(ACTIONS[action], language), str(times), _price(cost), str(payments), _price(brought)]
        for action, (times, cost, payments, brought) in sorted(totals.items())
    ]


def _by_move(life: Mapping[str, Any]) -> dict[str, int]:
    moves: dict[str, int] = {}
    for line in life["limit_moves"]:
        moves[line["move"]] = moves.get(line["move"], 0) + line["count"]
    return moves


def _counts(counts: Mapping[str, int], names: Mapping[str, _Pair], language: Language) -> Iterator[str]:
    if not counts:
        yield said(NOTHING, language)
    for key, count in sorted(counts.items()):
        yield f"  {count:>5}  {said(names[key], language)}"


def _oldest(points: list[Mapping[str, Any]]) -> list[Mapping[str, Any]]:
    """Of each month's loans, the figure at their greatest age."""
    last: dict[str, Mapping[str, Any]] = {}
    for point in points:
        if point["age_months"] >= last.get(point["cohort_on"], point)["age_months"]:
            last[point["cohort_on"]] = point
    return list(last.values())


def _price(minor: int) -> str:
    return price_text(minor, currency="CNY")
