"""What would a directory file change? Every change and every problem at once; nothing is written here.

Two files are known by their headings: teams (one row per duty number) and people (one row per person).
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from directory.model import Entry, Person, Team
from directory.person_rows import PERSON_COLUMNS, people_of
from directory.problems import Fault, Problem
from directory.references import dangling, shared_extensions
from directory.rows import BETWEEN, Row, Zone
from directory.slugs import slug_of
from directory.snapshot import Change, Kind, Snapshot, written
from directory.table import Table, csv_table
from directory.team_rows import TEAM_COLUMNS, teams_of

__all__ = ["BETWEEN", "PERSON_COLUMNS", "TEAM_COLUMNS", "Border", "Import", "Rest", "read_csv", "read_table", "slug_of"]


class Rest(StrEnum):
    """What becomes of that which the file does not hold."""

    STAYS = "stays"
    GOES = "goes"


@dataclass(frozen=True, slots=True)
class Import:
    """What a file asks for. ``changes`` may be written: with any problem there are none. ``asked`` is what its sound rows
    ask for in any case, and ``at`` the row of each slug."""

    changes: tuple[Change, ...]
    problems: tuple[Problem, ...]
    asked: tuple[Change, ...] = field(default=(), compare=False)
    at: Mapping[str, int] = field(default_factory=dict, compare=False)
    kind: Kind | None = field(default=None, compare=False)


@dataclass(frozen=True, slots=True)
class Border:
    """What reading needs from outside the file: the wall clock's zone, slugs for people who have none yet, and which plan
    names a team."""

    zone: Zone
    new_slug: Callable[[], str]
    plans: Mapping[str, str] = field(default_factory=dict)


def read_csv(text: str, directory: Snapshot, border: Border) -> Import:
    """The changes that a CSV text makes to a directory."""
    return read_table(csv_table(text), directory, border)


def read_table(table: Table, directory: Snapshot, border: Border, rest: Rest = Rest.STAYS) -> Import:
    """The changes that a table makes to a directory."""
    kind, columns = (Kind.PERSON, PERSON_COLUMNS) if "name" in table.columns else (Kind.TEAM, TEAM_COLUMNS)
    wrong = (*table.problems, *_headings(table, columns))
    if wrong:
        return Import((), wrong)
    entries = _entries(kind, table, directory, border)
    asked = tuple(_different(entries, directory))
    gone = tuple(_gone(kind, entries, directory)) if rest is Rest.GOES else ()
    after = directory.changed(directory.version, (*asked, *gone))
    _check_extensions(entries, after)
    unsound = {slug for slug, (_, row) in entries.items() if row.problems}
    problems = (*(problem for row in table.rows for problem in row.problems), *dangling(after, gone, border.plans))
    at = {slug: row.at for slug, (_, row) in entries.items()}
    shown = (*(change for change in asked if change.slug not in unsound), *gone)
    return Import(() if problems else shown, problems, shown, at, kind)


def _headings(table: Table, known: tuple[str, ...]) -> Iterator[Problem]:
    if table.problems and not table.columns:
        return
    unknown = dict.fromkeys(column for column in table.columns if column and column not in known)
    yield from (Problem("heading", Fault.COLUMN, column) for column in unknown)
    if "team" not in table.columns:
        yield Problem("heading", Fault.MISSING)


def _entries(
    kind: Kind, table: Table, directory: Snapshot, border: Border
) -> Mapping[str, tuple[Team, Row]] | Mapping[str, tuple[Person, Row]]:
    if kind is Kind.PERSON:
        return people_of(table.rows, directory, border.zone, border.new_slug)
    return teams_of(table.rows, directory, border.zone)


def _present(kind: Kind, directory: Snapshot) -> Mapping[str, Entry]:
    return directory.people if kind is Kind.PERSON else directory.teams


def _different(
    entries: Mapping[str, tuple[Team, Row]] | Mapping[str, tuple[Person, Row]], directory: Snapshot
) -> Iterator[Change]:
    for slug, (entry, _) in entries.items():
        change = written(entry)
        if _present(change.kind, directory).get(slug) != entry:
            yield change


def _gone(kind: Kind, held: Mapping[str, object], directory: Snapshot) -> Iterator[Change]:
    return (Change(kind, slug, None) for slug in _present(kind, directory) if slug not in held)


def _check_extensions(
    entries: Mapping[str, tuple[Team, Row]] | Mapping[str, tuple[Person, Row]], after: Snapshot
) -> None:
    """An extension is one person's within an authority."""
    people = [entry for entry, _ in entries.values() if isinstance(entry, Person)]
    for person in shared_extensions(after, people):
        entries[person.slug][1].wrong("extension", Fault.TAKEN, person.extension or "")
