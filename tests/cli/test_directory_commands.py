"""Reading the directory in and out, keys and PIN, routes and events, from a shell."""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from app import Application, Config
from cli.main import dutyline
from telephone import Account, Telephone, WsgiTransport, play

TEAMS = "authority,team,slug,number\ndevon,Initial Response North,devon-ir-north,{number}\n"


@pytest.fixture
def shell(config: Config, application: Application) -> CliRunner:
    """A shell on the machine of a running application."""
    assert application.publication.current().plans.current
    return CliRunner(
        env={
            "DUTYLINE_STATE_DIR": str(config.state),
            "DUTYLINE_DATABASE_URL": config.database_url,
            "DUTYLINE_SECRET_KEY": config.secret,
        }
    )


def said(shell: CliRunner, *words: str, typed: str = "") -> str:
    result = shell.invoke(dutyline, list(words), input=typed)
    assert result.exit_code == 0, result.output
    return result.output


def test_an_import_rings_on_the_next_call_of_a_running_worker(
    shell: CliRunner, application: Application, tmp_path: Path
) -> None:
    file = tmp_path / "teams.csv"
    file.write_text(TEAMS.format(number="020 7946 0321"))
    assert "change team devon-ir-north" in said(shell, "import", str(file))
    duty = application.publication.freshest().directory.teams["devon-ir-north"].duty_numbers
    assert [one.number.e164 for one in duty] == ["+442079460321"]


def test_a_dry_run_writes_nothing(shell: CliRunner, application: Application, tmp_path: Path) -> None:
    file = tmp_path / "teams.csv"
    file.write_text(TEAMS.format(number="020 7946 0321"))
    said(shell, "import", str(file), "--dry-run")
    duty = application.publication.freshest().directory.teams["devon-ir-north"].duty_numbers
    assert [one.number.e164 for one in duty] == ["+441392388481"]


def test_every_problem_of_a_file_is_told_and_nothing_is_written(shell: CliRunner, tmp_path: Path) -> None:
    file = tmp_path / "teams.csv"
    file.write_text(TEAMS.format(number="999") + "nowhere,Team,slug-2,0909 879 0000\n")
    result = shell.invoke(dutyline, ["import", str(file)])
    assert result.exit_code == 1
    assert all(
        text in result.output for text in ("row 2, number", "row 3, authority", "row 3, number", "Nothing was written")
    )


def test_what_is_exported_reads_back_without_a_change(shell: CliRunner, tmp_path: Path) -> None:
    for kind in ("teams", "people"):
        file = tmp_path / f"{kind}.csv"
        file.write_text(said(shell, "export", kind))
        assert "Nothing would change." in said(shell, "import", str(file), "--dry-run")


def test_a_key_is_printed_once_and_alone(shell: CliRunner) -> None:
    assert said(shell, "key", "create", "--role", "viewer", "--name", "a screen").strip().startswith("dl_")


def test_a_route_says_who_rings_and_who_does_not(shell: CliRunner) -> None:
    output = said(shell, "route", "devon", "--team", "devon-early-help", "--at", "2026-11-25T10:00")
    assert "0345 155 1071" in output
    assert "No number is known for" in output


def test_the_staff_pin_is_kept_only_as_a_hash(shell: CliRunner, application: Application) -> None:
    said(shell, "staff-pin", "derbyshire", typed="4711\n4711\n")
    application.publication.publish()
    kept = application.publication.current().directory.authorities["derbyshire"].staff_pin
    assert kept
    assert "4711" not in kept


def test_a_call_is_explained_and_exported_without_personal_data(
    shell: CliRunner, application: Application, config: Config
) -> None:
    phone = Telephone(
        WsgiTransport(application.flask),
        Account(config.account, config.tokens[0]),
        f"{config.public_url}/webhooks/voice",
    )
    call = play(phone.dial("+442079460101"), ["3"])
    sid = dict(call.exchanges[0].parameters)["CallSid"]
    application.upkeep.end()
    application.journal.close()
    explained = said(shell, "explain", sid)
    assert "The caller pressed 3: a new concern about a child." in explained
    lines = [json.loads(line) for line in said(shell, "export-events").splitlines()]
    assert {"call", "leg", "sequence", "kind", "at", "line", "plan", "decision", "reason"} == set(lines[0])
    assert "442079460999" not in json.dumps(lines)


def test_an_unknown_call_is_refused_in_words(shell: CliRunner) -> None:
    result = shell.invoke(dutyline, ["explain", "CAnowhere"])
    assert result.exit_code == 1
    assert "No call" in result.output


def test_the_journal_of_a_dead_worker_is_moved(shell: CliRunner) -> None:
    assert "Moved 0 events" in said(shell, "journal", "drain")
