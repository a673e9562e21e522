"""What would a directory file change? Every change and every problem at once; nothing is written here.

Two files are known by their headings: teams (one row per duty number) and people (one row per person).
"""

import csv
import io
import re
from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import TypeVar

from directory.model import (
    LONGEST_SLUG,
    Absence,
    Accept,
    CallerId,
    DutyNumber,
    Entry,
    Person,
    Source,
    Team,
    default_accept,
)
from directory.numbers import Number
from directory.problems import Fault, Problem
from directory.rows import Row, Zone
from directory.snapshot import KINDS, Change, Snapshot, written

TEAM_COLUMNS = ("authority", "area", "service", "team", "slug", "aliases", "number", "accept", "caller_id", "at_once",
                "from", "until", "note", "source", "line", "read", "assumed")  # fmt: skip
PERSON_COLUMNS = ("authority", "team", "slug", "name", "extension", "numbers", "accept", "manager", "away")
TEAM_FIELDS = {"area": "area", "service": "service", "aliases": "aliases", "number": "duty_numbers"}
DUTY_FIELDS = {"accept": "accept", "caller_id": "caller_id", "at_once": "at_once", "from": "since", "until": "until",
               "note": "note", "source": "source"}  # fmt: skip
PERSON_FIELDS = {
    "extension": "extension",
    "numbers": "numbers",
    "accept": "accept",
    "manager": "manager",
    "away": "away",
}
BETWEEN = "|"
E = TypeVar("E", Team, DutyNumber, Person)


@dataclass(frozen=True, slots=True)
class Import:
    """What a file asks for. With any problem nothing may be written."""

    changes: tuple[Change, ...]
    problems: tuple[Problem, ...]


@dataclass(frozen=True, slots=True)
class Border:
    """What reading needs from outside the file: the wall clock's zone, and slugs for people who have none yet."""

    zone: Zone
    new_slug: Callable[[], str]


def read_csv(text: str, directory: Snapshot, border: Border) -> Import:
    """The changes that a CSV text makes to a directory. BOM, and comma, semicolon or tab between cells, are all read."""
    try:
        columns, rows = _table(text.removeprefix("\ufeff"))
    except csv.Error:
        return Import((), (Problem("file", Fault.CELL),))
    known = PERSON_COLUMNS if "name" in columns else TEAM_COLUMNS
    problems = [Problem("heading", Fault.COLUMN, column) for column in columns if column not in known]
    problems += [Problem("heading", Fault.MISSING)] if "team" not in columns else []
    if problems:
        return Import((), tuple(problems))
    entries = _people(rows, directory, border) if known is PERSON_COLUMNS else _teams(rows, directory, border)
    found = tuple(problem for row in rows for problem in row.problems)
    return Import((), found) if found else Import(tuple(_different(entries, directory)), ())


def _table(text: str) -> tuple[tuple[str, ...], list[Row]]:
    heading = text.partition("\n")[0]
    delimiter = max(",;\t", key=heading.count)
    lines = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
    columns = tuple(cell.strip().lower() for cell in next(lines, []))
    return columns, [_row(at, columns, cells) for at, cells in enumerate(lines, 2) if any(cells)]


def _row(at: int, columns: tuple[str, ...], cells: list[str]) -> Row:
    row = Row(at, dict(zip(columns, cells, strict=False)))
    if len(cells) > len(columns):
        row.wrong("cells", Fault.WIDTH, str(len(cells) - len(columns)))
    return row


def _different(entries: Mapping[str, Entry], directory: Snapshot) -> Iterator[Change]:
    there = {(KINDS[type(entry)], entry.slug): entry for entry in directory.entries()}
    changes = (written(entry) for entry in entries.values())
    return (change for change in changes if there.get((change.kind, change.slug)) != change.entry)


def slug_of(*words: str) -> str:
    """``Children & Families North 1`` as ``children-families-north-1``."""
    return re.sub(r"[^a-z0-9]+", "-", "-".join(words).lower())[:LONGEST_SLUG].strip("-")


def _keeping(entry: E, known: E | None, given: Collection[str], fields: Mapping[str, str]) -> E:
    """An entry with what is known of it already wherever the file has no such column: a short file empties nothing."""
    if known is None:
        return entry
    return replace(entry, **{field: getattr(known, field) for column, field in fields.items() if column not in given})


def _slug(row: Row, otherwise: str) -> str:
    slug = row.text("slug")
    if len(slug) > LONGEST_SLUG:
        row.wrong("slug", Fault.TOO_LONG, str(len(slug)))
    return slug or otherwise


