"""Does an exported file read back the same, and is it harmless in a spreadsheet?"""

import csv
import io
from dataclasses import replace

import pytest

from directory.exporting import people_csv, teams_csv
from directory.importing import Import
from directory.model import Absence, Accept, Authority, CallerId, DutyNumber, Entry, Person, Source, Team
from directory.numbers import ExtensionRule, Number
from directory.snapshot import Snapshot, written
from ivr.moment import World
from tests.directory.files import read
from tests.telling import at

DEVON = Authority("devon", "Devon", ExtensionRule(4, "0139238"))
FULL = DutyNumber(
    Number("+442079460301"),
    Accept.CONNECT,
    at("2026-07-01T09:00"),
    at("Fri 16:00"),
    "in summer, too",
    CallerId.OURS,
    3,
    Source("Devon", 34, None, "assumed"),
)
TEAM = Team(
    "duty",
    "Duty",
    "devon",
    "Exeter",
    "Assessment",
    ("Front", "Desk"),
    (FULL, DutyNumber(Number("+441392388481"))),
    FULL.source,
)
PERSON = Person(
    "w-1", "Rowan Sampleton", "duty", "0427", (Number("+442079460201"), Number("+447790770713")), manager="w-2"
)
FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")
STARTS = ["=1+1", "+44", "-1", "@SUM", "=HYPERLINK(0)"]
NOTHING = Import((), ())


def directory(*entries: Entry) -> Snapshot:
    return Snapshot().changed(1, [written(entry) for entry in (DEVON, *entries)])


def cells(text: str) -> list[str]:
    return [cell for row in csv.reader(io.StringIO(text)) for cell in row]


def test_the_bundled_teams_read_back_without_a_change(world: World) -> None:
    teams = Snapshot().changed(
        1, [written(entry) for entry in world.directory.entries() if not isinstance(entry, Person)]
    )
    assert read(teams_csv(world.directory), teams) == NOTHING


def test_the_sample_people_read_back_without_a_change(world: World) -> None:
    assert world.directory.people
    assert read(people_csv(world.directory), world.directory) == NOTHING


def test_every_field_of_a_team_reads_back() -> None:
    there = directory(TEAM)
    assert read(teams_csv(there), there) == NOTHING
    assert read(teams_csv(there), directory()).changes == (written(TEAM),)


def test_every_field_of_a_person_reads_back() -> None:
    manager = Person("w-2", "Piers Example-Hart", "duty")
    there = directory(TEAM, manager, PERSON)
    assert read(people_csv(there), there) == NOTHING
    assert read(people_csv(there), directory(TEAM)).changes == (written(manager), written(PERSON))


def test_a_person_who_is_away_is_still_away_after_a_round_trip() -> None:
    away = replace(PERSON, manager=None, away=(Absence(at("Mon 09:00"), at("Fri 17:00")),))
    there = directory(TEAM, away)
    assert read(people_csv(there), there) == NOTHING


def test_a_teams_own_source_survives_a_number_that_has_none() -> None:
    sourced = replace(TEAM, duty_numbers=(DutyNumber(Number("+442079460301")),), source=Source("Devon", 34))
    there = directory(sourced)
    assert read(teams_csv(there), there) == NOTHING


def test_a_team_without_a_number_has_one_row_and_reads_back() -> None:
    there = directory(replace(TEAM, duty_numbers=()))
    assert len(teams_csv(there).splitlines()) == 2
    assert read(teams_csv(there), there) == NOTHING


@pytest.mark.parametrize("text", STARTS)
def test_no_cell_begins_like_a_formula(text: str) -> None:
    team = replace(TEAM, name=text, area=text, aliases=(text,), duty_numbers=(replace(FULL, note=text),))
    assert not any(cell.startswith(FORMULA_STARTS) for cell in cells(teams_csv(directory(team))))
    person = replace(PERSON, name=text)
    assert not any(cell.startswith(FORMULA_STARTS) for cell in cells(people_csv(directory(TEAM, person))))


@pytest.mark.parametrize("text", [*STARTS, "'", "'quoted'", "a=b", "'tis"])
def test_nothing_is_lost_by_making_it_harmless(text: str) -> None:
    there = directory(replace(TEAM, name=text, area=text, duty_numbers=(replace(FULL, note=text),)))
    assert read(teams_csv(there), there) == NOTHING


def test_an_apostrophe_that_stood_before_a_formula_is_not_lost() -> None:
    there = directory(replace(TEAM, duty_numbers=(replace(FULL, note="'=1+1"),)))
    assert read(teams_csv(there), there) == NOTHING
