"""The report on a crowd as one page with plots, to be opened in a browser; it needs nothing from elsewhere."""

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
    STAND_IN,
    collection_rows,
)
from fenqi.cli.demo_text import Language, said

_WIDTH, _HEIGHT, _EDGE = 640, 260, 44
_COLOURS = ("#0b57d0", "#0b6b3a", "#8a4b00", "#b3261e", "#44546a", "#6b3fa0", "#00707a", "#a0366e")
_STYLE = """
body { margin: 2rem auto; max-width: 60rem; padding: 0 1rem; font: 16px/1.5 system-ui, sans-serif; color: #16202c }
pre { overflow: auto; padding: 1rem; background: #f3f5f8 }
table { border-collapse: collapse }
td, th { padding: .25rem .75rem; border-bottom: 1px solid #d9dee5; text-align: right }
svg { max-width: 100%; height: auto } svg text { font-size: 11px; fill: #4c5866 }
"""

Series = tuple[str, Sequence[float]]


def write_page(path: Path, record: Mapping[str, Any], *, told: Iterable[str], language: Language) -> None:
    """Write the page: what the terminal told, and the months as plots and tables."""
    life = record["life"]
    parts = [
        f"<h1>{escape(said(PAGE_TITLE, language))}</h1>",
        f"<p>{escape(said(STAND_IN, language))}</p>",
        f"<pre>{escape(chr(10).join(told))}</pre>",
        *_plots(life, language),
        *_tables(life, language),
    ]
    head = f'<meta charset="utf-8"><title>{escape(said(PAGE_TITLE, language))}</title><style>{_STYLE}</style>'
    path.parent.mkdir(parents=True, exist_ok=True)
    page = f'<!doctype html><html lang="{language.value}"><head>{head}</head><body>{"".join(parts)}</body></html>'
    path.write_text(page, encoding="utf-8")


def _plots(life: Mapping[str, Any], language: Language) -> Iterator[str]:
    vintages = {
        cohort: [point["permille"] / 10 for point in life["vintages"] if point["cohort_on"] == cohort]
        for cohort in sorted({point["cohort_on"] for point in life["vintages"]})
    }
    ages = max((len(points) for points in vintages.values()), default=0)
    title = said(PLOTS["vintages"], language, late_days=life["late_days"])
    yield plot(title, [str(age) for age in range(ages)], list(vintages.items()))
    months = sorted({line["month_on"] for line in life["provisions"]})
    stages = [
        (str(stage), [_sum(life["provisions"], month, stage=stage) / 100 for month in months]) for stage in (1, 2, 3)
    ]
    yield plot(said(PLOTS["provisions"], language), months, stages)
    yield plot(said(PLOTS["rolls"], language), months[1:], _rolls(life, months[1:]))
    moves = sorted({line["move"] for line in life["limit_moves"]})
    when = sorted({line["month"] for line in life["limit_moves"]})
    counts = {(line["month"], line["move"]): line["count"] for line in life["limit_moves"]}
    lines = [(said(MOVES[move], language), [counts.get((month, move), 0) for month in when]) for move in moves]
    yield plot(said(PLOTS["limits"], language), when, lines)


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


def _sum(lines: Iterable[Mapping[str, Any]], month: str, *, stage: int) -> int:
    return sum(line["provision_minor"] for line in lines if (line["month_on"], line["stage"]) == (month, stage))


def _tables(life: Mapping[str, Any], language: Language) -> Iterator[str]:
    yield table([said(head, language) for head in COLLECTION_HEADS], collection_rows(life, language))
    states = [[said(HARDSHIP_STATES[state], language), str(count)] for state, count in sorted(life["hardship"].items())]
    yield table([said(HARDSHIP, language), said(COUNT, language)], states)


def table(heads: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """Rows under their heads."""
    head = "".join(f"<th>{escape(each)}</th>" for each in heads)
    body = "".join("<tr>" + "".join(f"<td>{escape(cell)}</td>" for cell in row) + "</tr>" for row in rows)
    return f"<table><tr>{head}</tr>{body}</table>"


def plot(title: str, names: Sequence[str], series: Sequence[Series]) -> str:
    """Lines over named places, with a legend; nothing where there is nothing to draw."""
    top = max((value for _, values in series for value in values), default=0)
    if not names or not top:
        return ""
    across, up = (_WIDTH - 2 * _EDGE) / max(len(names) - 1, 1), (_HEIGHT - 2 * _EDGE) / top
    drawn = [
        f'<text x="{_EDGE + place * across:.0f}" y="{_HEIGHT - 22}" text-anchor="middle">{escape(name)}</text>'
        for place, name in enumerate(names)
        if place % max(len(names) // 8, 1) == 0
    ]
    for share in (0, 0.5, 1):
        y = _HEIGHT - _EDGE - share * top * up
        drawn.append(f'<line x1="{_EDGE}" x2="{_WIDTH - _EDGE}" y1="{y:.0f}" y2="{y:.0f}" stroke="#d9dee5"/>')
        drawn.append(f'<text x="{_EDGE - 6}" y="{y + 4:.0f}" text-anchor="end">{share * top:,.4g}</text>')
    for place, (name, values) in enumerate(series):
        colour = _COLOURS[place % len(_COLOURS)]
        points = " ".join(
            f"{_EDGE + at * across:.1f},{_HEIGHT - _EDGE - value * up:.1f}" for at, value in enumerate(values)
        )
        drawn.append(f'<polyline points="{points}" fill="none" stroke="{colour}" stroke-width="2"/>')
        left = _EDGE + place * 92
        drawn.append(f'<rect x="{left}" y="8" width="10" height="10" fill="{colour}"/>')
        drawn.append(f'<text x="{left + 14}" y="17">{escape(name)}</text>')
    label = escape(title, quote=True)
    svg = (
        f'<svg viewBox="0 0 {_WIDTH} {_HEIGHT}" width="{_WIDTH}" role="img" aria-label="{label}">{"".join(drawn)}</svg>'
    )
    return f"<h2>{escape(title)}</h2>{svg}"
