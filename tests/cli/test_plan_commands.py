"""Plans from a shell: kept as drafts, compared, published, taken back; every refusal in words."""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from app import Application, Config
from cli.main import dutyline
from tests.admin.sheffield import EDITED, LINE, digest, text, with_night


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


@pytest.fixture
def file(tmp_path: Path) -> Path:
    """Sheffield's plan with another opening."""
    path = tmp_path / "sheffield.toml"
    path.write_text(text(), encoding="utf-8")
    return path


def said(shell: CliRunner, *words: str) -> str:
    result = shell.invoke(dutyline, ["plan", *words])
    assert result.exit_code == 0, result.output
    return result.output


def refused(shell: CliRunner, *words: str) -> str:
    result = shell.invoke(dutyline, ["plan", *words])
    assert result.exit_code == 1, result.output
    return result.output


def test_a_file_becomes_a_draft_and_is_in_force_on_a_running_worker_and_is_taken_back(
    shell: CliRunner, application: Application, file: Path
) -> None:
    before = application.publication.current().plans.current[LINE]
    key = said(shell, "draft", str(file), "--why", "the new leaflet").strip()
    assert f"draft {key} of {LINE}: sheffield.toml, open" in said(shell, "list")
    assert said(shell, "diff", key) == said(shell, "diff", str(file)) != ""
    assert f"Published: the line {LINE}" in said(shell, "publish", key)
    in_force = application.publication.freshest().plans.of_line(LINE)
    assert in_force is not None
    assert in_force.digest == digest(text())
    assert said(shell, "show", LINE) == file.read_text(encoding="utf-8")
    assert said(shell, "show", LINE, "--digest", before) != said(shell, "show", LINE)
    assert "Published" in said(shell, "rollback", LINE, before, "--why", "it was better")
    told = said(shell, "history", LINE).splitlines()
    assert [line.endswith("command line: the new leaflet") for line in told] == [False, True, False]
    assert [one["why"] for one in json.loads(said(shell, "history", LINE, "--json"))][:2] == [
        "it was better", "the new leaflet",
    ]  # fmt: skip


def test_a_draft_waits_for_its_moment_and_may_be_let_go(shell: CliRunner, file: Path) -> None:
    key = said(shell, "draft", str(file)).strip()
    assert "say why" in refused(shell, "publish", key)
    assert f"Scheduled: the line {LINE}" in said(shell, "publish", key, "--at", "tomorrow 9:00", "--why", "tests")
    (draft,) = json.loads(said(shell, "list", "--json"))["drafts"]
    assert (draft["id"], draft["state"], draft["who"]) == (key, "scheduled", "command line")
    assert "Dropped" in said(shell, "drop", key)
    assert "published or dropped already" in refused(shell, "publish", key, "--why", "tests")


def test_every_refusal_says_what_to_do(shell: CliRunner, file: Path) -> None:
    file.write_text(with_night(), encoding="utf-8")
    key = said(shell, "draft", str(file)).strip()
    assert "There is no team “sheffield-night”" in refused(shell, "publish", key, "--why", "tests")
    file.write_text(text("If a child is in danger now, hang up and dial 9 9 9.", ""), encoding="utf-8")
    told = refused(shell, "publish", said(shell, "draft", str(file)).strip(), "--why", "tests")
    assert "does not say to dial 9 9 9" in told
    assert f"Line    {EDITED}" in told
    file.write_text(text('otherwise = "cpet-queue"', 'otherwise = "nowhere"'), encoding="utf-8")
    assert "There is no node “nowhere”" in refused(shell, "draft", str(file))
    file.write_bytes(b"\xff")
    assert "not UTF-8" in refused(shell, "draft", str(file))
    assert "There is no draft “nothing”" in refused(shell, "publish", "nothing", "--why", "tests")
    assert "There is no plan of a line" in refused(shell, "history", "nowhere")
    assert "never had a plan" in refused(shell, "show", LINE, "--digest", "0" * 12)
