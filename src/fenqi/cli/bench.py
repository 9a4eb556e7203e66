"""`fenqi bench`: how fast the product is, against rivals measured on the same machine at the same time."""

from typing import Annotated, Any

import typer

from fenqi.cli.benchmark import Benchmark, Case, Measured, benchmark_names, load_benchmark, machine
from fenqi.cli.console import note, say, write_json, write_table


def command(
    name: Annotated[str | None, typer.Argument(help="The benchmark; without one, all are listed.")] = None,
    *,
    case: Annotated[str | None, typer.Option("--case", metavar="CASE", help="Measure one case only.")] = None,
    json: Annotated[bool, typer.Option("--json", help="One JSON object.")] = False,
) -> None:
    """List the benchmarks, or measure one; a rival that cannot be installed here is reported as not measured."""
    if name is None:
        _list(json=json)
        return
    benchmark = load_benchmark(name)
    on = machine()
    measured: list[tuple[Case, Measured]] = []
    for one in benchmark.chosen(case):
        note(f"{benchmark.name}: measuring {one.name} …")
        measured.append((one, one.measure()))
    if json:
        write_json({"name": name, "machine": on, "cases": [as_dict(one, found) for one, found in measured]})
    else:
        _show(benchmark, measured, on=on)


def as_dict(case: Case, measured: Measured) -> dict[str, Any]:
    """A measured case as one JSON object; the rival that the aim names comes first, the others in a list."""
    first, *others = sorted(measured.rivals, key=lambda rival: rival != case.rival)
    return {
        "case": case.name,
        "value": measured.value,
        "unit": case.unit,
        **_against(first, measured),
        "aim": case.aim,
        **({"aim_is": "at least"} if case.is_floor else {}),
        **({"others": [_against(rival, measured) for rival in others]} if others else {}),
        **measured.also,
    }


def _against(rival: str, measured: Measured) -> dict[str, Any]:
    value = measured.rivals[rival]
    return {"rival": rival, "rival_value": value, "ratio": None if not value else round(measured.value / value, 4)}


def _list(*, json: bool) -> None:
    benchmarks = [load_benchmark(name) for name in benchmark_names()]
    if json:
        listed = [{"name": one.name, "cases": [case.name for case in one.cases]} for one in benchmarks]
        write_json({"benchmarks": listed})
        return
    rows = [(one.name, case.name, case.summary) for one in benchmarks for case in one.cases]
    write_table(("benchmark", "case", "what is measured"), rows)


def _show(benchmark: Benchmark, measured: list[tuple[Case, Measured]], *, on: dict[str, Any]) -> None:
    say(f"{benchmark.name}: {benchmark.summary}")
    say(f"on {on['cpu']}, {on['cores']} cores, {on['python']}, load {on['load_before']}")
    rows: list[tuple[str, ...]] = []
    for case, found in measured:
        rows.append((case.name, "fenqi", _figure(found.value, case.unit), "", ""))
        for rival, value in found.rivals.items():
            shown = "not measured" if value is None else _figure(value, case.unit)
            ratio = f"{found.value / value:.2f}" if value else ""
            rows.append(("", rival, shown, ratio, _aim(case) if rival == case.rival else ""))
        rows.extend(("", name, f"{value:.2f}", "", "") for name, value in found.also.items())
    write_table(("case", "measured", "value", "ratio", "aim"), rows, right=("value", "ratio", "aim"))


def _aim(case: Case) -> str:
    return f"{'≥' if case.is_floor else '≤'} {case.aim}"


def _figure(value: float, unit: str) -> str:
    return f"{value:,.1f} {unit}"
