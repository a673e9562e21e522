"""Is nothing lost between the directory, a file of either kind, and the directory again?"""

from dataclasses import replace
from datetime import UTC

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from directory.exporting import csv_text, person_lines, role_lines, team_lines
from directory.files import table_in
from directory.importing import Import, Rest, read_table
from directory.model import Accept, Authority, CallerId, DutyNumber, Entry, Listing, Person, Role, Shift, Source, Team
from directory.numbers import ExtensionRule, Number
from directory.rows import joined, parts
from directory.sheets import workbook
from directory.snapshot import Snapshot, written
from tests.directory.files import BORDER
from tests.telling import at

DEVON = Authority("devon", "Devon", ExtensionRule(4, "0139238"))
KEPT = st.characters(exclude_categories=("Cc", "Cs"), exclude_characters="\ufffe\uffff")
TEXTS = st.text(KEPT, max_size=30).map(str.strip)
NAMES = TEXTS.filter(bool)
NUMBERS = st.sampled_from(["+441392388481", "+442079460201", "+447790770713", "+443451551071", "+448081570000"]).map(
    Number
)
MOMENTS = st.sampled_from(
    [None, *(at(when).astimezone(UTC) for when in ("2026-07-01T09:00", "2026-10-25T01:30", "Fri 16:00"))]
)
SOURCES = st.none() | st.builds(Source, NAMES, st.none() | st.integers(0, 999), st.none(), TEXTS, TEXTS)
DUTIES = st.builds(
    DutyNumber, NUMBERS, st.sampled_from(Accept), MOMENTS, st.none(), TEXTS, st.sampled_from(CallerId),
    st.none() | st.integers(1, 99), SOURCES,
)  # fmt: skip
TEAMS = st.builds(
    Team, st.just("duty"), NAMES, st.just("devon"), TEXTS, TEXTS, st.lists(NAMES, max_size=3).map(tuple),
    st.lists(DUTIES, max_size=3).map(tuple), SOURCES,
)  # fmt: skip
PEOPLE = st.builds(
    Person, st.just("w-1"), NAMES, st.just("duty"), st.none() | st.from_regex("[0-9]{2,6}", fullmatch=True),
    st.lists(NUMBERS, max_size=3, unique=True).map(tuple), st.sampled_from(Accept),
    listed=st.sampled_from(Listing),
)  # fmt: skip
ROLES = st.builds(
    Role, st.just("tm"), NAMES, st.just("devon"), st.none() | st.just("duty"), st.none() | st.just("w-1"),
    st.lists(st.sampled_from(["w-2", "w-3"]), unique=True).map(tuple), st.lists(NUMBERS, max_size=3, unique=True).map(tuple),
    SOURCES,
)  # fmt: skip
FILES = {"teams": team_lines, "people": person_lines, "roles": role_lines}
OFTEN = settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])


def directory(*entries: Entry) -> Snapshot:
    return Snapshot().changed(1, [written(entry) for entry in (DEVON, *entries)])


def through(there: Snapshot, onto: Snapshot, kind: str, ending: str) -> Import:
    lines = FILES[kind](there)
    content = workbook(lines, kind) if ending == "xlsx" else csv_text(lines).encode()
    return read_table(table_in(content), onto, BORDER, Rest.GOES)


@pytest.mark.parametrize("ending", ["csv", "xlsx"])
@OFTEN
@given(team=TEAMS)
def test_a_team_comes_back_onto_the_same_and_onto_an_empty_directory(ending: str, team: Team) -> None:
    there = directory(team)
    assert through(there, there, "teams", ending) == Import((), ())
    assert through(there, directory(), "teams", ending).changes == (written(team),)


@pytest.mark.parametrize("ending", ["csv", "xlsx"])
@OFTEN
@given(person=PEOPLE)
def test_a_person_comes_back_onto_the_same_and_onto_an_empty_directory(ending: str, person: Person) -> None:
    team = Team("duty", "Duty", "devon")
    there = directory(team, person)
    assert through(there, there, "people", ending) == Import((), ())
    assert through(there, directory(team), "people", ending).changes == (written(person),)


@pytest.mark.parametrize("ending", ["csv", "xlsx"])
@OFTEN
@given(role=ROLES)
def test_a_role_comes_back_onto_the_same_and_onto_an_empty_directory(ending: str, role: Role) -> None:
    people = [Person(slug, slug, "duty") for slug in ("w-1", "w-2", "w-3")]
    empty = directory(Team("duty", "Duty", "devon"), *people)
    there = empty.changed(2, [written(role)])
    assert through(there, there, "roles", ending) == Import((), ())
    assert through(there, empty, "roles", ending).changes == (written(role),)


@given(values=st.lists(st.text(KEPT | st.sampled_from("|\\"), min_size=1).map(str.strip).filter(bool)).map(tuple))
def test_several_values_of_one_cell_are_taken_apart_again(values: tuple[str, ...]) -> None:
    assert tuple(parts(joined(values))) == values


def test_what_no_file_has_a_column_for_is_kept() -> None:
    shift = Shift(at("Mon 09:00"), at("Fri 17:00"), Number("+442079460201"))
    there = directory(Team("duty", "Duty", "devon", rota=(shift,)))
    onto = directory(replace(there.teams["duty"], area="Exeter"))
    assert through(there, onto, "teams", "csv").changes == (written(there.teams["duty"]),)


def test_an_extension_whose_zero_a_spreadsheet_lost_is_the_one_that_is_known() -> None:
    there = directory(Team("duty", "Duty", "devon"), Person("w-1", "Rowan Sampleton", "duty", "0427"))
    found = read_table(table_in(b"team,slug,name,extension\nduty,w-1,Rowan Sampleton,427\n"), there, BORDER)
    assert found == Import((), ())
