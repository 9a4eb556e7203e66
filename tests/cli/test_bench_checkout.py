"""The benchmark of a decision starts both services and measures them, with a handful of requests."""

from fenqi.cli.benchmark import load_benchmark


def test_a_few_decisions_are_measured_beside_as_many_plain_answers():
    (case,) = load_benchmark("checkout").cases

    measured = case.measure(1, 4)

    rival = measured.rivals[case.rival]
    assert rival is not None
    assert measured.value > rival > 0
    assert 0 < measured.also["p50_ms"] <= measured.also["p99_ms"]
