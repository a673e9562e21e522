"""How is the directory written as a file that reads back the same?"""

import csv
import io
from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime

from directory.model import Absence, CallerId, DutyNumber, Person, Source, Team
from directory.person_rows import PERSON_COLUMNS
from directory.rows import FORMULA, joined
from directory.snapshot import Snapshot
from directory.team_rows import TEAM_COLUMNS

Line = tuple[str, ...]
NO_DUTY = ("",) * 7


def teams_csv(directory: Snapshot) -> str:
    """Every team, one row per duty number."""
    return csv_text(team_lines(directory))


def people_csv(directory: Snapshot) -> str:
    """Every worker and manager, one row each."""
    return csv_text(person_lines(directory))


def team_lines(directory: Snapshot) -> Iterator[Line]:
    """The headings and rows of a file of teams, harmless in a spreadsheet."""
    return _harmless(TEAM_COLUMNS, (row for team in directory.teams.values() for row in _team_rows(team)))


def person_lines(directory: Snapshot) -> Iterator[Line]:
    """The headings and rows of a file of people, harmless in a spreadsheet."""
    return _harmless(PERSON_COLUMNS, (_person_row(person, directory) for person in directory.people.values()))


def csv_text(lines: Iterable[Sequence[str]]) -> str:
    """Lines as CSV."""
    file = io.StringIO(newline="")
    csv.writer(file, lineterminator="\n").writerows(lines)
    return file.getvalue()


def _harmless(columns: Line, rows: Iterable[Line]) -> Iterator[Line]:
    """A spreadsheet runs a cell that begins like a formula; an apostrophe keeps it text (ASVS 1.2.10)."""
    yield columns
    for row in rows:
        yield tuple(f"'{cell}" if FORMULA.match(cell) else cell for cell in row)


def _team_rows(team: Team) -> Iterator[Line]:
    """A row per duty number, and one before them where the team's own source is not that of its first number."""
    head = (team.authority, team.area, team.service, team.name, team.slug, joined(team.aliases))
    if not team.duty_numbers or team.duty_numbers[0].source != team.source:
        yield (*head, *NO_DUTY, *_source_cells(team.source))
    for duty in team.duty_numbers:
        yield (*head, *_duty_cells(duty), *_source_cells(duty.source))


def _duty_cells(duty: DutyNumber) -> Line:
    shows = "" if duty.caller_id is CallerId.CALLER else duty.caller_id.value
    return (
        duty.number.national,
        duty.accept.value,
        shows,
        str(duty.at_once or ""),
        _moment(duty.since),
        _moment(duty.until),
        duty.note,
    )


def _source_cells(source: Source | None) -> Line:
    if source is None:
        return ("",) * 5
    line = "" if source.line is None else str(source.line)
    read = source.read.isoformat() if source.read else ""
    return source.document, line, read, source.printed, source.assumed


def _moment(at: datetime | None) -> str:
    return at.isoformat() if at else ""


def _person_row(person: Person, directory: Snapshot) -> Line:
    team = directory.teams.get(person.team)
    numbers = joined(tuple(number.national for number in person.numbers))
    authority, extension, manager = team.authority if team else "", person.extension or "", person.manager or ""
    away = joined(tuple(_gap(absence) for absence in person.away))
    return authority, person.team, person.slug, person.name, extension, numbers, person.accept.value, manager, away


def _gap(absence: Absence) -> str:
    cover = f"/{absence.cover}" if absence.cover else ""
    return f"{_moment(absence.since)}/{_moment(absence.until)}{cover}"
