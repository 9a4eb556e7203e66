"""`fenqi web`: build the pages, and see whether what is committed is what the sources make."""

import json
import os
import re
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import typer

from fenqi.api.app import describe_app
from fenqi.api.page import FOLDER
from fenqi.cli.console import say
from fenqi.cli.environment import CannotInstall, environment
from fenqi.cli.exit_code import ExitCode
from fenqi.core.refusal import Unavailable
from fenqi.settings import PROJECT

WEB = PROJECT / "web"
APPS = ("h5", "shop", "staff")
_CERTIFICATES = "NODE_EXTRA_CA_CERTS"
_BUNDLES = (Path("/etc/ssl/certs/ca-certificates.crt"), Path("/etc/pki/tls/certs/ca-bundle.crt"))
_OLDEST_NODE = (20, 19)
_CLIENT = Path("ui/src/api/schema.d.ts")

app = typer.Typer(no_args_is_help=True)


@app.command()
def build() -> None:
    """Describe the API, make the client of it, check the types and build the pages into src/fenqi/pages."""
    npm = _installed()
    _write_description()
    _run(npm, "run", "--silent", "client")
    _run(npm, "run", "--silent", "types")
    _build_into(npm, FOLDER)
    say(f"built {sum(1 for _ in _files(FOLDER))} files into {FOLDER.relative_to(PROJECT)}")


@app.command()
def check() -> ExitCode:
    """Build again elsewhere, and compare with what is here, which stays as it is; exit code 1 if anything differs."""
    npm = _installed()
    before = _sources()
    _write_description()
    _run(npm, "run", "--silent", "client")
    differing = [f"web/{name}" for name, text in _sources().items() if text != before[name]]
    for name in before:
        (WEB / name).write_text(before[name])
    _run(npm, "run", "--silent", "types")
    with tempfile.TemporaryDirectory(prefix="fenqi-pages-") as folder:
        _build_into(npm, Path(folder))
        differing += _differing(Path(folder), FOLDER)
    for name in differing:
        say(f"{name} is not what its sources make: ./fenqi web build")
    return ExitCode.CHECK_FAILED if differing else ExitCode.DONE


@app.command()
def lock() -> None:
    """Resolve the packages anew, and keep the lock free of addresses."""
    _run(_npm(), "install", "--package-lock-only")
    path = WEB / "package-lock.json"
    read: dict[str, Any] = json.loads(path.read_text())
    for package in read["packages"].values():
        package.pop("funding", None)
    path.write_text(json.dumps(read, indent=2, ensure_ascii=False) + "\n")


def _sources() -> dict[str, str]:
    """What is made of the API, by name."""
    found = (WEB / "openapi.json", WEB / _CLIENT)
    return {str(path.relative_to(WEB)): path.read_text() if path.exists() else "" for path in found}


def _write_description() -> None:
    text = json.dumps(describe_app().openapi(), ensure_ascii=False, indent=1, sort_keys=True)
    (WEB / "openapi.json").write_text(text + "\n")


def _build_into(npm: Path, folder: Path) -> None:
    for name in APPS:
        _run(npm, "exec", "--", "vite", "build", name, "--outDir", str(folder / name), "--emptyOutDir")


def _differing(made: Path, kept: Path) -> list[str]:
    names = {path.relative_to(root) for root in (made, kept) for path in _files(root)}
    shown = kept.relative_to(PROJECT)
    return [str(shown / name) for name in sorted(names) if _content(made / name) != _content(kept / name)]


def _files(folder: Path) -> Iterator[Path]:
    return (path for path in folder.rglob("*") if path.is_file())


def _content(path: Path) -> bytes | None:
    return path.read_bytes() if path.is_file() else None


def _installed() -> Path:
    """The npm of a Node that is new enough, after the packages of the lock are in place."""
    npm, stamp, lock = _npm(), WEB / "node_modules" / ".fenqi-lock", WEB / "package-lock.json"
    if not stamp.exists() or stamp.read_text() != lock.read_text():
        _run(npm, "ci", "--no-audit", "--no-fund", "--loglevel=error")
        stamp.write_text(lock.read_text())
    return npm


def _npm() -> Path:
    """The npm beside the Node on the PATH if that is new enough, else one of our own.

    Raises: Unavailable.
    """
    node, npm = shutil.which("node"), shutil.which("npm")
    if node and npm and _version(node) >= _OLDEST_NODE:
        return Path(npm)
    try:
        return environment("node", PROJECT / "requirements-web.lock", project=PROJECT).parent / "npm"
    except CannotInstall as error:
        raise Unavailable(f"there is no Node here: {error}", retry=True) from error


def _version(node: str) -> tuple[int, ...]:
    told = subprocess.run([node, "--version"], check=False, capture_output=True, text=True).stdout
    found = re.match(r"v(\d+)\.(\d+)", told)
    return tuple(int(number) for number in found.groups()) if found else ()


def _trusted() -> dict[str, str]:
    """Let Node trust the certificates that this machine trusts, besides those it brings; what is set already stays."""
    bundle = next((path for path in _BUNDLES if path.exists()), None)
    return {_CERTIFICATES: str(bundle)} if bundle and _CERTIFICATES not in os.environ else {}


def _run(program: Path, *arguments: str) -> None:
    """Raises: Unavailable."""
    path = f"{program.parent}{os.pathsep}{os.environ.get('PATH', '')}"
    ended = subprocess.run(
        [program, *arguments],
        cwd=WEB,
        env=os.environ | {"PATH": path} | _trusted(),
        check=False,
        stdin=subprocess.DEVNULL,
    )
    if ended.returncode:
        raise Unavailable(f"{program.name} {' '.join(arguments)} failed", retry=False)
