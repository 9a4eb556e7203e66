"""The last line of a test run counts every check, so that no failure hides behind pytest's own line."""

import sys

from fenqi.cli.test import Check, Seen, last_line, look

LINT = Seen(title="lint", passed=True, seconds=1.0)
TESTS = Seen(title="tests", passed=True, seconds=60.5, counts="500 passed, 2 skipped")


def test_counts_a_passed_check_as_one_test():
    assert last_line((LINT, TESTS), seconds=61.5) == "===== 501 passed, 2 skipped in 61.50s ====="


def test_a_failed_check_shows_beside_passed_tests():
    broken = Seen(title="types", passed=False, seconds=0.0)

    assert last_line((LINT, broken, TESTS), seconds=61.5) == "===== 1 failed, 501 passed, 2 skipped in 61.50s ====="


def test_reads_pytests_counts_while_showing_them(capsys):
    program = (sys.executable, "-c", "print('1 failed, 41 passed in 3.50s'); raise SystemExit(1)")

    seen = look(Check(title="tests", program=program))

    assert (seen.passed, seen.counts) == (False, "1 failed, 41 passed")
    assert "41 passed in 3.50s" in capsys.readouterr().out


def test_a_tool_that_is_not_installed_is_a_failure():
    assert not look(Check(title="lint", program=("no-such-tool-anywhere",))).passed
