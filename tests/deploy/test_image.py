"""Is the image built from the lock alone, of everything that the service consists of, and does it run as nobody?"""

import re
import tomllib
from pathlib import Path

from tests.deploy.shipped import DEPLOY
from tests.house.tree import HOME

STEPS = (DEPLOY / "Dockerfile").read_text(encoding="utf-8")
LET_IN = {
    line[1:]
    for line in (DEPLOY / "Dockerfile.dockerignore").read_text(encoding="utf-8").splitlines()
    if line.startswith("!")
}
STAGE = re.compile(r"^FROM (\S+)(?: AS (\w+))?$", re.MULTILINE)


def test_packages_come_by_their_hash_and_no_host_is_named() -> None:
    installs = re.findall(r"pip install [^\n]*", STEPS)
    assert [step for step in installs if "--require-hashes" not in step and "--no-deps" not in step] == []
    assert [image for image, _ in STAGE.findall(STEPS) if "/" in image or ":" not in image] == []


def test_the_last_stage_runs_as_a_user_without_rights_and_stops_as_the_service_does() -> None:
    last = STEPS[[found.start() for found in STAGE.finditer(STEPS)][-1] :]
    assert re.search(r"^USER 10001$", last, re.MULTILINE)
    assert "STOPSIGNAL SIGTERM" in last
    assert "HEALTHCHECK" in last


def test_everything_that_the_service_consists_of_is_let_in_and_nothing_else() -> None:
    project = tomllib.loads((HOME / "pyproject.toml").read_text(encoding="utf-8"))
    shipped = set(project["tool"]["hatch"]["build"]["targets"]["wheel"]["only-include"])
    built_with = {
        "requirements",
        "Makefile",
        "package.json",
        "package-lock.json",
        ".npmrc",
        "pyproject.toml",
        "README.md",
    }
    assert shipped | built_with == LET_IN
    assert [name for name in LET_IN if not Path(HOME / name).exists()] == []


def test_every_file_that_is_copied_is_let_in() -> None:
    copied = [name for line in re.findall(r"^COPY (?!--from)(.+) \S+$", STEPS, re.MULTILINE) for name in line.split()]
    assert [name for name in copied if name != "." and name.split("/")[0] not in LET_IN] == []
