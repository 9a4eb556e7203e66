"""The report on a crowd as it reads on the terminal."""

from collections.abc import Iterator, Mapping
from typing import Any

from fenqi.cli.console import say
from fenqi.cli.crowd_life_text import life_lines
from fenqi.cli.demo_text import Language, said
from fenqi.core.compliance.document import price_text
from fenqi.simulation.applicant import Population
from fenqi.simulation.arrears import Arrears
from fenqi.simulation.behaviour import Origin

_Pair = tuple[str, str]
_REASONS_SHOWN = 5
FEN = 100
_WIDTH = 9

HEAD: _Pair = (
    "{customers} applicants, {population}; seed {seed}",
    "{customers} 位申请人，{population}；种子 {seed}",
)
SOURCE: _Pair = ("source: {source}", "来源：{source}")
SCALE: _Pair = (
    "scale: NT$ {dollars} are read as ¥1; the months of 2005 are played as 2025",
    "比例：新台币 {dollars} 元按 ¥1 计；2005 年各月按 2025 年演示",
)
DAYS: _Pair = (
    "everybody orders on {first_order_on}; {days_closed} days are closed, the last {last_on}",
    "首单日 {first_order_on}；已日结 {days_closed} 天，至 {last_on}",
)
DECIDED: _Pair = ("decided", "决策")
OUTCOMES: Mapping[str, _Pair] = {
    "approved": ("approved", "批准"),
    "referred": ("referred", "转人工"),
    "declined": ("declined", "拒绝"),
}
SELECTED: _Pair = (
    "  {outcome:<9} {share:>6} of all ({share_low} to {share_high}); bad among them {bad:>6} ({bad_low} to {bad_high})",
    "  {outcome:<4} 占 {share:>6}（{share_low} 至 {share_high}）；其中坏客户 {bad:>6}（{bad_low} 至 {bad_high}）",
)
BAD: _Pair = (
    "  bad by their own outcome: two months late in July to September, or default in October; 95 % intervals",
    "  坏客户按其自身结果：七至九月曾逾期两个月，或十月违约；95% 区间",
)
SEPARATES: Mapping[bool, _Pair] = {
    True: ("  the declined are clearly worse: the intervals do not touch", "  被拒者明显更差：两区间不相交"),
    False: ("  the intervals touch: the two sides cannot be told apart", "  两区间相交：两侧无法区分"),
}
REASONS: _Pair = ("reasons for declining, most frequent first", "拒绝理由，按频次")
ARREARS: _Pair = ("loans by days past due at the end of each month", "每月末贷款按逾期天数")
BUCKETS: Mapping[Arrears, _Pair] = {
    Arrears.CURRENT: ("current", "正常"),
    Arrears.UP_TO_30: ("1-30", "1-30"),
    Arrears.UP_TO_60: ("31-60", "31-60"),
    Arrears.UP_TO_90: ("61-90", "61-90"),
    Arrears.OVER_90: ("91+", "91+"),
    Arrears.CLOSED: ("closed", "结清"),
}
ORIGINS: Mapping[Origin, _Pair] = {
    Origin.TAIWAN: ("as the data says", "数据"),
    Origin.SIMULATED: ("simulated", "模拟"),
}
FOLLOWED: _Pair = (
    "  {instalment_count} instalments held to what each month says: {contradiction_count} contradict it",
    "  {instalment_count} 期与各月行为核对：{contradiction_count} 期不符",
)
JUMPS: _Pair = (
    (
        "  {jump_count} of {late_start_count} steps into arrears go from paid up to two months late in a month, which "
        "instalments cannot: each is played as one missed instalment"
    ),
    "  {late_start_count} 次转逾期中有 {jump_count} 次一个月内由正常变为逾期两个月；分期贷款做不到：各按一期未还演示",
)
MONEY: _Pair = ("money", "资金")
LENT: _Pair = (
    "  lent    {lent_minor:>14} on {loan_count} loans; {repaid_minor} of it repaid, {outstanding_minor} outstanding",
    "  放款    {lent_minor:>14}，{loan_count} 笔；已还 {repaid_minor}，余额 {outstanding_minor}",
)
EARNED: _Pair = (
    (
        "  earned  {earned_minor:>14}: interest {interest_minor}, interest paid by brands {subsidy_minor}, "
        "late charges {late_charge_minor}, merchant fees {merchant_fee_minor}"
    ),
    (
        "  收入    {earned_minor:>14}：利息 {interest_minor}，品牌贴息 {subsidy_minor}，罚息 {late_charge_minor}，"
        "商户手续费 {merchant_fee_minor}"
    ),
)
LOST: _Pair = (
    (
        "  lost    {lost_minor:>14}: what is owed on {defaulted_count} loans more than 90 days past due, principal "
        "{lost_principal_minor}"
    ),
    "  损失    {lost_minor:>14}：{defaulted_count} 笔逾期逾 90 天贷款的欠款，其中本金 {lost_principal_minor}",
)
BOOKS: _Pair = (
    "books: {account_count} accounts, {leg_count} legs, {loan_count} loans, {finding_count} findings",
    "账簿：{account_count} 个账户，{leg_count} 条分录，{loan_count} 笔贷款，{finding_count} 处不符",
)
CHECKED: Mapping[bool, _Pair] = {
    True: ("✓ all {count} checks hold ({seconds} s)", "✓ {count} 项核对全部相符（{seconds} 秒）"),
    False: ("✗ {failed_count} of {count} checks do not hold ({seconds} s)", "✗ {count} 项中 {failed_count} 项不符"),
}
PAGE: _Pair = ("the same with plots: {page}", "带图报告：{page}")
FAILED: _Pair = ("  {what}: expected {expected}, found {found}", "  {what}：应为 {expected}，实为 {found}")


