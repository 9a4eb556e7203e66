"""The environments that Fenqi makes for itself from its hashed locks; needs Python's own library only."""

import fcntl
import os
import shutil
import subprocess
import sys
from collections.abc import Generator
from contextlib import contextmanager
from hashlib import sha256
from pathlib import Path
from typing import NoReturn

UNAVAILABLE = 5
"""The exit code of `exit_code.ExitCode.UNAVAILABLE`, which cannot be imported before there is an environment."""

_MINOR_MAX = 19
"""No Python has got so far yet."""
_RUN = ("venv", "requirements.lock")
_BY_COMMAND: dict[tuple[str, ...], tuple[str, str]] = {
    ("test",): ("venv", "requirements-dev.lock"),
}


class CannotInstall(Exception):
    """The environment cannot be made; the message says what to do."""


def run(project: str, arguments: list[str]) -> NoReturn:
    """Replace this process by the command line in the environment that its command needs."""
    root = Path(project)
    name, lock = lock_for(arguments)
    try:
        python = environment(name, root / lock, project=root)
    except (CannotInstall, OSError) as error:
        _say(str(error))
        sys.exit(UNAVAILABLE)
    except KeyboardInterrupt:
        sys.exit(130)
    settings = os.environ | {"PYTHONPATH": str(root / "src")}
    os.execve(python, [str(python), "-P", "-m", "fenqi.cli", *arguments], settings)  # noqa: S606


def lock_for(arguments: list[str]) -> tuple[str, str]:
    """The name of the environment that a command needs, and the lock of what is in it."""
    named = tuple(word for word in arguments if not word.startswith("-"))
    return next((place for words, place in _BY_COMMAND.items() if named[: len(words)] == words), _RUN)


def environment(name: str, lock: Path, *, project: Path, base: Path | None = None) -> Path:
    """The Python of an environment in which everything of a lock is installed, made or brought up to date if need be.

    It is made by the Python that runs here, or by another one, `base`. What a lock no longer names stays installed. Two
    commands never install at once: the second waits.

    Raises: CannotInstall; OSError if the project's folder cannot be written.
    """
    folder = project / ".fenqi" / name
    python = folder / "bin" / "python"
    stamp = folder / f"installed-{lock.name}"
    if _is_installed(python, stamp, lock):
        return python
    with _one_at_a_time(project / ".fenqi"):
        if not _is_installed(python, stamp, lock):
            _make(folder, python, base=base)
            _install(python, lock)
            stamp.write_text(_fingerprint(lock))
    return python


def _is_installed(python: Path, stamp: Path, lock: Path) -> bool:
    """Whether the environment's Python still exists and has what the lock says; both may have changed since."""
    return python.exists() and stamp.exists() and stamp.read_text() == _fingerprint(lock)


def _fingerprint(lock: Path) -> str:
    return sha256(lock.read_bytes()).hexdigest()


@contextmanager
def _one_at_a_time(folder: Path) -> Generator[None]:
    folder.mkdir(exist_ok=True)
    with (folder / "install.lock").open("w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            _say("waiting for another command that is installing …")
            fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def newest_python(at_least: tuple[int, int]) -> Path:
    """The newest Python here that is no older than asked for.

    Raises: CannotInstall without one.
    """
    if sys.version_info >= at_least:
        return Path(sys.executable)
    minors = range(at_least[1], _MINOR_MAX + 1)
    named = [shutil.which(f"python{at_least[0]}.{minor}") for minor in minors]
    kept = Path(os.environ.get("PYENV_ROOT", Path.home() / ".pyenv")).glob("versions/*/bin/python")
    found = {version: python for python in (*filter(None, named), *kept) if (version := _version(python)) >= at_least}
    if not found:
        raise CannotInstall(f"a Python of {at_least[0]}.{at_least[1]} or newer is needed, and there is none here")
    return Path(found[max(found)])


def _version(python: Path | str) -> tuple[int, ...]:
    """Its version; nothing for one that does not run, as the names that pyenv leaves for versions not chosen."""
    told = subprocess.run([python, "-c", "import sys; print(*sys.version_info[:2])"], check=False, capture_output=True)
    return tuple(int(part) for part in told.stdout.split()) if told.returncode == 0 else ()


def _make(folder: Path, python: Path, *, base: Path | None) -> None:
    """Make an empty environment; one whose Python is gone, or that was broken off, is made anew."""
    if python.exists() and _has_pip(python):
        return
    _say(f"first run: making an environment in {folder}")
    shutil.rmtree(folder, ignore_errors=True)
    try:
        subprocess.run([base or sys.executable, "-m", "venv", folder], check=True, capture_output=True)
    except subprocess.CalledProcessError as error:
        raise CannotInstall("Python's venv module is incomplete here; on Debian: apt install python3-venv") from error


def _has_pip(python: Path) -> bool:
    return subprocess.run([python, "-m", "pip", "--version"], check=False, capture_output=True).returncode == 0


def _install(python: Path, lock: Path) -> None:
    """Install exactly what the lock names: wheels only, each checked against its hashes."""
    total = sum("==" in line for line in lock.read_text().splitlines() if not line.startswith((" ", "#")))
    _say(f"installing {total} packages of {lock.name} …")
    exact = ("--require-hashes", "--only-binary", ":all:", "--no-deps", "--disable-pip-version-check")
    command = [str(python), "-m", "pip", "install", *exact, "--progress-bar", "off", "-r", str(lock)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True) as pip:
        said = _follow(pip, total=total)
    if pip.returncode:
        raise CannotInstall(f"pip could not install {lock.name}:\n" + "\n".join(said[-12:]))
    _say("installed")


def _follow(pip: subprocess.Popen[str], *, total: int) -> list[str]:
    """Show on a terminal how far pip is; everywhere else the lines before and after will do."""
    said: list[str] = []
    begun = 0
    for line in pip.stdout or ():
        said.append(line.rstrip())
        if sys.stderr.isatty():
            begun += line.startswith("Collecting")
            step = "unpacking" if line.startswith("Installing") else f"{begun} of {total}"
            sys.stderr.write(f"\r\033[Kfenqi: {step}")
            sys.stderr.flush()
    if sys.stderr.isatty():
        sys.stderr.write("\r\033[K")
    return said


def _say(message: str) -> None:
    sys.stderr.write(f"fenqi: {message}\n")
