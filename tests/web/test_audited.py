"""Whatever is kept in the audit trail has a name for people, in both languages."""

import ast
import re
from collections.abc import Iterator

from fenqi.settings import PROJECT

NAMES = PROJECT / "web" / "staff" / "src" / "texts" / "audited.ts"
SERVICES = ("services", "api")


def given(tree: ast.AST) -> Iterator[ast.expr]:
    """Every value that is passed as an action, or kept under that name to be passed."""
    for node in ast.walk(tree):
        names = [node.arg] if isinstance(node, ast.keyword) else []
        if isinstance(node, ast.Assign):
            names = [to.id for to in node.targets if isinstance(to, ast.Name)]
        if "action" in names:
            yield node.value


def patterns() -> set[str]:
    """The actions as patterns: what is put in while the service runs may be any word."""
    found = set[str]()
    for folder in SERVICES:
        for path in (PROJECT / "src" / "fenqi" / folder).rglob("*.py"):
            for value in given(ast.parse(path.read_text(encoding="utf-8"))):
                if isinstance(value, ast.JoinedStr):
                    parts = (part.value if isinstance(part, ast.Constant) else r"\w+" for part in value.values)
                    found.add("".join(map(str, parts)))
                else:
                    texts = (each for each in ast.walk(value) if isinstance(each, ast.Constant))
                    found |= {each.value for each in texts if isinstance(each.value, str)}
    return found


def test_every_action_is_named():
    names = re.findall(r"^  (\w+): \[", NAMES.read_text(encoding="utf-8"), re.MULTILINE)
    wanted = patterns()

    assert len(wanted) > 50
    assert [one for one in sorted(wanted) if not any(re.fullmatch(one, name) for name in names)] == []
