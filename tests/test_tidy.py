"""The house rules that a machine can hold; each is shown to catch an offence."""

import ast
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from graphlib import CycleError, TopologicalSorter
from pathlib import Path

import pytest

PROJECT = Path(__file__).resolve().parents[1]
LINES_MAX = 400
FUNCTION_LINES_MAX = 59
EMPTY_NAMES = {"util", "utils", "helper", "helpers", "common", "manager", "managers", "base", "misc", "data", "info"}
EMPTY_CLASS_NAME = re.compile(r"(Manager|Helper|Utils?|Info|Data)$")
UNFINISHED = re.compile(r"\b(TODO|FIXME)\b|# ?XXX|raise NotImplementedError|pytest\.skip\(\)|assert True\b")
SQL_ASKS_THE_TIME = re.compile(
    r"\b(now|clock_timestamp|statement_timestamp|transaction_timestamp|timeofday)\s*\(|"
    r"\b(current_timestamp|current_date|current_time|localtimestamp|localtime)\b",
    re.IGNORECASE,
)
SQL_COMMENT_OR_TEXT = re.compile(r"--[^\n]*|'(?:[^']|'')*'")
SQL_STATEMENT = re.compile(
    r"^\s*(select\s.+\sfrom\s|with\s+\w+\s+as\s*\(|insert\s+into\s|delete\s+from\s|update\s+\w+\s+set\s|truncate\s|"
    r"(create|alter|drop)\s+(table|schema|role|index|database|function|view)\s|set\s+(local\s+)?\w+\s*=)",
    re.IGNORECASE | re.DOTALL,
)
READS_A_CLOCK = {"now", "utcnow", "today", "time", "time_ns"}
CLOCKS = {"datetime", "date", "time"}
CORE_MAY_IMPORT = {
    "abc",
    "base64",
    "bisect",
    "calendar",
    "chinese_calendar",
    "collections",
    "dataclasses",
    "datetime",
    "decimal",
    "enum",
    "fenqi",
    "fractions",
    "functools",
    "graphlib",
    "hashlib",
    "hmac",
    "itertools",
    "jinja2",
    "json",
    "math",
    "msgspec",
    "numba",
    "numpy",
    "operator",
    "re",
    "string",
    "types",
    "typing",
    "unicodedata",
    "uuid",
    "zen",  # the engine that strategies are held to; it touches nothing outside
}
CORE_MAY_NOT_CALL = {"open", "print", "input", "breakpoint", "exec", "eval", "uuid1", "uuid4", "uuid7"}
PACKAGE_HOST = re.compile(r'https?://[^ "]*(\.whl|/-/[^ "]*\.tgz|/simple/?)([" #]|$)', re.MULTILINE)
SOMEBODYS_HOME = re.compile(r"/(home|Users)/(?!user\b)\w+/")


@dataclass(frozen=True)
class Source:
    """One file as the rules see it; `path` is relative to the project."""

    path: Path
    text: str

    @property
    def tree(self) -> ast.Module:
        return parsed(self.text)

    def is_in(self, folder: str) -> bool:
        return self.path.is_relative_to(folder)


@cache
def parsed(text: str) -> ast.Module:
    return ast.parse(text)


@cache
def sources(*suffixes: str) -> tuple[Source, ...]:
    """The project's own files of some kinds; folders whose name begins with a dot are no part of it."""
    folders = (
        "src",
        "tests",
        "db",
        "benchmarks",
        "examples",
        "partner",
        "rulepacks",
        "docs",
        *(f"web/{app}/src" for app in ("ui", "h5", "shop", "staff")),
        ".ci",
        "deploy",
    )
    inside = (path for folder in folders for path in sorted((PROJECT / folder).rglob("*")))
    found = (*sorted(PROJECT.glob("*")), *inside)
    wanted = (path for path in found if path.is_file() and path.suffix in suffixes and is_written_by_hand(path))
    return tuple(Source(path.relative_to(PROJECT), path.read_text(errors="replace")) for path in wanted)


def is_written_by_hand(path: Path) -> bool:
    """Not compiled, not built, not made from the API."""
    built = PROJECT / "src" / "fenqi" / "pages"
    return not (path.is_relative_to(built) or "__pycache__" in path.parts or path.name.endswith(".d.ts"))


def too_long_files(source: Source) -> Iterator[str]:
    lines = source.text.count("\n")
    if lines > LINES_MAX:
        yield f"{lines} lines, more than {LINES_MAX}: split along nouns"


