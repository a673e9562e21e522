"""Does a file of named roles give every role and every fault by row and column, and is nothing emptied that it does not hold?"""

import pytest

from directory.importing import Import
from directory.model import Authority, Entry, Person, Role, Source, Team
from directory.numbers import ExtensionRule, Number
from directory.problems import Fault
from directory.references import dangling
from directory.snapshot import Change, Kind, Snapshot, written
from tests.directory.files import read

PHONE = Number("+441392388481")
ENTRIES: tuple[Entry, ...] = (
    Authority("devon", "Devon", ExtensionRule(4, "0139238")), Authority("derby", "Derby"), Team("duty", "Duty", "devon"),
    Team("far", "Far", "derby"), *(Person(f"w-{place}", f"Person {place}", "duty") for place in (1, 2, 3)),
)  # fmt: skip
THERE = Snapshot().changed(1, [written(entry) for entry in ENTRIES])
HELD = Role("tm", "Team Manager", "devon", "duty", "w-1", ("w-2", "w-3"), (PHONE,), Source("Protocol", 38))


def problems(text: str, there: Snapshot = THERE) -> list[tuple[str, str]]:
    found = read(text, there)
    assert not (found.problems and found.changes)
    return [(problem.field, problem.code.value) for problem in found.problems]


def test_a_row_is_a_role_with_everything() -> None:
    row = "devon,duty,tm,Team Manager,w-1,w-2|w-3,8481,Protocol,38\n"
    found = read(f"authority,team,slug,role,holder,deputies,numbers,source,line\n{row}", THERE)
    assert found.changes == (written(HELD),)
    assert found.kind is Kind.ROLE


def test_a_role_without_a_slug_gets_one_from_authority_and_name() -> None:
    (change,) = read("authority,team,role\ndevon,,Head of Service\n", THERE).changes
    assert change == written(Role("devon-head-of-service", "Head of Service", "devon"))


def test_a_short_file_empties_nothing_and_an_empty_cell_does() -> None:
    there = THERE.changed(2, [written(HELD)])
    assert read("authority,team,slug,role\ndevon,duty,tm,Team Manager\n", there) == Import((), ())
    (change,) = read("authority,team,slug,role,deputies\ndevon,duty,tm,Team Manager,\n", there).changes
    assert isinstance(change.entry, Role)
    assert (change.entry.deputies, change.entry.holder, change.entry.source) == ((), "w-1", HELD.source)


@pytest.mark.parametrize(
    ("cells", "column", "fault"),
    [
        (",,Team Manager,,,", "authority", "missing"),
        ("nowhere,,Team Manager,,,", "authority", "unknown"),
        ("devon,,,,,", "role", "missing"),
        ("devon,nowhere,Team Manager,,,", "team", "unknown"),
        ("devon,far,Team Manager,,,", "team", "elsewhere"),
        ("devon,,Team Manager,w-9,,", "holder", "unknown"),
        ("devon,,Team Manager,w-1,w-9,", "deputies", "unknown"),
        ("devon,,Team Manager,w-1,w-1,", "deputies", "twice"),
        ("devon,,Team Manager,,w-2|w-2,", "deputies", "twice"),
        ("devon,,Team Manager,,,999", "numbers", "number-short-code"),
    ],
)
def test_a_fault_is_told_with_its_row_and_column(cells: str, column: str, fault: str) -> None:
    assert problems(f"authority,team,role,holder,deputies,numbers\n{cells}\n") == [(f"row 2, {column}", fault)]


def test_every_fault_of_every_row_is_told_at_once_and_one_role_stands_once() -> None:
    rows = "devon,nowhere,Team Manager,w-9\ndevon,,Team Manager,w-1\n"
    assert problems(f"authority,team,role,holder\n{rows}") == [
        ("row 2, team", "unknown"), ("row 2, holder", "unknown"), ("row 3, slug", "taken"),
    ]  # fmt: skip


@pytest.mark.parametrize(("kind", "slug"), [(Kind.PERSON, "w-1"), (Kind.PERSON, "w-3"), (Kind.TEAM, "duty")])
def test_whoever_and_whatever_a_role_names_cannot_go_before_it(kind: Kind, slug: str) -> None:
    gone = Change(kind, slug, None)
    after = THERE.changed(2, [written(HELD), gone])
    assert ("referred", "role tm") in [(one.code.value, one.value) for one in dangling(after, [gone], {})]


def test_a_role_that_comes_back_must_find_everybody_whom_it_names() -> None:
    after = THERE.changed(2, [written(HELD), Change(Kind.PERSON, "w-2", None)])
    assert [(one.code, one.value) for one in dangling(after, [written(HELD)], {})] == [(Fault.UNKNOWN, "w-2")]
