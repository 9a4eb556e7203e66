"""The chief figures of a crowd, for whoever looks at nothing else."""

from collections.abc import Iterator, Mapping
from typing import Any

from fenqi.cli.demo_text import Language, said
from fenqi.core.compliance.document import price_text

_Pair = tuple[str, str]

APPLICANTS: _Pair = ("applicants", "申请人")
APPROVED: _Pair = ("approved", "批准率")
BAD_APPROVED: _Pair = ("bad among the approved", "批准者中的坏客户")
BAD_DECLINED: _Pair = ("bad among the declined", "被拒者中的坏客户")
LENT: _Pair = ("lent", "放款")
EARNED: _Pair = ("earned", "收入")
PROFIT: _Pair = ("profit", "利润")
FORETOLD: _Pair = ("warnings that came true", "应验的预警")
CHECKS: _Pair = ("checks that hold", "相符的核对")


def tiles(record: Mapping[str, Any], language: Language) -> Iterator[tuple[str, str]]:
    """Each figure under its name."""
    selection, money, life = record["selection"], record["money"], record["life"]
    precision = life["warnings"]["precision_permille"]
    checks = record["checks"]
    yield said(APPLICANTS, language), f"{record['customers']:,}"
    yield said(APPROVED, language), _percent(selection["approved"]["value"])
    yield said(BAD_APPROVED, language), _percent(selection["bad_among_approved"]["value"])
    yield said(BAD_DECLINED, language), _percent(selection["bad_among_declined"]["value"])
    yield said(LENT, language), _price(money["lent_minor"])
    yield said(EARNED, language), _price(money["earned_minor"])
    yield said(PROFIT, language), _price(life["profit"]["profit_minor"])
    yield said(FORETOLD, language), "—" if precision is None else _percent(precision / 1000)
    yield said(CHECKS, language), f"{checks['count'] - len(checks['failed'])} / {checks['count']}"


def _percent(share: float) -> str:
    return f"{100 * share:.1f} %"


def _price(minor: int) -> str:
    return price_text(minor, currency="CNY")
