"""The documents say only what is in the tree: links, paths, commands, routes, codes and words are looked up."""

import importlib
import pkgutil
import re
import tomllib
from collections.abc import Iterable, Iterator
from enum import StrEnum
from functools import cache
from pathlib import Path
from typing import Any

import pytest
import typer

from fenqi import api, core, services
from fenqi.api.access import ACCESS, Role
from fenqi.api.app import build_app
from fenqi.api.refusal import STATUS
from fenqi.cli.exit_code import ExitCode
from fenqi.cli.main import COMMANDS, main
from fenqi.core.decision.outcome import Outcome
from fenqi.core.ledger.account import CHART, AccountKind
from fenqi.core.ledger.entry import TransactionKind
from fenqi.core.loan.state import Flow, Status
from fenqi.core.merchant.payment_order import PaymentState
from fenqi.core.merchant.purchase import PurchaseState
from fenqi.core.merchant.settlement import ItemKind
from fenqi.core.merchant.webhook import Topic
from fenqi.core.product.terms import Method
from fenqi.core.refusal import Refusal
from fenqi.settings import Settings, load_settings

PROJECT = Path(__file__).resolve().parents[1]
SOURCE = PROJECT / "src" / "fenqi"
DOCUMENTS = tuple(sorted((*PROJECT.glob("*.md"), *PROJECT.glob("docs/**/*.md"))))
LINK = re.compile(r"\]\(([^)\s]+)\)")
IMAGE = re.compile(r'<img[^>]*src="([^"]+)"')
COMMAND = re.compile(r"\./fenqi ((?:[\w./=-]+ ?)+)")
CODE = re.compile(r"`([^`\n]+)`")
FENCE = re.compile(r"^```.*?^```$", re.DOTALL | re.MULTILINE)
ROUTE = re.compile(r"\b(GET|POST|PUT|DELETE) (/(?:v1|h5|staff|channel)[\w/{}.-]*)")
FOUND_IN = re.compile(r"`([\w./-]+\.(?:py|sql))`\s+`(\w+)`")
GLOSSARY_STATES: tuple[type[StrEnum], ...] = (
    AccountKind,
    Flow,
    ItemKind,
    Method,
    Outcome,
    PaymentState,
    PurchaseState,
    Role,
    Status,
    TransactionKind,
)


def read(name: str) -> str:
    return (PROJECT / name).read_text(encoding="utf-8")


def without_fences(text: str) -> str:
    return FENCE.sub("", text)


def anchors(text: str) -> set[str]:
    """The anchors that GitHub gives to the headings of a document."""
    heads = re.findall(r"^#+ (.+)$", without_fences(text), re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", head.lower()).replace(" ", "-") for head in heads}


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: path.name)
def test_links_lead_somewhere(document: Path) -> None:
    text = document.read_text(encoding="utf-8")
    astray: list[str] = []
    for link in (*LINK.findall(without_fences(text)), *IMAGE.findall(text)):
        if link.startswith(("https://", "mailto:")):
            continue
        name, _, anchor = link.partition("#")
        target = document.parent / name if name else document
        if not target.exists() or (anchor and anchor not in anchors(target.read_text(encoding="utf-8"))):
            astray.append(link)
    assert not astray


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: path.name)
def test_commands_and_their_options_exist(document: Path) -> None:
    unknown: list[str] = []
    for line in COMMAND.findall(document.read_text(encoding="utf-8")):
        words = line.split()
        if words[0].startswith("-") or words[0] == "":
            continue
        unknown += [f"{line.strip()}: {word}" for word in unknown_words(words)]
    assert not unknown


def test_options_in_the_table_of_commands_exist() -> None:
    unknown: list[str] = []
    for row in re.findall(r"^\| `\./fenqi .*$", read("docs/operations.md"), re.MULTILINE):
        words = COMMAND.findall(row)[0].split()
        options = re.findall(r"`(--[a-z-]+)`", row)
        unknown += [f"{words}: {word}" for word in unknown_words([*words, *options])]
    assert not unknown


def unknown_words(words: list[str]) -> Iterator[str]:
    """The command, the command of a group and the options in a line that the command line does not know."""
    if words[0] not in COMMANDS:
        yield words[0]
        return
    command = click_command(words[0])
    group: dict[str, Any] = getattr(command, "commands", {})
    if group and len(words) > 1 and not words[1].startswith("-"):
        if words[1] not in group:
            yield words[1]
            return
        command = group[words[1]]
    known = {"--help", *(name for option in command.params for name in option.opts)}
    yield from (word for word in words if word.startswith("--") and word.split("=")[0] not in known)


