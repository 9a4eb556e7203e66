"""One table says with which exit code a command ends."""

import json

import pytest

from fenqi.cli import main as command_line
from fenqi.cli.exit_code import BY_KIND, ExitCode, exit_code_of
from fenqi.core.refusal import Broken, Kind, Refusal, Unavailable


def test_every_kind_of_refusal_has_an_exit_code():
    assert set(BY_KIND) == set(Kind)


def test_the_outside_and_a_broken_invariant_have_theirs():
    assert exit_code_of(Unavailable("gone", retry=True)) is ExitCode.UNAVAILABLE
    assert exit_code_of(Broken("sums differ")) is ExitCode.CHECK_FAILED


def test_writes_a_refusal_as_json_with_its_source(monkeypatch, capsys):
    class TooDear(Refusal):
        code = "too_dear"
        kind = Kind.RULE

    def refuse(arguments):
        raise TooDear("25 % a year", allowed="24 %", source="circular 1")

    monkeypatch.setattr(command_line, "_application", refuse)

    assert command_line.main(["quote", "--json"]) == ExitCode.REFUSED
    refusal = {"code": "too_dear", "what": "25 % a year", "allowed": "24 %", "source": "circular 1"}
    assert json.loads(capsys.readouterr().out) == {"refusal": refusal}


@pytest.mark.parametrize("arguments", [["no-such-command"], ["status", "--no-such-option"], ["up", "--port", "0"]])
def test_a_command_line_that_cannot_be_read_is_bad_input(arguments, capsys):
    assert command_line.main(arguments) == ExitCode.BAD_INPUT
    assert "usage" in capsys.readouterr().err


def test_help_names_every_command(capsys):
    assert command_line.main(["--help"]) == ExitCode.DONE
    said = capsys.readouterr().out
    assert all(name in said for name in command_line.COMMANDS)


@pytest.mark.parametrize("name", sorted(command_line.COMMANDS))
def test_every_command_in_the_table_can_be_asked_for_help(name, capsys):
    assert command_line.main([name, "--help"]) == ExitCode.DONE
