"""The command line, as somebody at a shell meets it."""

from pathlib import Path

import pytest
from click.testing import CliRunner

from cli.main import COMMANDS, dutyline


@pytest.fixture
def shell(tmp_path: Path) -> CliRunner:
    """A shell whose Dutyline has a state folder of its own and no account."""
    return CliRunner(env={"DUTYLINE_STATE_DIR": str(tmp_path), "TWILIO_ACCOUNT_SID": "", "DUTYLINE_DATABASE_URL": ""})


def said(shell: CliRunner, *words: str) -> str:
    result = shell.invoke(dutyline, list(words))
    assert result.exit_code == 0, result.output
    return result.output


def test_a_call_is_printed_in_plain_english(shell: CliRunner) -> None:
    output = said(shell, "dial", "devon", "--at", "2026-11-27T10:00", "--keys", "2,1,1")
    assert "Friday 27 November 2026, 10:00" in output
    assert "01392 388481 rings" in output
    assert "Press 1 to accept: Initial Response North, Devon social care." in output


def test_a_callee_does_what_is_asked(shell: CliRunner) -> None:
    words = ("dial", "devon", "--at", "Sat 11:00", "--callee", "0345 6000 388=no-answer", "--why")
    output = said(shell, *words)
    assert "0345 600 0388 is not answered" in output
    assert "Nobody is left to ring" in output


def test_an_unknown_line_names_those_that_there_are(shell: CliRunner) -> None:
    result = shell.invoke(dutyline, ["dial", "devn"])
    assert result.exit_code == 1
    assert "devon" in result.output


def test_a_moment_that_cannot_be_read_says_how_to_write_one(shell: CliRunner) -> None:
    result = shell.invoke(dutyline, ["dial", "devon", "--at", "teatime"])
    assert result.exit_code == 2
    assert "2026-11-27T16:05" in result.output


def test_an_outcome_that_cannot_be_read_says_which_there_are(shell: CliRunner) -> None:
    result = shell.invoke(dutyline, ["dial", "devon", "--callee", "0345 6000 388=sleeps"])
    assert result.exit_code == 2
    assert "no-answer" in result.output


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_has_help(shell: CliRunner, name: str) -> None:
    assert "Usage:" in said(shell, name, "--help")


def test_help_lists_every_command(shell: CliRunner) -> None:
    output = said(shell, "--help")
    assert all(name in output for name in COMMANDS)