def too_long_functions(source: Source) -> Iterator[str]:
    for node in ast.walk(source.tree):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            lines = (node.end_lineno or node.lineno) - node.lineno + 1
            if lines > FUNCTION_LINES_MAX:
                yield f"{node.lineno}: {node.name} has {lines} lines, more than {FUNCTION_LINES_MAX}"


def empty_names(source: Source) -> Iterator[str]:
    for part in source.path.with_suffix("").parts:
        if part in EMPTY_NAMES:
            yield f"the name {part!r} says nothing"
    for node in ast.walk(source.tree):
        if isinstance(node, ast.ClassDef) and EMPTY_CLASS_NAME.search(node.name):
            yield f"{node.lineno}: the name {node.name!r} says nothing"


def missing_docstrings(source: Source) -> Iterator[str]:
    if not source.is_in("src") or not source.text:
        return
    if not ast.get_docstring(source.tree):
        yield "the module has no docstring"
    for node in source.tree.body:
        public = isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef) and node.name[0] != "_"
        if public and not ast.get_docstring(node):
            yield f"{node.lineno}: {node.name} has no docstring"


def unfinished_work(source: Source) -> Iterator[str]:
    if source.path.name == Path(__file__).name:
        return
    for number, line in enumerate(source.text.splitlines(), start=1):
        if UNFINISHED.search(line):
            yield f"{number}: unfinished: {line.strip()}"


def sql_that_asks_the_time(source: Source) -> Iterator[str]:
    """Instants are arguments: a default of now() would differ from shard to shard, and no replay could repeat it."""
    if source.path.suffix == ".sql":
        statements = [(1, SQL_COMMENT_OR_TEXT.sub(lambda found: "\n" * found.group().count("\n"), source.text))]
    else:
        statements = [(line, text) for line, text in written_texts(source.tree) if source.is_in("src/fenqi/stores")]
    for line, text in statements:
        for found in SQL_ASKS_THE_TIME.finditer(text):
            yield f"{line + text[: found.start()].count(chr(10))}: SQL asks the time: {found.group()}"


def sql_out_of_place(source: Source) -> Iterator[str]:
    """A stand-in plays somebody else's system, whose books are its own."""
    if not source.is_in("src") or source.is_in("src/fenqi/stores"):
        return
    if source.is_in("src/fenqi/gateways") and source.path.stem.startswith("stand_in"):
        return
    for node in ast.walk(source.tree):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr == "execute":
            yield f"{node.lineno}: a statement is executed outside stores and db"
    for line, text in written_texts(source.tree):
        if SQL_STATEMENT.match(text):
            yield f"{line}: SQL outside stores and db: {text.strip()[:60]!r}"


def clocks_read_out_of_place(source: Source) -> Iterator[str]:
    if not source.is_in("src") or source.path == Path("src/fenqi/wiring.py"):
        return
    for node in ast.walk(source.tree):
        match node:
            case ast.Attribute(value=ast.Name(id=owner) | ast.Attribute(attr=owner), attr=attr):
                if owner in CLOCKS and attr in READS_A_CLOCK:
                    yield f"{node.lineno}: reads the clock with {owner}.{attr}; only wiring does"


def impurity(source: Source) -> Iterator[str]:
    if not source.is_in("src/fenqi/core"):
        return
    for node in ast.walk(source.tree):
        for name in imported_names(node):
            if name.split(".")[0] not in CORE_MAY_IMPORT:
                yield f"{node.lineno}: the core imports {name}"
        match node:
            case ast.Call(func=ast.Name(id=called) | ast.Attribute(value=ast.Name(id="uuid"), attr=called)):
                compiles = called == "exec" and source.is_in("src/fenqi/core/strategy")  # proven graphs, as functions
                if called in CORE_MAY_NOT_CALL and not compiles:
                    yield f"{node.lineno}: the core calls {called}"
            case ast.AsyncFunctionDef():
                yield f"{node.lineno}: the core waits for nothing, so {node.name} is not async"


def machine_traces(source: Source) -> Iterator[str]:
    """Nothing may depend on, or tell, where it was written."""
    nearby = f"{PROJECT.parent}/"
    found = [nearby] if len(nearby) > 4 and nearby in source.text else []
    found += [hit.group() for rule in (PACKAGE_HOST, SOMEBODYS_HOME) for hit in rule.finditer(source.text)]
    yield from (f"a path or host of one machine: {trace}" for trace in found)


def imported_names(node: ast.AST) -> tuple[str, ...]:
    match node:
        case ast.Import(names=names):
            return tuple(alias.name for alias in names)
        case ast.ImportFrom(module=module, names=names) if module:
            return tuple(f"{module}.{alias.name}" for alias in names)
    return ()


