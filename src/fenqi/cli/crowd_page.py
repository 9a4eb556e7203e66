"""The report on a crowd as one page to be opened in a browser: figures, plots, tables; nothing from elsewhere."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from html import escape
from pathlib import Path
from typing import Any

from fenqi.cli.crowd_life_text import (
    COLLECTION_HEADS,
    COUNT,
    HARDSHIP,
    HARDSHIP_STATES,
    MOVES,
    PAGE_TITLE,
    PLOTS,
    STAGE_NAME,
    STAND_IN,
    TOLD,
    collection_rows,
)
from fenqi.cli.crowd_table import BUCKETS, ORIGINS, REASONS
from fenqi.cli.crowd_tile import tiles
from fenqi.cli.demo_text import Language, said
from fenqi.cli.svg_plot import STYLE as PLOT_STYLE
from fenqi.cli.svg_plot import Series, bars, lines
from fenqi.simulation.behaviour import Origin

_STYLE = f"""
body {{ margin: 2rem auto; max-width: 76rem; padding: 0 1rem; font: 16px/1.5 system-ui, sans-serif; color: #16202c;
  background: #f3f5f8 }}
h1 {{ margin: 0 }}
pre {{ overflow: auto; padding: 1rem; background: #fff }}
table {{ border-collapse: collapse; background: #fff }}
caption {{ padding: .5rem 0; font-weight: 600; text-align: left }}
td, th {{ padding: .25rem .75rem; border-bottom: 1px solid #d9dee5; text-align: right }}
td:first-child, th:first-child {{ text-align: left }}
dl, .plots, .tables {{ display: grid; gap: 1rem; margin: 1rem 0 }}
dl {{ grid-template-columns: repeat(auto-fill, minmax(11rem, 1fr)) }}
dl div {{ padding: .75rem 1rem; border: 1px solid #d9dee5; border-radius: .75rem; background: #fff }}
dt {{ color: #4c5866; font-size: .8125rem }}
dd {{ margin: 0; font-size: 1.375rem; font-weight: 600; font-variant-numeric: tabular-nums }}
.plots {{ grid-template-columns: repeat(auto-fill, minmax(min(100%, 32rem), 1fr)) }}
.tables {{ grid-template-columns: repeat(auto-fill, minmax(min(100%, 24rem), 1fr)); align-items: start }}
{PLOT_STYLE}"""


def write_page(path: Path, record: Mapping[str, Any], *, told: Iterable[str], language: Language) -> None:
    """Write the page: the chief figures, the months as plots, tables, and what the terminal told."""
    parts = [
        f"<h1>{escape(said(PAGE_TITLE, language))}</h1>",
        f"<p>{escape(record['population'])} · {escape(said(STAND_IN, language))}</p>",
        f"<dl>{''.join(_tile(*each) for each in tiles(record, language))}</dl>",
        f'<div class="plots">{"".join(_plots(record, language))}</div>',
        f'<div class="tables">{"".join(_tables(record, language))}</div>',
        f"<details><summary>{escape(said(TOLD, language))}</summary><pre>{escape(chr(10).join(told))}</pre></details>",
    ]
    head = f'<meta charset="utf-8"><title>{escape(said(PAGE_TITLE, language))}</title><style>{_STYLE}</style>'
    path.parent.mkdir(parents=True, exist_ok=True)
    page = f'<!doctype html><html lang="{language.value}"><head>{head}</head><body>{"".join(parts)}</body></html>'
    path.write_text(page, encoding="utf-8")


def _tile(name: str, figure: str) -> str:
    return f"<div><dt>{escape(name)}</dt><dd>{escape(figure)}</dd></div>"


def _plots(record: Mapping[str, Any], language: Language) -> Iterator[str]:
    life = record["life"]
    yield _arrears(record["arrears"], language)
    vintages = {
        cohort: [point["permille"] / 10 for point in life["vintages"] if point["cohort_on"] == cohort]
        for cohort in sorted({point["cohort_on"] for point in life["vintages"]})
    }
    ages = max((len(points) for points in vintages.values()), default=0)
    title = said(PLOTS["vintages"], language, late_days=life["late_days"])
    yield lines(title, [str(age) for age in range(ages)], list(vintages.items()))
    months = sorted({line["month_on"] for line in life["provisions"]})
    stages = [
        (
            said(STAGE_NAME, language, stage=stage),
            [_sum(life["provisions"], month, stage=stage) / 100 for month in months],
        )
        for stage in (1, 2, 3)
    ]
    yield bars(said(PLOTS["provisions"], language), _short(months), stages)
    yield lines(said(PLOTS["rolls"], language), _short(months[1:]), _rolls(life, months[1:]))
    yield _moves(life["limit_moves"], language)


def _arrears(months: Sequence[Mapping[str, Any]], language: Language) -> str:
    """Loans by days past due; the months that a simulation made bear a mark."""
    names = [f"{month['on']:%Y-%m}{'*' if month['origin'] is Origin.SIMULATED else ''}" for month in months]
    series = [(said(name, language), [month["loans"][bucket] for month in months]) for bucket, name in BUCKETS.items()]
    return bars(said(PLOTS["arrears"], language, origin=said(ORIGINS[Origin.SIMULATED], language)), names, series)


def _moves(moves: Sequence[Mapping[str, Any]], language: Language) -> str:
    when = sorted({line["month"] for line in moves})
    counts = {(line["month"], line["move"]): line["count"] for line in moves}
    series = [
        (said(MOVES[move], language), [counts.get((month, move), 0) for month in when])
        for move in sorted({line["move"] for line in moves})
    ]
    return bars(said(PLOTS["limits"], language), _short(when), series)


def _short(months: Sequence[str]) -> list[str]:
    """Year and month, without the day that is the last one anyway."""
    return [month[:7] for month in months]


def _rolls(life: Mapping[str, Any], months: Sequence[str]) -> list[Series]:
    """Of the loans of a bucket, how many are in a worse one a month later, in percent."""
    order = life["buckets"]
    series: list[Series] = []
    for place, bucket in enumerate(order[:-1]):
        worse = [
            sum(
                line["permille"] / 10
                for line in life["rolls"]
                if (line["month_on"], line["from_bucket"]) == (month, bucket)
                and line["to_bucket"] in order[place + 1 :]
            )
            for month in months
        ]
        if any(worse):
            series.append((bucket, worse))
    return series


def _sum(lines_of: Iterable[Mapping[str, Any]], month: str, *, stage: int) -> int:
    return sum(line["provision_minor"] for line in lines_of if (line["month_on"], line["stage"]) == (month, stage))


def _tables(record: Mapping[str, Any], language: Language) -> Iterator[str]:
    life = record["life"]
    reasons = [[reason, f"{count:,}"] for reason, count in record["reasons"].items()]
    yield table(said(REASONS, language), ["", said(COUNT, language)], reasons)
    heads = [said(head, language) for head in COLLECTION_HEADS]
    yield table(said(PLOTS["collection"], language), heads, collection_rows(life, language))
    states = [[said(HARDSHIP_STATES[state], language), str(count)] for state, count in sorted(life["hardship"].items())]
    yield table(said(HARDSHIP, language), ["", said(COUNT, language)], states)


def table(title: str, heads: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    """Rows under their heads; nothing where there is no row."""
    if not rows:
        return ""
    head = "".join(f"<th>{escape(each)}</th>" for each in heads)
    body = "".join("<tr>" + "".join(f"<td>{escape(cell)}</td>" for cell in row) + "</tr>" for row in rows)
    return f"<table><caption>{escape(title)}</caption><tr>{head}</tr>{body}</table>"
