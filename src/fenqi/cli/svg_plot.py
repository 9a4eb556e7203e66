"""Plots as pictures that need nothing but a browser: lines, and bars that stand on each other."""

import math
from collections.abc import Iterator, Sequence
from html import escape

Series = tuple[str, Sequence[float]]
"""A name and a value at each place."""
COLOURS = ("#0b57d0", "#0b6b3a", "#c77700", "#b3261e", "#44546a", "#6b3fa0", "#00707a", "#a0366e")
STYLE = """
figure { margin: 0; padding: 1rem; border: 1px solid #d9dee5; border-radius: .75rem; background: #fff }
figcaption { font-weight: 600 }
figure ul { display: flex; flex-wrap: wrap; gap: .25rem 1rem; margin: .25rem 0 .5rem; padding: 0; list-style: none }
figure li { font-size: .8125rem; color: #4c5866 }
figure i { display: inline-block; width: .75em; height: .75em; margin-right: .35em; border-radius: 2px }
svg { display: block; width: 100%; height: auto }
svg text { font-size: 11px; fill: #4c5866; font-family: inherit }
"""
_WIDTH, _HEIGHT = 560, 240
_LEFT, _RIGHT, _TOP, _BOTTOM = 52, 12, 8, 24
_NAMES_MAX = 8
_TICKS = 4


def lines(title: str, names: Sequence[str], series: Sequence[Series]) -> str:
    """Values that go on from place to place, one line a series; nothing where there is nothing to draw."""
    top = max((value for _, values in series for value in values), default=0)
    if not names or top <= 0:
        return ""
    ceiling = _ceiling(top)
    step = (_WIDTH - _LEFT - _RIGHT) / max(len(names) - 1, 1)
    drawn = [*_scale(ceiling), *_names(names, step, _LEFT)]
    for colour, (name, values) in zip(_colours(series), series, strict=True):
        points = " ".join(f"{_LEFT + at * step:.1f},{_up(value, ceiling):.1f}" for at, value in enumerate(values))
        drawn.append(
            f'<polyline points="{points}" fill="none" stroke="{colour}" stroke-width="2">'
            f"<title>{escape(name)}</title></polyline>"
        )
    return _figure(title, series, drawn)


def bars(title: str, names: Sequence[str], series: Sequence[Series]) -> str:
    """Counts of each place, one series on the other; nothing where there is nothing to draw."""
    sums = [sum(values[at] for _, values in series) for at in range(len(names))]
    if not names or max(sums, default=0) <= 0:
        return ""
    ceiling = _ceiling(max(sums))
    step = (_WIDTH - _LEFT - _RIGHT) / len(names)
    drawn = [*_scale(ceiling), *_names(names, step, _LEFT + step / 2)]
    for at in range(len(names)):
        below = 0.0
        for colour, (name, values) in zip(_colours(series), series, strict=True):
            if values[at]:
                drawn.append(_bar(_LEFT + at * step, step, below, values[at], ceiling, colour, name))
            below += values[at]
    return _figure(title, series, drawn)


def _bar(left: float, step: float, below: float, value: float, ceiling: float, colour: str, name: str) -> str:
    top, bottom = _up(below + value, ceiling), _up(below, ceiling)
    return (
        f'<rect x="{left + step * 0.15:.1f}" width="{step * 0.7:.1f}" y="{top:.1f}" height="{bottom - top:.1f}" '
        f'fill="{colour}"><title>{escape(name)} {value:,.6g}</title></rect>'
    )


def _colours(series: Sequence[Series]) -> list[str]:
    return [COLOURS[place % len(COLOURS)] for place in range(len(series))]


def _ceiling(top: float) -> float:
    """Where a scale ends that has a few ticks, all at round numbers."""
    rough = top / _TICKS
    power = 10.0 ** math.floor(math.log10(rough))
    return _TICKS * next(power * each for each in (1, 2, 2.5, 5, 10) if power * each >= rough * (1 - 1e-9))


def _up(value: float, ceiling: float) -> float:
    return _HEIGHT - _BOTTOM - value / ceiling * (_HEIGHT - _TOP - _BOTTOM)


def _scale(ceiling: float) -> Iterator[str]:
    for tick in range(_TICKS + 1):
        value = ceiling * tick / _TICKS
        y = _up(value, ceiling)
        yield f'<line x1="{_LEFT}" x2="{_WIDTH - _RIGHT}" y1="{y:.1f}" y2="{y:.1f}" stroke="#e4e8ee"/>'
        yield f'<text x="{_LEFT - 6}" y="{y + 4:.1f}" text-anchor="end">{value:,.6g}</text>'


def _names(names: Sequence[str], step: float, first: float) -> Iterator[str]:
    every = math.ceil(len(names) / _NAMES_MAX)
    for at in range(0, len(names), every):
        x = min(first + at * step, _WIDTH - _RIGHT - 14)
        yield f'<text x="{x:.1f}" y="{_HEIGHT - 6}" text-anchor="middle">{escape(names[at])}</text>'


def _figure(title: str, series: Sequence[Series], drawn: Sequence[str]) -> str:
    legend = "".join(
        f'<li><i style="background:{colour}"></i>{escape(name)}</li>'
        for colour, (name, _) in zip(_colours(series), series, strict=True)
    )
    label = escape(title, quote=True)
    svg = f'<svg viewBox="0 0 {_WIDTH} {_HEIGHT}" role="img" aria-label="{label}">{"".join(drawn)}</svg>'
    return f"<figure><figcaption>{escape(title)}</figcaption><ul>{legend}</ul>{svg}</figure>"
