"""What would a directory file change? Every change and every problem at once; nothing is written here.

A file is known by its headings (``FORMS``): teams have one row per duty number, rotas one per turn, bank holidays one per day,
everything else one row each.
"""

from collections.abc import Callable, Container, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from enum import StrEnum

from directory.authority_rows import AUTHORITY_COLUMNS, authorities_of
from directory.border import Border
from directory.closure_rows import CLOSURE_COLUMNS, closures_of
from directory.holiday_rows import HOLIDAY_COLUMNS, holidays_of
from directory.line_rows import LINE_COLUMNS, lines_of
from directory.model import Entry, Person, Team
from directory.person_rows import PERSON_COLUMNS, people_of
from directory.problems import Fault, Problem
from directory.references import dangling, shared_extensions
from directory.role_rows import ROLE_COLUMNS, roles_of
from directory.rota_rows import ROTA_COLUMNS, rotas_of
from directory.rows import BETWEEN, Row
from directory.slugs import slug_of
from directory.snapshot import Change, Kind, Snapshot, written
from directory.table import Table, csv_table
from directory.team_rows import TEAM_COLUMNS, teams_of

__all__ = [
    "BETWEEN", "PERSON_COLUMNS", "ROLE_COLUMNS", "TEAM_COLUMNS", "Border", "Import", "Rest", "read_csv", "read_table", "slug_of",
]  # fmt: skip

Described = Mapping[str, tuple[Entry, Row]]
"""What a file's rows describe: each entry by its slug, with its first row."""


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
class Form:
    """A kind of file: what its rows are of, the headings that it may have, those that tell it from others, and its reader."""

    kind: Kind
    columns: tuple[str, ...]
    marks: frozenset[str]
    described: Callable[[Sequence[Row], Snapshot, Border], Described]


def _people(rows: Sequence[Row], directory: Snapshot, border: Border) -> Described:
    return people_of(rows, directory, border.zone, border.new_slug)


def _roles(rows: Sequence[Row], directory: Snapshot, _: Border) -> Described:
    return roles_of(rows, directory)


def _teams(rows: Sequence[Row], directory: Snapshot, border: Border) -> Described:
    return teams_of(rows, directory, border.zone)


ROTAS = Form(Kind.TEAM, ROTA_COLUMNS, frozenset({"team", "who"}), rotas_of)
TEAMS = Form(Kind.TEAM, TEAM_COLUMNS, frozenset({"team"}), _teams)
FORMS = (
    Form(Kind.ROLE, ROLE_COLUMNS, frozenset({"team", "role"}), _roles),
    ROTAS,
    Form(Kind.PERSON, PERSON_COLUMNS, frozenset({"team", "name"}), _people),
    TEAMS,
    Form(Kind.CLOSURE, CLOSURE_COLUMNS, frozenset({"effect"}), closures_of),
    Form(Kind.HOLIDAYS, HOLIDAY_COLUMNS, frozenset({"division"}), holidays_of),
    Form(Kind.LINE, LINE_COLUMNS, frozenset({"answers"}), lines_of),
    Form(Kind.AUTHORITY, AUTHORITY_COLUMNS, frozenset({"exceptions"}), authorities_of),
)
"""The first whose marks are all there is the file's."""


def read_csv(text: str, directory: Snapshot, border: Border) -> Import:
    """The changes that a CSV text makes to a directory."""
    return read_table(csv_table(text), directory, border)


def read_table(table: Table, directory: Snapshot, border: Border, rest: Rest = Rest.STAYS) -> Import:
    """The changes that a table makes to a directory."""
    form = next((form for form in FORMS if form.marks <= set(table.columns)), None)
    wrong = (*table.problems, *_headings(table, form))
    if form is None or wrong:
        return Import((), wrong)
    entries = form.described(table.rows, directory, border)
    asked = tuple(_different(entries, directory))
    gone = tuple(_gone(form, entries, directory)) if rest is Rest.GOES else ()
    after = directory.changed(directory.version, (*asked, *gone))
    _check_extensions(entries, after)
    unsound = {slug for slug, (_, row) in entries.items() if row.problems}
    problems = (*(problem for row in table.rows for problem in row.problems), *dangling(after, gone, border.plans))
    at = {slug: row.at for slug, (_, row) in entries.items()}
    shown = (*(change for change in asked if change.slug not in unsound), *gone)
    return Import(() if problems else shown, problems, shown, at, form.kind)


def _headings(table: Table, form: Form | None) -> Iterator[Problem]:
    if table.problems and not table.columns:
        return
    known = (form or TEAMS).columns
    unknown = dict.fromkeys(column for column in table.columns if column and column not in known)
    yield from (Problem("heading", Fault.COLUMN, column) for column in unknown)
    if form is None:
        yield Problem("heading", Fault.MISSING)


def _different(entries: Described, directory: Snapshot) -> Iterator[Change]:
    for slug, (entry, _) in entries.items():
        change = written(entry)
        if directory.of(change.kind).get(slug) != entry:
            yield change


def _gone(form: Form, held: Container[str], directory: Snapshot) -> Iterator[Change]:
    left = [entry for slug, entry in directory.of(form.kind).items() if slug not in held]
    if form is ROTAS:
        return (written(replace(team, rota=())) for team in left if isinstance(team, Team) and team.rota)
    return (Change(form.kind, entry.slug, None) for entry in left)


def _check_extensions(entries: Described, after: Snapshot) -> None:
    """An extension is one person's within an authority."""
    people = [entry for entry, _ in entries.values() if isinstance(entry, Person)]
    for person in shared_extensions(after, people):
        entries[person.slug][1].wrong("extension", Fault.TAKEN, person.extension or "")
