"""Who rings, and what changes, at a shell."""

import json
from pathlib import Path

import icalendar
import pytest
from click.testing import CliRunner

from cli.main import dutyline


@pytest.fixture
def shell(tmp_path: Path) -> CliRunner:
    """A shell whose Dutyline has a state folder of its own and no account."""
    return CliRunner(env={"DUTYLINE_STATE_DIR": str(tmp_path), "TWILIO_ACCOUNT_SID": "", "DUTYLINE_DATABASE_URL": ""})


def said(shell: CliRunner, *words: str) -> str:
    result = shell.invoke(dutyline, list(words))
    assert result.exit_code == 0, result.output
    return result.output


def test_a_team_is_told_with_how_long_each_phone_rings(shell: CliRunner) -> None:
    output = said(shell, "route", "--team", "devon-cf-exeter-4", "--at", "2026-11-27T10:00")
    assert "Devon social care, Fri 27 Nov 2026 10:00: open until Fri 27 Nov 2026 16:00." in output
    assert (
        "1. Children & Families Exeter 4 on 07812 106279: the team's duty number, at most 32 seconds, press 1 to accept"
        in output
    )


def test_a_worker_is_told_as_one_object(shell: CliRunner) -> None:
    told = json.loads(said(shell, "route", "devon", "--person", "w-3f9a2c", "--at", "2026-11-27T10:00", "--json"))
    assert [rung["step"] for rung in told["rings"]] == ["worker", "manager", "duty", "last-resort", "last-resort"]
    assert told["rings"][-1]["accept"] == "connect"
    assert told["line"] == "devon"


@pytest.mark.parametrize(
    ("words", "remedy"),
    [
        (["route"], "Name a line"),
        (["route", "nowhere"], "lines are: "),
        (["route", "devon", "--team", "nobody"], "dutyline export teams"),
        (["route", "devon", "--person", "nobody"], "dutyline export people"),
        (["changes", "nowhere"], "lines are: "),
        (["changes", "--json", "--ics"], "Give either"),
    ],
)
def test_what_is_wrong_is_said_with_the_remedy(shell: CliRunner, words: list[str], remedy: str) -> None:
    result = shell.invoke(dutyline, words)
    assert result.exit_code in (1, 2)
    assert remedy in result.output


def test_a_year_of_changes_is_told_in_words_as_an_object_and_as_a_calendar(shell: CliRunner) -> None:
    words = said(shell, "changes", "devon", "--days", "400")
    told = json.loads(said(shell, "changes", "devon", "--days", "400", "--json"))["items"]
    file = icalendar.Calendar.from_ical(said(shell, "changes", "devon", "--days", "400", "--ics"))
    assert [one["sentence"] for one in told] == words.splitlines()
    assert {"ordinary-week", "bank-holiday", "clock-change"} <= {one["cause"] for one in told}
    assert len(file.walk("VEVENT")) == len(told) - 1
