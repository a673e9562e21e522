"""What runs, and where does it come from? Exactly what the lock names, each by its hash; and nothing is fetched at a start. (D19)"""

import json
import re
import subprocess
import sys
from importlib.metadata import distributions
from pathlib import Path

import pytest
from packaging.requirements import Requirement

from tests.conftest import HOME
from tests.reliability.test_clock import CLOSED, OPEN

OURS = "dutyline"
BEFORE_THE_LOCK = {"pip", "setuptools"}
"""What makes the environment, before there is any."""


def plain(name: str) -> str:
    """A distribution's name as the index compares it."""
    return re.sub(r"[-_.]+", "-", name).lower()


def locked(name: str) -> dict[str, str]:
    """What a lock file names for this Python, with its versions. Every one must have a hash."""
    text = (HOME / "requirements" / name).read_text(encoding="utf-8")
    found = {}
    for block in filter(None, re.split(r"^(?=[A-Za-z0-9])", text, flags=re.MULTILINE)):
        assert "--hash=sha256:" in block, block
        one = Requirement(block.partition("\\")[0].strip())
        if one.marker is None or one.marker.evaluate():
            found[plain(one.name)] = str(one.specifier).removeprefix("==")
    return found


def test_everything_is_pinned_by_hash_and_what_runs_is_what_is_checked() -> None:
    runs, traced, checked = (locked(f"{name}.lock") for name in ("run", "traces", "dev"))
    assert len(runs) > 20
    assert runs.items() < traced.items() < checked.items()


def test_what_is_installed_is_what_the_locks_name() -> None:
    names = locked("dev.lock")
    installed = {plain(one.name): one.version for one in distributions()}
    strange = {name: version for name, version in installed.items() if names.get(name) != version}
    assert strange.keys() <= {OURS, *BEFORE_THE_LOCK}, strange


def test_the_list_of_what_runs_can_be_had_as_a_bill_of_materials() -> None:
    bill = subprocess.run(  # our own command
        ["make", "--no-print-directory", "bill"],  # noqa: S607  # as a person would
        cwd=HOME,
        capture_output=True,
        text=True,
        check=True,
    ).stdout
    text = (HOME / "requirements/run.lock").read_text(encoding="utf-8").replace("_", "-")
    components = {f"{plain(one['name'])}=={one['version']}" for one in json.loads(bill)["components"]}
    assert all(component in text for component in components)
    assert locked("run.lock").keys() <= {component.partition("==")[0] for component in components}


@pytest.mark.long
def test_a_machine_without_any_network_starts_and_answers(tmp_path: Path) -> None:
    lonely = f"ip link set lo up && exec {sys.executable} -m tests.reliability.cut_off {tmp_path}"
    said = subprocess.run(  # noqa: S603  # our own command
        ["unshare", "-n", "sh", "-c", lonely],  # noqa: S607  # wherever it is
        cwd=HOME,
        capture_output=True,
        text=True,
        check=True,
        timeout=90,
    ).stdout
    assert said in (OPEN, CLOSED)
