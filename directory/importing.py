"""What would a directory file change? Every change and every problem at once; nothing is written here.

Two files are known by their headings: teams (one row per duty number) and people (one row per person).
"""

import csv
import io
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace

from directory.model import Accept, CallerId, DutyNumber, Entry, Person, Source, Team
from directory.numbers import ExtensionRule, Number
from directory.problems import Fault, Problem
from directory.rows import Row, Zone
from directory.snapshot import KINDS, Change, Snapshot, written

TEAM_COLUMNS = ("authority", "area", "service", "team", "slug", "aliases", "number", "accept", "caller_id", "at_once",
                "from", "until", "note", "source", "line", "read", "assumed")  # fmt: skip
PERSON_COLUMNS = ("authority", "team", "slug", "name", "extension", "numbers", "accept", "manager")
BETWEEN = "|"


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
    columns, rows = _table(text.removeprefix("\ufeff"))
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
    return re.sub(r"[^a-z0-9]+", "-", "-".join(words).lower()).strip("-")


def _rule(directory: Snapshot, authority: str) -> ExtensionRule | None:
    known = directory.authorities.get(authority)
    return known.extensions if known else None


def _teams(rows: list[Row], directory: Snapshot, border: Border) -> Mapping[str, Team]:
    teams: dict[str, Team] = {}
    for row in rows:
        team = _team(row, directory)
        earlier = teams.get(team.slug, team)
        duty = _duty_number(row, team, directory, border)
        teams[team.slug] = replace(earlier, duty_numbers=(*earlier.duty_numbers, *duty))
    return teams


def _team(row: Row, directory: Snapshot) -> Team:
    authority, name = row.needed("authority"), row.needed("team")
    if authority and authority not in directory.authorities:
        row.wrong("authority", Fault.UNKNOWN, authority)
    aliases = tuple(alias.strip() for alias in row.text("aliases").split(BETWEEN) if alias.strip())
    slug = row.text("slug") or slug_of(authority, name)
    return Team(slug, name, authority, row.text("area"), row.text("service"), aliases, (), _source(row))


def _duty_number(row: Row, team: Team, directory: Snapshot, border: Border) -> tuple[DutyNumber, ...]:
    if not row.text("number"):
        return ()
    number = row.number("number", directory, team.authority)
    if number is None:
        return ()
    since, until = row.moment("from", border.zone), row.moment("until", border.zone)
    if since and until and until <= since:
        row.wrong("until", Fault.ORDER, row.text("until"))
    accept, caller_id = row.choice("accept", Accept, Accept.KEY), row.choice("caller_id", CallerId, CallerId.CALLER)
    return (DutyNumber(number, accept, since, until, row.text("note"), caller_id, row.whole("at_once"), _source(row)),)


def _source(row: Row) -> Source | None:
    document, assumed = row.text("source"), row.text("assumed")
    line, read = row.whole("line"), row.day("read")
    return Source(document, line, read, assumed) if document or assumed else None


def _people(rows: list[Row], directory: Snapshot, border: Border) -> Mapping[str, Person]:
    known = {(person.team, person.name): person.slug for person in directory.people.values()}
    people = {}
    for row in rows:
        person = _person(row, directory, border, known)
        people[person.slug] = person
    _check_managers(rows, people, directory)
    return people


def _person(row: Row, directory: Snapshot, border: Border, known: Mapping[tuple[str, str], str]) -> Person:
    team, name = row.needed("team"), row.needed("name")
    if team and team not in directory.teams:
        row.wrong("team", Fault.UNKNOWN, team)
    slug = row.text("slug") or known.get((team, name)) or border.new_slug()
    extension = row.text("extension") or None
    if extension and not re.fullmatch(r"\d{2,6}", extension):
        row.wrong("extension", Fault.EXTENSION, extension)
    accept, manager = row.choice("accept", Accept, Accept.KEY), row.text("manager") or None
    return Person(slug, name, team, extension, _numbers(row, directory), accept, manager)


def _numbers(row: Row, directory: Snapshot) -> tuple[Number, ...]:
    texts = [text.strip() for text in row.text("numbers").split(BETWEEN) if text.strip()]
    read = (row.number_from("numbers", text, directory, row.text("authority")) for text in texts)
    return tuple(number for number in read if number)


def _check_managers(rows: list[Row], people: Mapping[str, Person], directory: Snapshot) -> None:
    for row in rows:
        manager = row.text("manager")
        if manager and manager not in people and manager not in directory.people:
            row.wrong("manager", Fault.UNKNOWN, manager)
