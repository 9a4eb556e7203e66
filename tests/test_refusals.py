"""Every named refusal has a permanent code, a place in both tables, and a line in the documentation."""

import importlib
import pkgutil
from pathlib import Path

import fenqi
from fenqi.api.refusal import STATUS
from fenqi.cli.exit_code import BY_KIND
from fenqi.core.refusal import Kind, Refusal

PROJECT = Path(__file__).resolve().parents[1]
PAGE = PROJECT / "docs" / "refusals.md"
HEAD = """# Every refusal

What Fenqi refuses, it refuses by a code that never changes: in `{"refusal": {"code", "what", "allowed", "source"}}`,
by HTTP and on the command line. The framework's own are `request_invalid` and `json_invalid` (400), `route_unknown`
(404) and `method_not_allowed` (405); whatever outside does not answer is `unavailable` (503, exit code 5).

| code | HTTP | exit code | meaning |
|---|---|---|---|
"""


def refusals() -> list[type[Refusal]]:
    for module in pkgutil.walk_packages(fenqi.__path__, "fenqi."):
        if not module.name.endswith("__main__"):
            importlib.import_module(module.name)
    found: list[type[Refusal]] = []
    waiting = [Refusal]
    while waiting:
        following = waiting.pop().__subclasses__()
        found += [each for each in following if each.__module__.startswith("fenqi.")]
        waiting += following
    return sorted(set(found), key=lambda each: each.code)


def meaning(refusal: type[Refusal]) -> str:
    return " ".join((refusal.__doc__ or "").split("\n\n")[0].split())


def page() -> str:
    lines = (
        f"| `{each.code}` | {STATUS[each.kind]} | {BY_KIND[each.kind].value} | {meaning(each)} |\n"
        for each in refusals()
    )
    return HEAD + "".join(lines)


def test_every_kind_of_refusal_has_a_status_and_an_exit_code():
    assert set(STATUS) == set(Kind)
    assert set(BY_KIND) == set(Kind)


def test_every_refusal_says_what_it_means_under_a_code_of_its_own():
    codes = [each.code for each in refusals()]

    assert len(codes) == len(set(codes)) > 100
    assert all(code == code.lower() and code.replace("_", "").isalnum() for code in codes)
    assert [each.__name__ for each in refusals() if "code" not in vars(each)] == []
    assert [each.__name__ for each in refusals() if not meaning(each)] == []


def test_the_page_of_refusals_lists_them_as_they_are():
    assert PAGE.read_text(encoding="utf-8") == page(), "write it anew: python tests/test_refusals.py"


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")