def written_texts(tree: ast.Module) -> Iterator[tuple[int, str]]:
    """The texts of a module that are not documentation."""
    documentation = {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in documentation:
            yield node.lineno, node.value


CODE = (".py",)
EVERYTHING = (
    ".py",
    ".sql",
    ".md",
    ".toml",
    ".yaml",
    ".yml",
    ".json",
    ".ts",
    ".tsx",
    ".css",
    ".html",
    ".sh",
    ".lock",
    "",
)
RULES = {
    too_long_files: (".py", ".sql", ".ts", ".tsx", ".css"),
    too_long_functions: CODE,
    empty_names: CODE,
    missing_docstrings: CODE,
    unfinished_work: (".py", ".sql", ".ts", ".tsx"),
    sql_that_asks_the_time: (".py", ".sql"),
    sql_out_of_place: CODE,
    clocks_read_out_of_place: CODE,
    impurity: CODE,
    machine_traces: EVERYTHING,
}


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.__name__)
def test_nobody_breaks_the_rule(rule):
    found = [f"{source.path}:{told}" for source in sources(*RULES[rule]) for told in rule(source)]

    assert found == []


def test_no_module_reaches_itself_through_its_imports():
    modules = {name_of(source.path): source for source in sources(*CODE) if source.is_in("src")}
    graph = {name: {*reached(source.tree, modules)} - {name} for name, source in modules.items()}

    try:
        TopologicalSorter(graph).prepare()
    except CycleError as error:
        pytest.fail(f"an import cycle: {' → '.join(error.args[1])}")


def name_of(path: Path) -> str:
    parts = path.with_suffix("").parts[1:]
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


def reached(tree: ast.Module, modules: dict[str, Source]) -> Iterator[str]:
    """The modules that an import names; of `from package import thing`, the thing if it is a module."""
    for node in ast.walk(tree):
        for name in imported_names(node):
            if name in modules:
                yield name
            elif name.rpartition(".")[0] in modules:
                yield name.rpartition(".")[0]


OFFENCES = [
    (too_long_files, "src/fenqi/core/loan/replay.py", "x = 1\n" * 401),
    (too_long_functions, "src/fenqi/core/loan/replay.py", "def replay():\n" + "    x = 1\n" * 59),
    (empty_names, "src/fenqi/core/utils.py", ""),
    (empty_names, "src/fenqi/core/loan/replay.py", "class LoanManager: ..."),
    (missing_docstrings, "src/fenqi/core/loan/replay.py", "x = 1"),
    (missing_docstrings, "src/fenqi/core/loan/replay.py", '"""Loans."""\ndef replay(): ...'),
    (unfinished_work, "src/fenqi/core/loan/replay.py", "# TO" + "DO: later"),
    (sql_that_asks_the_time, "db/migrations/0001-a/up.sql", "create table t (at timestamptz default now());"),
    (sql_that_asks_the_time, "src/fenqi/stores/loan.py", "LATE = 'select 1 where due_on < current_date'"),
    (sql_out_of_place, "src/fenqi/services/pay.py", "FIND = 'select id\\nfrom loan where b = 1'"),
    (sql_out_of_place, "src/fenqi/services/pay.py", "f'update loan set x = {1}'"),
    (sql_out_of_place, "src/fenqi/services/pay.py", "await connection.execute(FIND)"),
    (clocks_read_out_of_place, "src/fenqi/services/pay.py", "at = datetime.now(UTC)"),
    (clocks_read_out_of_place, "src/fenqi/services/pay.py", "day = datetime.date.today()"),
    (impurity, "src/fenqi/core/loan/replay.py", "import random"),
    (impurity, "src/fenqi/core/loan/replay.py", "from os.path import exists"),
    (impurity, "src/fenqi/core/loan/replay.py", "open('x')"),
    (impurity, "src/fenqi/core/loan/replay.py", "uuid.uuid4()"),
    (impurity, "src/fenqi/core/loan/replay.py", "async def replay(): ..."),
    (machine_traces, "docs/x.md", "see /home/" + "somebody/fenqi"),
    (machine_traces, "requirements.lock", "--index-url https://example.org" + "/simple\n"),
]


@pytest.mark.parametrize(("rule", "path", "text"), OFFENCES, ids=lambda value: getattr(value, "__name__", None))
def test_the_rule_catches_an_offence(rule, path, text):
    assert list(rule(Source(Path(path), text)))
