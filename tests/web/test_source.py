import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from fenqi.settings import PROJECT

WEB = PROJECT / "web"
LINES_MAX = 250
AMOUNT_IN_A_SUM = re.compile(r"_minor\)?\s*(?:\*\*?|/|%|-|\+)\s*[\w(]|[\w)]\s*(?:\*\*?|/|%|-|\+)\s*[\w.]*_minor\b")
COLOUR = re.compile(r"#[0-9a-fA-F]{3,8}\b|\b(?:rgb|rgba|hsl)\(")
FORMATS = re.compile(r"Intl\.|toLocale|toFixed")
NAMED_ON_PRESS = re.compile(r"\brequest_id:\s*[\w.]+\(")
IN_JSX_TEXT = re.compile(r">[^<>{}=;]*[\u4e00-\u9fff]")


def sources(*suffixes: str) -> Iterator[Path]:
    for app in ("ui", "h5", "shop", "staff"):
        found = (path for path in sorted((WEB / app / "src").rglob("*")) if path.suffix in suffixes)
        yield from (path for path in found if not path.name.endswith(".d.ts"))


def found(pattern: re.Pattern[str], *suffixes: str, without: str = "") -> list[str]:
    return [
        f"{path.relative_to(WEB)}:{number}: {line.strip()}"
        for path in sources(*suffixes)
        if str(path.relative_to(WEB)) != without
        for number, line in enumerate(path.read_text().splitlines(), start=1)
        if pattern.search(line)
    ]


def test_no_file_is_longer_than_a_reader_can_hold():
    long = [path for path in sources(".ts", ".tsx", ".css") if path.read_text().count("\n") > LINES_MAX]

    assert long == []


def test_nothing_is_reckoned_with_money():
    assert found(AMOUNT_IN_A_SUM, ".ts", ".tsx") == []


@pytest.mark.parametrize("line", ["a.total_minor - b", "x * loan.cost_minor", "sum(due_minor) / 3", "(x_minor) + 1"])
def test_a_sum_of_money_would_be_found(line):
    assert AMOUNT_IN_A_SUM.search(line)


def test_one_file_names_the_colours():
    assert found(COLOUR, ".css", without="ui/src/tokens.css") == []


def test_one_file_formats_figures_and_days():
    assert found(FORMATS, ".ts", ".tsx", without="ui/src/format.ts") == []


def test_words_on_screen_stand_in_the_texts():
    assert found(IN_JSX_TEXT, ".tsx", without="ui/src/parts/language_switch.tsx") == []


def test_a_command_of_staff_keeps_its_name_when_its_button_is_pressed_again():
    assert [line for line in found(NAMED_ON_PRESS, ".ts", ".tsx") if line.startswith("staff/")] == []


def test_the_lock_names_no_host():
    lock = (WEB / "package-lock.json").read_text()

    assert '"resolved": "http' not in lock
    assert '"funding"' not in lock
