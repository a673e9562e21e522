"""How is the directory written as a file that reads back the same?"""

import csv
import io
from collections.abc import Iterable, Iterator
from datetime import datetime

from directory.importing import BETWEEN, PERSON_COLUMNS, TEAM_COLUMNS
from directory.model import Absence, CallerId, DutyNumber, Person, Team
from directory.rows import FORMULA
from directory.snapshot import Snapshot


def teams_csv(directory: Snapshot) -> str:
    """Every team, one row per duty number."""
    return _csv(TEAM_COLUMNS, (row for team in directory.teams.values() for row in _team_rows(team)))


def people_csv(directory: Snapshot) -> str:
    """Every worker and manager, one row each."""
    return _csv(PERSON_COLUMNS, (_person_row(person, directory) for person in directory.people.values()))


def _csv(columns: Iterable[str], rows: Iterable[tuple[str, ...]]) -> str:
    file = io.StringIO(newline="")
    lines = csv.writer(file, lineterminator="\n")
    lines.writerow(columns)
    lines.writerows([_harmless(cell) for cell in row] for row in rows)
    return file.getvalue()


def _harmless(cell: str) -> str:
    """A spreadsheet runs a cell that begins like a formula; an apostrophe keeps it text (ASVS 1.2.10)."""
    return f"'{cell}" if FORMULA.match(cell) else cell


def _team_rows(team: Team) -> Iterator[tuple[str, ...]]:
    head = (team.authority, team.area, team.service, team.name, team.slug, BETWEEN.join(team.aliases))
    for duty in team.duty_numbers or (None,):
        yield (*head, *_duty_cells(duty), *_source_cells(team, duty))


def _duty_cells(duty: DutyNumber | None) -> tuple[str, ...]:
    if duty is None:
        return ("",) * 7
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


def _source_cells(team: Team, duty: DutyNumber | None) -> tuple[str, ...]:
    source = duty.source if duty else team.source
    if source is None:
        return ("",) * 4
    line, read = source.line or "", source.read.isoformat() if source.read else ""
    return source.document, str(line), read, source.assumed


def _moment(at: datetime | None) -> str:
    return at.isoformat() if at else ""


def _person_row(person: Person, directory: Snapshot) -> tuple[str, ...]:
    team = directory.teams.get(person.team)
    numbers = BETWEEN.join(number.national for number in person.numbers)
    authority, extension, manager = team.authority if team else "", person.extension or "", person.manager or ""
    away = BETWEEN.join(_gap(absence) for absence in person.away)
    return authority, person.team, person.slug, person.name, extension, numbers, person.accept.value, manager, away


def _gap(absence: Absence) -> str:
    cover = f"/{absence.cover}" if absence.cover else ""
    return f"{_moment(absence.since)}/{_moment(absence.until)}{cover}"