@cache
def click_command(name: str) -> Any:
    module = importlib.import_module(f"fenqi.cli.{COMMANDS[name].module}")
    app = getattr(module, "app", None)
    if app is None:
        app = typer.Typer()
        app.command(name)(module.command)
    return typer.main.get_command(app)


def test_the_tree_of_the_architecture_exists() -> None:
    missing = [name for name in tree_of(read("ARCHITECTURE.md")) if not (PROJECT / name).exists()]
    assert not missing


def test_the_layers_of_the_architecture_are_those_of_the_contracts() -> None:
    contracts = tomllib.loads(read("pyproject.toml"))["tool"]["importlinter"]["contracts"]
    tiers, core_layers = (layers_of(contract) for contract in contracts[:2])
    assert tiers in read("ARCHITECTURE.md")
    assert tiers in read("docs/decisions/0001-a-pure-core-and-imports-one-way.md")
    assert f"core: {core_layers}" in read("ARCHITECTURE.md")


def layers_of(contract: dict[str, Any]) -> str:
    """The layers in a line, without those that are reserved and not there yet."""
    folder = SOURCE.parent.joinpath(*contract["containers"][0].split("."))
    layers = [[name.strip(" ()") for name in layer.split("|")] for layer in contract["layers"]]
    there = [[name for name in layer if any(folder.glob(f"{name}*"))] for layer in layers]
    return " → ".join("│".join(layer) for layer in there if layer)


def test_the_tree_of_the_architecture_is_whole() -> None:
    named = set(tree_of(read("ARCHITECTURE.md")))
    there = {path for folder in ("src/fenqi", "src/fenqi/core") for path in parts_in(folder)}
    assert there <= named


def parts_in(folder: str) -> Iterator[str]:
    for path in (PROJECT / folder).iterdir():
        if path.is_dir() and any(path.glob("*.py")) and path.name != "__pycache__":
            yield str(path.relative_to(PROJECT))


def tree_of(text: str) -> Iterator[str]:
    """The paths in the first fenced block: a name at the start of a line, in folders by its indentation."""
    block = next(match.group(0) for match in FENCE.finditer(text))
    folders: list[str] = []
    for line in block.splitlines()[1:-1]:
        depth, name = (len(line) - len(line.lstrip())) // 2, line.split()[0]
        folders[depth:] = [name.rstrip("/")]
        yield "/".join(folders)


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: path.name)
def test_paths_exist(document: Path) -> None:
    spans = CODE.findall(without_fences(document.read_text(encoding="utf-8")))
    named = {span for span in spans if is_path(span)}
    missing = {name for name in named if not any(folder.joinpath(name).exists() for folder in (PROJECT, SOURCE))}
    assert not missing


def is_path(span: str) -> bool:
    """Whether a word in code names something of the tree: it begins with a folder of ours, or ends like a file."""
    if re.search(r"[ *{}<>$()]", span) or span.startswith(("/", "--", ".", "http")):
        return False
    first, slash, _ = span.partition("/")
    return bool(slash) and ((PROJECT / first).is_dir() or (SOURCE / first).is_dir())


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: path.name)
def test_what_stands_beside_a_file_is_found_in_it(document: Path) -> None:
    missing: list[str] = []
    for name, what in FOUND_IN.findall(document.read_text(encoding="utf-8")):
        files = [folder / name for folder in (PROJECT, SOURCE) if (folder / name).exists()]
        texts = [file.read_text(encoding="utf-8") for file in files]
        if not any(
            re.search(rf"^\s*(async def|def|class|create function|\w+) ?\b{what}\b|^{what}\b", text, re.MULTILINE)
            for text in texts
        ):
            missing.append(f"{name} {what}")
    assert not missing


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: path.name)
def test_routes_exist(document: Path) -> None:
    named = set(ROUTE.findall(document.read_text(encoding="utf-8")))
    assert named <= routes()


def test_every_route_of_the_merchant_api_is_in_the_guide() -> None:
    told = set(ROUTE.findall(read("docs/api.md")))
    assert {route for route in routes() if route[1].startswith("/v1")} <= told


@cache
def routes() -> set[tuple[str, str]]:
    nowhere: Any = None
    paths = build_app(nowhere).openapi()["paths"]
    return {(method.upper(), path) for path, methods in paths.items() for method in methods}


def test_every_staff_route_is_told_with_its_roles() -> None:
    rows = re.findall(r"^\| `(\w+) (/staff/\S+)` \| ([a-z, ]+) \|", read("docs/operations.md"), re.MULTILINE)
    told = {(method, path): set(Role) if who == "every" else set(who.split(", ")) for method, path, who in rows}
    assert told == {route: set(roles) for route, roles in ACCESS.items()}


