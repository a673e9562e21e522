"""Is every assumed and every missing value of the bundled data named on the page of assumptions?"""

import csv
import re
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.house.pages import folded, headings, page, section
from tests.house.tree import HOME

FOLDERS = sorted(path.parent for path in (HOME / "plans").glob("*/authority.toml"))
OPEN_POINT = re.compile(r"\bX(\d+)\b")
authorities = pytest.mark.parametrize("folder", FOLDERS, ids=lambda folder: folder.name)


def name_of(folder: Path) -> str:
    name: str = tomllib.loads((folder / "authority.toml").read_text(encoding="utf-8"))["name"]
    return name


def told(folder: Path) -> str:
    """What the page says of an authority."""
    return section(page("assumptions.md"), name_of(folder))


def teams(folder: Path) -> list[dict[str, str]]:
    return rows(folder / "teams.csv")


def roles(folder: Path) -> list[dict[str, str]]:
    return rows(folder / "roles.csv")


def rows(path: Path) -> list[dict[str, str]]:
    """The rows of a file, where the authority has one."""
    if not path.exists():
        return []
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def assumed_in(table: dict[str, Any]) -> Iterator[str]:
    for key, value in table.items():
        if key == "assumed":
            yield value
        elif isinstance(value, dict):
            yield from assumed_in(value)


def assumed_in_plans(folder: Path) -> list[str]:
    """Every assumption of the authority's plans."""
    tables = [tomllib.loads(path.read_text(encoding="utf-8")) for path in sorted(folder.glob("*.toml"))]
    return [text for table in tables for text in assumed_in(table) if text]


@authorities
def test_every_open_point_of_an_assumption_is_named(folder: Path) -> None:
    texts = [*assumed_in_plans(folder), *(row["assumed"] for row in (*teams(folder), *roles(folder)))]
    points = {point for text in texts for point in OPEN_POINT.findall(text)}
    assert points
    assert points - set(OPEN_POINT.findall(told(folder))) == set()


@authorities
def test_an_assumption_without_an_open_point_stands_in_its_own_words(folder: Path) -> None:
    everywhere = folded(page("assumptions.md").partition("\n## ")[0]) + folded(told(folder))
    texts = [text for text in assumed_in_plans(folder) if not OPEN_POINT.search(text)]
    assert [text for text in texts if folded(text) not in everywhere] == []


@authorities
def test_every_team_without_a_number_is_named(folder: Path) -> None:
    rows = [line for line in told(folder).splitlines() if "**no number**" in line]
    silent = [row["team"] for row in teams(folder) if not row["number"]]
    assert [team for team in silent if not any(team in line.split("|")[1] for line in rows)] == []


@authorities
def test_every_role_that_nobody_holds_is_named(folder: Path) -> None:
    told_vacant = [line.split("|")[1] for line in told(folder).splitlines() if "**vacant**" in line]
    named = {role.strip() for row in told_vacant for role in row.split(",")}
    assert named == {row["role"] for row in roles(folder) if not row["holder"]}


@authorities
def test_no_team_with_a_number_is_called_numberless(folder: Path) -> None:
    rows = [line.split("|")[1] for line in told(folder).splitlines() if "**no number**" in line]
    named = {team.strip() for row in rows for team in row.split(",")}
    assert named & {row["team"] for row in teams(folder) if row["number"]} == set()


@authorities
def test_no_open_point_is_named_that_the_data_does_not_touch(folder: Path) -> None:
    data = "".join(path.read_text(encoding="utf-8") for path in folder.iterdir() if path.is_file())
    assert set(OPEN_POINT.findall(told(folder))) - set(OPEN_POINT.findall(data)) == set()


def test_every_authority_has_its_part_of_the_page() -> None:
    assert sorted(headings(page("assumptions.md"), 2)) == sorted(map(name_of, FOLDERS))