def _teams(rows: list[Row], directory: Snapshot, border: Border) -> Mapping[str, Team]:
    teams: dict[str, Team] = {}
    for row in rows:
        source = _source(row)
        team = _team(row, directory, source)
        earlier = teams.get(team.slug, team)
        if earlier.name != team.name:
            row.wrong("slug", Fault.TAKEN, team.slug)
        duty = _duty_number(row, team, directory, border, source)
        teams[team.slug] = replace(earlier, duty_numbers=(*earlier.duty_numbers, *duty))
    given = rows[0].cells.keys() if rows else ()
    return {slug: _keeping(team, directory.teams.get(slug), given, TEAM_FIELDS) for slug, team in teams.items()}


def _team(row: Row, directory: Snapshot, source: Source | None) -> Team:
    authority, name = row.needed("authority"), row.needed("team")
    if authority and authority not in directory.authorities:
        row.wrong("authority", Fault.UNKNOWN, authority)
    aliases = tuple(_several(row, "aliases"))
    slug = _slug(row, slug_of(authority, name))
    known = directory.teams.get(slug)
    kept = known.source if known and row.text("number") else None
    return Team(slug, name, authority, row.text("area"), row.text("service"), aliases, (), kept or source)


def _duty_number(
    row: Row, team: Team, directory: Snapshot, border: Border, source: Source | None
) -> tuple[DutyNumber, ...]:
    if not row.text("number"):
        return ()
    number = row.number("number", directory, team.authority)
    usual = default_accept(number) if number else Accept.KEY
    since, until = row.moment("from", border.zone), row.moment("until", border.zone)
    if since and until and until <= since:
        row.wrong("until", Fault.ORDER, row.text("until"))
    accept, caller_id = row.choice("accept", Accept, usual), row.choice("caller_id", CallerId, CallerId.CALLER)
    at_once, note = row.whole("at_once"), row.text("note")
    if number is None:
        return ()
    duty = DutyNumber(number, accept, since, until, note, caller_id, at_once, source)
    known = directory.teams.get(team.slug, team).duty_numbers
    before = next((one for one in known if one.number == number), None)
    return (_keeping(duty, before, row.cells.keys(), DUTY_FIELDS),)


def _source(row: Row) -> Source | None:
    document, assumed = row.text("source"), row.text("assumed")
    line, read = row.whole("line"), row.day("read")
    return Source(document, line, read, assumed) if document or assumed else None


def _people(rows: list[Row], directory: Snapshot, border: Border) -> Mapping[str, Person]:
    known = {(person.team, person.name): person.slug for person in directory.people.values()}
    people = {}
    for row in rows:
        person = _person(row, directory, border, known)
        if person.slug in people and row.text("slug"):
            row.wrong("slug", Fault.TAKEN, person.slug)
        people[person.slug] = person
    _check_managers(rows, people, directory)
    return people


def _person(row: Row, directory: Snapshot, border: Border, known: Mapping[tuple[str, str], str]) -> Person:
    team, name = row.needed("team"), row.needed("name")
    if team and team not in directory.teams:
        row.wrong("team", Fault.UNKNOWN, team)
    slug = _slug(row, "") or known.get((team, name)) or border.new_slug()
    extension = row.text("extension") or None
    if extension and not re.fullmatch(r"\d{2,6}", extension):
        row.wrong("extension", Fault.EXTENSION, extension)
    accept, manager = row.choice("accept", Accept, Accept.KEY), row.text("manager") or None
    away = tuple(_absence(row, text, border) for text in _several(row, "away"))
    known_gaps = tuple(gap for gap in away if gap)
    person = Person(slug, name, team, extension, _numbers(row, directory), accept, manager, known_gaps)
    return _keeping(person, directory.people.get(slug), row.cells.keys(), PERSON_FIELDS)


def _several(row: Row, column: str) -> list[str]:
    return [text.strip() for text in row.text(column).split(BETWEEN) if text.strip()]


def _absence(row: Row, text: str, border: Border) -> Absence | None:
    """``2026-12-01T09:00/2026-12-08T09:00``, and behind another slash the slug of who covers."""
    since, until, cover = (*text.split("/"), "", "", "")[:3]
    moments = [row.moment_from("away", one, border.zone) for one in (since, until)]
    if moments[0] is None or moments[1] is None:
        return None
    if moments[1] <= moments[0]:
        row.wrong("away", Fault.ORDER, until)
    return Absence(moments[0], moments[1], cover or None)


def _numbers(row: Row, directory: Snapshot) -> tuple[Number, ...]:
    texts = _several(row, "numbers")
    read = (row.number_from("numbers", text, directory, row.text("authority")) for text in texts)
    return tuple(number for number in read if number)


def _check_managers(rows: list[Row], people: Mapping[str, Person], directory: Snapshot) -> None:
    for row in rows:
        manager = row.text("manager")
        if manager and manager not in people and manager not in directory.people:
            row.wrong("manager", Fault.UNKNOWN, manager)