def test_codes_of_the_guide_stand_beside_their_status() -> None:
    wrong: list[str] = []
    by_code = {refusal.code: STATUS[refusal.kind] for refusal in refusals()}
    for status, words in statuses_of(read("docs/api.md")):
        wrong += [f"{status} {code}" for code in words if by_code.get(code, status) != status]
        wrong += [code for code in words if code not in by_code and code not in NO_CLASS]
    assert not wrong


NO_CLASS = {"request_invalid", "json_invalid", "route_unknown", "unavailable"}


def statuses_of(text: str) -> Iterator[tuple[int, list[str]]]:
    """Every status of the last section with the codes that follow it."""
    told = re.sub(r"\s+", " ", text.partition("## When the answer is no")[2])
    for status, codes in re.findall(r"\b(4\d\d|503)\b((?:(?!\b4\d\d\b|\b503\b).)*)", told):
        yield int(status), [word for word in CODE.findall(codes) if re.fullmatch(r"[a-z_]+", word)]


@cache
def refusals() -> tuple[type[Refusal], ...]:
    for tier in (core, services, api):
        for module in pkgutil.walk_packages(tier.__path__, f"{tier.__name__}."):
            importlib.import_module(module.name)
    return tuple(below(Refusal))


def below(kind: type[Refusal]) -> Iterator[type[Refusal]]:
    for each in kind.__subclasses__():
        yield each
        yield from below(each)


def test_every_topic_of_a_webhook_is_in_the_guide() -> None:
    assert {topic.value for topic in Topic} <= set(CODE.findall(read("docs/api.md")))


def test_every_state_and_account_is_in_the_glossary() -> None:
    told = set(CODE.findall(read("GLOSSARY.md")))
    assert {member.value for states in GLOSSARY_STATES for member in states} <= told


def test_accounts_of_the_glossary_are_those_of_the_chart() -> None:
    text = read("GLOSSARY.md")
    rows = [
        f"| `{kind.value}` | {line.name_zh} | {line.subject_code or 'memorandum'} | {line.normal_side} |"
        for kind, line in CHART.items()
    ]
    assert [row for row in rows if row not in text] == []


def test_words_of_the_glossary_are_used() -> None:
    words = {word for span in CODE.findall(read("GLOSSARY.md")) for word in re.findall(r"[a-z_0-9]{2,}", span)}
    files = (
        *SOURCE.rglob("*.py"),
        *SOURCE.rglob("*.sql"),
        *PROJECT.glob("db/migrations/*/up.sql"),
        *PROJECT.glob("rulepacks/**/*.yaml"),
    )
    used = set(re.findall(r"[a-z0-9]+(?:_[a-z0-9]+)*", "\n".join(file.read_text(encoding="utf-8") for file in files)))
    assert words - used - parts_of(used) - {"code", "cn"} == set()


def parts_of(words: Iterable[str]) -> set[str]:
    return {part for word in words for part in word.split("_")} | {f"_{word.split('_')[-1]}" for word in words}


def test_every_setting_is_described() -> None:
    settings = load_settings({})
    told = read("docs/operations.md")
    names = [name for name, spec in Settings.__dataclass_fields__.items() if spec.metadata.get("setting", True)]
    assert [name for name in names if f"| `{name}` | `FENQI_{name.upper()}` |" not in told] == []
    assert f"| {settings.port} |" in told


def test_every_exit_code_is_described() -> None:
    told = re.findall(r"^\| (\d) \|", read("docs/operations.md"), re.MULTILINE)
    assert [int(code) for code in told] == list(ExitCode)


def test_both_readmes_tell_the_same() -> None:
    english, chinese = read("README.md"), read("README.zh-CN.md").replace(" --lang zh-CN", "")
    for pattern in (re.compile(r"^(#+) ", re.MULTILINE), COMMAND, re.compile(r"^\| (S\d+)", re.MULTILINE)):
        assert pattern.findall(english) == pattern.findall(chinese)


@pytest.mark.parametrize("readme", ["README.md", "README.zh-CN.md"])
def test_a_transcript_is_what_the_command_prints(readme: str, capsys: pytest.CaptureFixture[str]) -> None:
    fences = (match.group(0).splitlines()[1:-1] for match in FENCE.finditer(read(readme)))
    told = next(lines for lines in fences if lines[0].startswith("$ ./fenqi "))
    assert main(told[0].removeprefix("$ ./fenqi ").split()) == ExitCode.DONE
    printed = [line.rstrip() for line in capsys.readouterr().out.splitlines()]
    assert [line for line in told[1:] if line != "…" and line not in printed] == []


def test_a_wrong_command_is_noticed() -> None:
    assert list(unknown_words(["quote", "--colour"])) == ["--colour"]
    assert list(unknown_words(["dance"])) == ["dance"]
    assert list(unknown_words(["data", "dance"])) == ["dance"]