def write_report(record: Mapping[str, Any], *, language: Language) -> None:
    """Write the report on the terminal."""
    for line in report_lines(record, language=language):
        say(line)


def report_lines(record: Mapping[str, Any], *, language: Language) -> list[str]:
    """The report; of nobody real, every line says so."""
    mark = f"{Population.GENERATED.value} | " if record["is_generated"] else ""
    return [mark + line for line in _lines(record, language)]


def _lines(record: Mapping[str, Any], language: Language) -> Iterator[str]:
    yield said(HEAD, language, **record)
    if record["source"]:
        yield said(SOURCE, language, **record)
        yield said(SCALE, language, dollars=FEN // record["fen_per_new_taiwan_dollar"])
    yield said(DAYS, language, **record)
    yield from _selection(record["selection"], language)
    yield said(REASONS, language)
    for reason, count in list(record["reasons"].items())[:_REASONS_SHOWN]:
        yield f"  {count:>5}  {reason}"
    yield from _arrears(record, language)
    yield said(MONEY, language)
    for pair in (LENT, EARNED, LOST):
        yield said(pair, language, **_prices(record["money"]))
    yield from life_lines(record["life"], language)
    yield said(BOOKS, language, **record["books"], finding_count=len(record["books"]["findings"]))
    yield from _checks(record, language)
    yield said(PAGE, language, page=record["page"])


def _selection(selection: Mapping[str, Any], language: Language) -> Iterator[str]:
    yield said(DECIDED, language)
    for name, outcome in OUTCOMES.items():
        share, bad = selection[name], selection[f"bad_among_{name}"]
        yield said(
            SELECTED,
            language,
            outcome=said(outcome, language),
            share=_percent(share["value"]),
            share_low=_percent(share["low"]),
            share_high=_percent(share["high"]),
            bad=_percent(bad["value"]),
            bad_low=_percent(bad["low"]),
            bad_high=_percent(bad["high"]),
        )
    yield said(BAD, language)
    yield said(SEPARATES[selection["separates"]], language)


def _arrears(record: Mapping[str, Any], language: Language) -> Iterator[str]:
    yield said(ARREARS, language)
    yield "  " + " " * 10 + "".join(f"{said(pair, language):>{_WIDTH}}" for pair in BUCKETS.values())
    for month in record["arrears"]:
        counts = "".join(f"{month['loans'][bucket]:>{_WIDTH}}" for bucket in BUCKETS)
        yield f"  {month['on']}{counts}   {said(ORIGINS[month['origin']], language)}"
    yield said(FOLLOWED, language, **record["followed"])
    yield said(JUMPS, language, **record["followed"])


def _checks(record: Mapping[str, Any], language: Language) -> Iterator[str]:
    checks = record["checks"]
    counts = {"count": checks["count"], "failed_count": len(checks["failed"]), "seconds": record["seconds"]}
    yield said(CHECKED[record["holds"]], language, **counts)
    for check in checks["failed"]:
        yield said(FAILED, language, **check)


def _percent(share: float) -> str:
    return f"{100 * share:.1f} %"


def _prices(money: Mapping[str, int]) -> dict[str, object]:
    return {
        name: price_text(value, currency="CNY") if name.endswith("_minor") else value for name, value in money.items()
    }
