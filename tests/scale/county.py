"""How is a county made up that is larger than any? 100,000 people in 2,000 teams, written as an import would leave them."""

from collections.abc import Iterator
from datetime import timedelta

from sqlalchemy import insert

from directory.documents import change_document, document
from directory.model import DutyNumber, Person, Shift, Team
from directory.numbers import Number
from directory.snapshot import Change, written
from store import tables
from store.database import Database
from store.directory import publish
from tests.store.publishing import NOON

TEAMS, PEOPLE = 2_000, 100_000
DAY = timedelta(days=1)
DRAMA = ("+441134960", "+441144960")
"""Two of the ranges for use in drama; the bundled lines have numbers of the third that is used in tests."""
FIRST = ("Ada", "Bram", "Chloë", "Dilys", "Ewan", "Fenella", "Gwen", "Hugh", "Iolo", "Jory")
LAST = (
    "Samplecroft",
    "Invently",
    "O'Madeup",
    "Fabrication",
    "Notreal",
    "Ficton",
    "Mock-Smith",
    "Standin",
    "Dummett",
    "Pretend",
)


def team(place: int) -> Team:
    """One of the teams, with a duty number and a turn on the rota of its own."""
    number = Number(f"{DRAMA[place // 1000]}{place % 1000:03}")
    slug, name, area = f"devon-scale-{place:04}", f"Locality {place} Team", f"Area {place % 20}"
    return Team(slug, name, "devon", area, "Scale", (), (DutyNumber(number),), rota=(Shift(NOON, NOON + DAY, number),))


def person(place: int, each: int = PEOPLE // TEAMS) -> Person:
    """One of the people, so many to a team: their own number, and the first of their team as manager."""
    name = f"{FIRST[place % 10]} {LAST[place // 10 % 10]} {place}"
    number = Number(f"+447700{place:06}")
    manager = f"w-{place - place % each:06}" if place % each else None
    return Person(f"w-{place:06}", name, f"devon-scale-{place // each:04}", f"{place:06}", (number,), manager=manager)


def changes(people: int = PEOPLE) -> Iterator[Change]:
    """Everything that is written; of more people each team has more."""
    each = max(people, PEOPLE) // TEAMS
    yield from (written(team(place)) for place in range(people // each))
    yield from (written(person(place, each)) for place in range(people))


def settle(database: Database, people: int = PEOPLE) -> None:
    """Write the county as one version."""
    made = list(changes(people))
    rows = [
        {"kind": one.kind, "slug": one.slug, "version": 1, "body": document(one.entry), "changed_at": NOON}
        for one in made
        if one.entry
    ]
    with database.write_in_order() as connection:
        connection.execute(insert(tables.entry), rows)
        publish(connection, {"changes": [change_document(one) for one in made]}, NOON)
