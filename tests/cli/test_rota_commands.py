"""Reading a rota in from a shell, and writing it out."""

from pathlib import Path

import pytest
from click.testing import CliRunner

from app import Application, Config
from cli.main import dutyline
from directory.numbers import Number

TEAM = "devon-ir-north"
FILE = """BEGIN:VCALENDAR
BEGIN:VEVENT
DTSTART;VALUE=DATE:20261127
DTEND;VALUE=DATE:20261204
SUMMARY:Rowan Sampleton
END:VEVENT
BEGIN:VEVENT
DTSTART;VALUE=DATE:20261204
DTEND;VALUE=DATE:20261211
SUMMARY:020 7946 0301
END:VEVENT
END:VCALENDAR
"""


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


def said(shell: CliRunner, *words: str) -> str:
    result = shell.invoke(dutyline, ["rota", *words])
    assert result.exit_code == 0, result.output
    return result.output


def file_with(folder: Path, text: str) -> str:
    path = folder / "rota.ics"
    path.write_text(text, encoding="utf-8")
    return str(path)


def test_a_rota_is_read_in_and_rings_on_a_running_worker(
    shell: CliRunner, application: Application, tmp_path: Path
) -> None:
    output = said(shell, "import", TEAM, file_with(tmp_path, FILE), "--handover", "17:00")
    assert "add    Fri 27 Nov 2026 17:00 until Fri 4 Dec 2026 17:00: Rowan Sampleton" in output
    assert "Written: the rota of Initial Response North" in output
    rota = application.publication.freshest().directory.teams[TEAM].rota
    assert [shift.who for shift in rota] == ["w-3f9a2c", Number("+442079460301")]


def test_a_dry_run_of_a_rota_writes_nothing(shell: CliRunner, application: Application, tmp_path: Path) -> None:
    assert "add" in said(shell, "import", TEAM, file_with(tmp_path, FILE), "--dry-run")
    assert application.publication.freshest().directory.teams[TEAM].rota == ()


def test_what_is_exported_reads_back_without_a_change(shell: CliRunner, tmp_path: Path) -> None:
    said(shell, "import", TEAM, file_with(tmp_path, FILE))
    exported = file_with(tmp_path, said(shell, "export", TEAM))
    assert "Nothing would change." in said(shell, "import", TEAM, exported)


def test_a_directory_file_leaves_the_rota_as_it_is(shell: CliRunner, application: Application, tmp_path: Path) -> None:
    said(shell, "import", TEAM, file_with(tmp_path, FILE))
    teams = tmp_path / "teams.csv"
    teams.write_text(f"authority,team,slug,number\ndevon,Initial Response North,{TEAM},020 7946 0321\n")
    assert shell.invoke(dutyline, ["import", str(teams)]).exit_code == 0
    team = application.publication.freshest().directory.teams[TEAM]
    assert ([duty.number.e164 for duty in team.duty_numbers], len(team.rota)) == (["+442079460321"], 2)


def test_every_problem_of_a_rota_is_told_and_nothing_is_written(shell: CliRunner, tmp_path: Path) -> None:
    broken = FILE.replace("Rowan Sampleton", "Nobody Known").replace("020 7946 0301", "999")
    result = shell.invoke(dutyline, ["rota", "import", TEAM, file_with(tmp_path, broken)])
    assert result.exit_code == 1
    assert all(text in result.output for text in ("event 1 (line 5)", "event 2 (line 10)", "Nothing was written"))


def test_an_unknown_team_and_an_unreadable_file_are_refused_in_words(shell: CliRunner, tmp_path: Path) -> None:
    path = file_with(tmp_path, FILE)
    assert "There is no team" in shell.invoke(dutyline, ["rota", "import", "nowhere", path]).output
    Path(path).write_bytes(b"BEGIN:VCALENDAR\xff")
    assert "not UTF-8" in shell.invoke(dutyline, ["rota", "import", TEAM, path]).output
    assert "time of the day" in shell.invoke(dutyline, ["rota", "import", TEAM, path, "--handover", "tea"]).output
