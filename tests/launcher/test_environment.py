"""The environment is made once, from its lock, by one command at a time."""

import fcntl
import subprocess
import sys
import threading
from pathlib import Path

import pytest

from fenqi.cli import environment as environments
from fenqi.cli.environment import CannotInstall, environment

PROJECT = Path(__file__).resolve().parents[2]


@pytest.fixture(scope="module")
def project(tmp_path_factory):
    """A project whose lock names nothing, with its environment made."""
    folder = tmp_path_factory.mktemp("project")
    (folder / "some.lock").write_text("# nothing\n")
    environment("venv", folder / "some.lock", project=folder)
    return folder


def test_makes_a_python_of_its_own(project):
    python = environment("venv", project / "some.lock", project=project)
    asked = subprocess.run([python, "-c", "import sys; print(sys.prefix)"], check=True, capture_output=True, text=True)

    assert Path(asked.stdout.strip()) == project / ".fenqi" / "venv"


def test_says_nothing_when_everything_is_installed(project, capfd):
    environment("venv", project / "some.lock", project=project)

    assert capfd.readouterr() == ("", "")


def test_installs_again_when_the_lock_has_changed(project, capfd):
    (project / "some.lock").write_text("# nothing, said otherwise\n")
    environment("venv", project / "some.lock", project=project)

    assert "installing" in capfd.readouterr().err


def test_refuses_a_package_whose_hash_differs_from_the_lock(project):
    wrong = project / "wrong.lock"
    wrong.write_text(f"pip==25.0 --hash=sha256:{'0' * 64}\n")

    with pytest.raises(CannotInstall):
        environment("venv", wrong, project=project)

    assert not (project / ".fenqi" / "venv" / "installed-wrong.lock").exists()


def test_waits_for_another_command_that_is_installing(project, capfd):
    (project / "late.lock").write_text("# nothing\n")
    with (project / ".fenqi" / "install.lock").open("w") as held:
        fcntl.flock(held, fcntl.LOCK_EX)
        late = {"lock": project / "late.lock", "project": project}
        waiting = threading.Thread(target=environment, args=("venv",), kwargs=late)
        waiting.start()
        waiting.join(timeout=0.5)
        assert waiting.is_alive()
        assert "waiting for another command" in capfd.readouterr().err
    waiting.join(timeout=60)

    assert (project / ".fenqi" / "venv" / "installed-late.lock").exists()


@pytest.mark.parametrize(
    ("arguments", "lock"),
    [
        (["up"], "requirements.lock"),
        (["quote", "--price", "test"], "requirements.lock"),
        (["test", "--fast"], "requirements-dev.lock"),
        (["model", "train"], "requirements.lock"),
        (["model", "show"], "requirements.lock"),
        ([], "requirements.lock"),
    ],
)
def test_a_command_gets_the_environment_it_needs(arguments, lock):
    assert environments.lock_for(arguments)[1] == lock


def test_an_older_python_is_told_so():
    """The launcher must parse on it; what it says needs nothing newer than Python 3.6."""
    program = "import sys; sys.version_info = (3, 9, 2); sys.argv = ['fenqi']; exec(open(sys.orig_argv[-1]).read())"
    told = subprocess.run(
        [sys.executable, "-c", program, PROJECT / "fenqi"], check=False, capture_output=True, text=True
    )

    assert told.returncode == 5
    assert "needs Python 3.11 or newer; this is 3.9" in told.stderr
