"""Is it kept how a source prints a number, through files and back?"""

import pytest

from directory.exporting import teams_csv
from directory.model import Authority, Source
from directory.numbers import ExtensionRule
from directory.snapshot import Snapshot, written
from tests.directory.files import read, teams_of

FILE = "authority,team,number,source,line\ndevon,MASH,{number},Protocol,24\n"
WITH_COLUMN = "authority,team,number,source,printed\ndevon,MASH,0345 155 1071,Protocol,{printed}\n"


def sources(text: str) -> list[Source | None]:
    return [duty.source for team in teams_of(text) for duty in team.duty_numbers]


def printed(text: str) -> str:
    found = sources(text)[0]
    assert found is not None
    return found.printed


@pytest.mark.parametrize("text", ["345 155 1071", "0345 1551 071", "03451551071", "8481"])
def test_a_file_that_is_written_off_its_source_keeps_the_numbers_own_spelling(text: str) -> None:
    assert printed(FILE.format(number=text)) == text


def test_a_number_as_we_write_it_needs_no_other_spelling() -> None:
    assert printed(FILE.format(number="0345 155 1071")) == ""


@pytest.mark.parametrize("text", ["345 155 1071", ""])
def test_a_column_of_its_own_outweighs_the_number(text: str) -> None:
    assert printed(WITH_COLUMN.format(printed=text)) == text


def test_without_a_source_nothing_was_printed() -> None:
    assert sources("authority,team,number\ndevon,MASH,345 155 1071\n") == [None]


def test_it_reads_back_from_an_exported_file() -> None:
    devon = written(Authority("devon", "Devon", ExtensionRule(4, "0139238")))
    there = Snapshot().changed(1, [devon, *(written(team) for team in teams_of(FILE.format(number="345 155 1071")))])
    text = teams_csv(there)
    assert ",0345 155 1071," in text
    assert ",345 155 1071," in text
    assert read(text, there).changes == ()
    assert read(text, Snapshot().changed(1, [devon])).changes == tuple(written(one) for one in there.teams.values())
