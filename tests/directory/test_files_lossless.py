"""Does the whole directory come back from its files into an empty one, from CSV and from Excel, every kind and field?"""

import pytest
from hypothesis import HealthCheck, given, settings

from directory.border import Border
from directory.exporting import LINES, csv_text
from directory.files import table_in
from directory.importing import Import, Rest, read_table
from directory.sheets import workbook
from directory.snapshot import Snapshot
from ivr.borders import border_of
from ivr.moment import World
from routing.calendar import repeats
from routing.clock import LONDON
from tests.directory import whole

BORDER = Border(LONDON, lambda: "w-new", {}, frozenset(whole.LINES), repeats)
OFTEN = settings(
    max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large]
)


def read(kind: str, ending: str, there: Snapshot, onto: Snapshot, border: Border = BORDER) -> Import:
    lines = LINES[kind](there)
    content = workbook(lines, kind) if ending == "xlsx" else csv_text(lines).encode()
    return read_table(table_in(content), onto, border, Rest.GOES)


@pytest.mark.parametrize("ending", ["csv", "xlsx"])
@OFTEN
@given(there=whole.directories())
def test_every_file_read_into_an_empty_directory_makes_the_same_directory(ending: str, there: Snapshot) -> None:
    made = Snapshot()
    for kind in LINES:
        found = read(kind, ending, there, made)
        assert [problem.sentence for problem in found.problems] == []
        made = made.changed(1, found.changes)
    assert whole.contents(made) == whole.contents(there)


@pytest.mark.parametrize("ending", ["csv", "xlsx"])
@OFTEN
@given(there=whole.directories())
def test_no_file_changes_the_directory_that_it_came_from(ending: str, there: Snapshot) -> None:
    assert {kind: read(kind, ending, there, there) for kind in LINES} == dict.fromkeys(LINES, Import((), ()))


@OFTEN
@given(there=whole.directories(), other=whole.directories())
def test_the_files_of_one_directory_take_the_place_of_what_another_held(there: Snapshot, other: Snapshot) -> None:
    rotas = read("rotas", "csv", there, other)
    assert rotas.problems == ()
    after = other.changed(1, rotas.changes)
    assert {slug: team.rota for slug, team in after.teams.items()} == {slug: t.rota for slug, t in there.teams.items()}


@pytest.mark.parametrize("ending", ["csv", "xlsx"])
def test_the_bundled_directory_and_its_samples_come_back_whole(world: World, ending: str) -> None:
    border, made = border_of(world, lambda: "w-new"), Snapshot()
    for kind in LINES:
        found = read(kind, ending, world.directory, made, border)
        assert [problem.sentence for problem in found.problems] == []
        made = made.changed(1, found.changes)
    assert whole.contents(made) == whole.contents(world.directory)
