"""Which workers and managers do the rows of a file describe? One row each."""

import re
from collections.abc import Callable, Collection, Container, Iterator, Mapping, Sequence
from dataclasses import replace

from directory.model import Absence, Accept, Listing, Person
from directory.numbers import Number
from directory.problems import Fault
from directory.rows import Row, Zone, unfloated
from directory.slugs import slug_in
from directory.snapshot import Snapshot

PERSON_COLUMNS = ("authority", "team", "slug", "name", "extension", "numbers", "accept", "manager", "away", "listed")
PERSON_FIELDS = {
    "extension": "extension",
    "numbers": "numbers",
    "accept": "accept",
    "manager": "manager",
    "away": "away",
    "listed": "listed",
}
TRIES = 20
EXTENSION = re.compile("[0-9]{2,6}")


def people_of(
    rows: Sequence[Row], directory: Snapshot, zone: Zone, new_slug: Callable[[], str]
) -> Mapping[str, tuple[Person, Row]]:
    """Each person by their slug, with their row."""
    known = {(person.team, person.name): person.slug for person in directory.people.values()}
    people: dict[str, tuple[Person, Row]] = {}
    for row in rows:
        slug = slug_in(row, directory.people) or known.get((row.text("team"), row.text("name")), "")
        if slug in people:
            column = "slug" if row.text("slug") else "name"
            row.wrong(column, Fault.TAKEN, row.text(column))
        slug = slug or _unused(new_slug, people, directory)
        people[slug] = _person(row, slug, directory, zone), row
    for person, row in people.values():
        _check_references(person, row, people, directory)
    return people


def _unused(new_slug: Callable[[], str], people: Container[str], directory: Snapshot) -> str:
    tries = [new_slug()]
    while len(tries) < TRIES and (tries[-1] in people or tries[-1] in directory.people):
        tries.append(new_slug())
    return tries[-1]


def _person(row: Row, slug: str, directory: Snapshot, zone: Zone) -> Person:
    team, name = row.needed("team"), row.needed("name")
    row.text("authority")
    if team and team not in directory.teams:
        row.wrong("team", Fault.UNKNOWN, team)
    accept, manager = row.choice("accept", Accept, Accept.KEY), row.text("manager") or None
    away = tuple(gap for text in row.several("away") if (gap := _absence(row, text, zone)))
    known = directory.people.get(slug)
    listed = row.choice("listed", Listing, known.listed if known else Listing.LISTED)
    numbers = _numbers(row, team, directory)
    person = Person(slug, name, team, _extension(row, known), numbers, accept, manager, away, listed)
    return _kept(person, known, row.cells.keys())


def _kept(person: Person, known: Person | None, given: Collection[str]) -> Person:
    """The person with what is known of them wherever the file has no such column: a short file empties nothing."""
    if known is None:
        return person
    said = {field: getattr(person, field) for column, field in PERSON_FIELDS.items() if column in given}
    return replace(known, name=person.name, team=person.team, **said)


def _extension(row: Row, known: Person | None) -> str | None:
    """The extension; zeros in front that a spreadsheet lost are those that are known."""
    extension = unfloated(row.text("extension"))
    if not extension:
        return None
    if known and known.extension and known.extension.lstrip("0") == extension:
        return known.extension
    if not EXTENSION.fullmatch(extension):
        row.wrong("extension", Fault.EXTENSION, extension)
    return extension


def _absence(row: Row, text: str, zone: Zone) -> Absence | None:
    """``2026-12-01T09:00/2026-12-08T09:00``, and behind another slash the slug of who covers."""
    since, until, cover = (*(part.strip() for part in text.split("/", 2)), "", "", "")[:3]
    moments = [row.moment_from("away", one, zone) for one in (since, until)]
    if not since or not until:
        row.wrong("away", Fault.MOMENT, text)
    if moments[0] is None or moments[1] is None:
        return None
    if moments[1] <= moments[0]:
        row.wrong("away", Fault.ORDER, until)
    return Absence(moments[0], moments[1], cover or None)


def _numbers(row: Row, team: str, directory: Snapshot) -> tuple[Number, ...]:
    """What rings, by the rules of the team's authority."""
    known = directory.teams.get(team)
    authority = known.authority if known else row.text("authority")
    read = (row.number_from("numbers", text, directory, authority) for text in row.several("numbers"))
    return tuple(dict.fromkeys(number for number in read if number))


def _check_references(person: Person, row: Row, people: Mapping[str, tuple[Person, Row]], directory: Snapshot) -> None:
    covers = (absence.cover for absence in person.away if absence.cover)
    named = [("manager", person.manager), *(("away", cover) for cover in covers)]
    for column, slug in named:
        if slug == person.slug:
            row.wrong(column, Fault.CIRCLE, slug)
        elif slug and slug not in people and slug not in directory.people:
            row.wrong(column, Fault.UNKNOWN, slug)
    if person.manager and person.manager != person.slug and person.slug in _above(person.manager, people, directory):
        row.wrong("manager", Fault.CIRCLE, person.manager)


def _above(slug: str, people: Mapping[str, tuple[Person, Row]], directory: Snapshot) -> Iterator[str]:
    """Everybody above, each once."""
    seen: set[str] = set()
    manager: str | None = slug
    while manager and manager not in seen:
        seen.add(manager)
        yield manager
        found = people[manager][0] if manager in people else directory.people.get(manager)
        manager = found.manager if found else None
