"""Does the page on reliability name every failure and every threat once, with tests and commands that are there?"""

import re

import pytest

from tests.house.pages import page
from tests.house.tree import HOME

FAILURES = [f"B{number}" for number in range(1, 30)]
THREATS = [f"D{number}" for number in range(1, 22)]
ROW = re.compile(r"^\| ([BD][0-9]+) \| (.+) \|$", re.MULTILINE)
TEST = re.compile(r"`(tests/[\w/]+\.py)(?:::(\w+))?`")
FILE = re.compile(r"`([a-z]+/[\w/]+\.(?:py|sql))`")
COMMAND = re.compile(r"`make ([a-z-]+)`")


def rows() -> dict[str, str]:
    """Each row of the page by its number."""
    found = ROW.findall(page("reliability.md"))
    assert len(found) == len({number for number, _ in found})
    return dict(found)


def test_every_failure_and_every_threat_has_a_row() -> None:
    assert list(rows()) == FAILURES + THREATS


@pytest.mark.parametrize("number", FAILURES + THREATS)
def test_a_row_says_what_happens_and_is_shown_by_something_that_is_there(number: str) -> None:
    row = rows()[number]
    assert all(cell.strip() for cell in row.split(" | "))
    shown = TEST.findall(row)
    commands = COMMAND.findall(row)
    assert shown or commands
    assert all((HOME / path).exists() and name in (HOME / path).read_text(encoding="utf-8") for path, name in shown)
    assert all(f"\n{command}:" in (HOME / "Makefile").read_text(encoding="utf-8") for command in commands)
    assert all((HOME / path).exists() for path in FILE.findall(row))
