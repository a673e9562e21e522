"""Does a shell without a database write the fail-over folder, and say when a copy of it is out of date?"""

from pathlib import Path

import pytest
from click.testing import CliRunner

from cli.main import dutyline


@pytest.fixture
def shell(tmp_path: Path) -> CliRunner:
    """A machine on which nothing was ever started."""
    return CliRunner(env={"DUTYLINE_STATE_DIR": str(tmp_path / "state")})


def test_a_folder_is_written_verified_and_found_out(shell: CliRunner, tmp_path: Path) -> None:
    folder = tmp_path / "folder"
    written = shell.invoke(dutyline, ["failover", str(folder)])
    assert (written.exit_code, "good until" in written.output) == (0, True)
    right = shell.invoke(dutyline, ["failover", str(folder), "--verify"])
    assert (right.exit_code, "as it would be written now" in right.output) == (0, True)
    (folder / "devon.xml").write_text("<Response/>")
    wrong = shell.invoke(dutyline, ["failover", str(folder), "--verify"])
    assert (wrong.exit_code, "devon.xml" in wrong.output) == (1, True)


def test_a_folder_with_other_things_in_it_is_left_alone(shell: CliRunner, tmp_path: Path) -> None:
    (tmp_path / "index.html").write_text("A council's own page")
    refused = shell.invoke(dutyline, ["failover", str(tmp_path)])
    assert (refused.exit_code, "name a folder of its own" in refused.output) == (1, True)
    assert (tmp_path / "index.html").read_text() == "A council's own page"
