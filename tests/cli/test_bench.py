"""The benchmark command lists, measures and reports in one shape, also where a rival is missing."""

import json
import subprocess
import sys

import pytest

from fenqi.cli.bench import as_dict
from fenqi.cli.benchmark import (
    FOLDER,
    Benchmark,
    BenchmarkUnknown,
    Case,
    Measured,
    benchmark_names,
    load_benchmark,
    machine,
    run_json,
)
from fenqi.cli.exit_code import ExitCode
from fenqi.cli.main import main
from fenqi.core.refusal import Broken

CASE = Case(
    name="one",
    summary="one thing",
    unit="µs",
    rival="named",
    aim=0.5,
    measure=lambda: Measured(value=2.0, rivals={"other": None, "named": 8.0}, also={"p99_ms": 3.0}),
)


def test_a_case_names_the_rival_of_its_aim_first_and_the_rest_apart():
    assert as_dict(CASE, CASE.measure()) == {
        "case": "one",
        "value": 2.0,
        "unit": "µs",
        "rival": "named",
        "rival_value": 8.0,
        "ratio": 0.25,
        "aim": 0.5,
        "others": [{"rival": "other", "rival_value": None, "ratio": None}],
        "p99_ms": 3.0,
    }


def test_a_benchmark_gives_the_case_that_is_asked_for():
    benchmark = Benchmark(name="some", summary="something", cases=(CASE,))
    assert benchmark.chosen(None) == benchmark.chosen("one") == (CASE,)
    with pytest.raises(BenchmarkUnknown) as refused:
        benchmark.chosen("two")
    assert refused.value.allowed == "one"


@pytest.mark.parametrize("name", benchmark_names())
def test_every_benchmark_bears_the_name_of_its_file(name):
    benchmark = load_benchmark(name)
    assert benchmark.name == name
    assert benchmark.cases


def test_lists_the_benchmarks_as_one_object(capsys):
    assert main(["bench", "--json"]) == ExitCode.DONE
    listed = json.loads(capsys.readouterr().out)["benchmarks"]
    assert {"name": "quote", "cases": ["quote_five_plans"]} in listed


def test_refuses_a_benchmark_that_does_not_exist(capsys):
    assert main(["bench", "nothing", "--json"]) == ExitCode.BAD_INPUT
    assert json.loads(capsys.readouterr().out)["refusal"]["code"] == "benchmark_unknown"


def test_says_what_it_measured_on():
    assert {"cpu", "cores", "memory_gib", "python"} <= machine().keys()


def test_the_products_contestant_quotes_five_plans():
    timed = run_json(
        sys.executable, "clock.py", "quote_fenqi", "0.01", folder=FOLDER / "contestant", timeout_seconds=60
    )
    assert timed["seconds"] > 0
    assert len(timed["answer"]) == 5
    assert all(nominal == pytest.approx(14.4, abs=0.01) for _, nominal, _, _ in timed["answer"])


def test_a_contestant_that_fails_is_not_a_figure(tmp_path):
    with pytest.raises(Broken, match="failed"):
        run_json(sys.executable, "-c", "raise SystemExit(3)", folder=tmp_path, timeout_seconds=60)
    with pytest.raises(subprocess.TimeoutExpired):
        run_json(sys.executable, "-c", "import time; time.sleep(9)", folder=tmp_path, timeout_seconds=0.2)
