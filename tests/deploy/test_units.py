"""Do the units start, reload and stop the service as the documentation says, with no more rights than it needs?"""

import re
import sys
from pathlib import Path

import pytest

from tests.deploy.shipped import DEPLOY, said_by
from tests.house.pages import page

UNITS = ("dutyline.service", "dutyline.socket")
INSTALLED = "/opt/dutyline/.venv/bin/dutyline"
MOST_EXPOSED = 1.5
"""Of ten, by systemd's own reckoning."""


@pytest.fixture
def units(tmp_path: Path) -> Path:
    """The units as they would be installed here: systemd asks whether the program is there."""
    for name in UNITS:
        text = (DEPLOY / "systemd" / name).read_text(encoding="utf-8")
        (tmp_path / name).write_text(
            text.replace(INSTALLED, str(Path(sys.executable).parent / "dutyline")), encoding="utf-8"
        )
    return tmp_path


@pytest.mark.systemd
def test_systemd_takes_both_units_without_a_word(units: Path) -> None:
    assert said_by("systemd-analyze", "verify", *UNITS, within=units) == ""


@pytest.mark.systemd
def test_systemd_finds_little_that_the_service_might_do(units: Path) -> None:
    said = said_by("systemd-analyze", "security", "--offline=true", str(units / UNITS[0]))
    found = re.search(r"exposure level for dutyline.service: ([0-9.]+)", said)
    assert found
    assert float(found[1]) <= MOST_EXPOSED


def test_a_worker_may_keep_to_one_core() -> None:
    text = (DEPLOY / "systemd" / UNITS[0]).read_text(encoding="utf-8")
    filters = [line for line in text.splitlines() if line.startswith("SystemCallFilter=")]
    assert filters[-1] == "SystemCallFilter=sched_setaffinity"


@pytest.mark.parametrize("line", ["ExecReload=kill -HUP $MAINPID", f"ExecStart={INSTALLED} serve --port 8000"])
def test_the_unit_is_that_of_the_documentation(line: str) -> None:
    assert line in (DEPLOY / "systemd" / UNITS[0]).read_text(encoding="utf-8").splitlines()
    assert line in page("operations.md").splitlines()


def test_the_socket_is_the_one_on_which_the_service_listens() -> None:
    text = (DEPLOY / "systemd" / UNITS[1]).read_text(encoding="utf-8")
    assert "ListenStream=127.0.0.1:8000" in text.splitlines()
