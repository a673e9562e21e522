"""How is the directory written as a file that reads back the same?"""

import csv
import io
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import datetime

from directory.authority_rows import AUTHORITY_COLUMNS, BEHIND
from directory.closure_rows import CLOSURE_COLUMNS
from directory.holiday_rows import HOLIDAY_COLUMNS
from directory.line_rows import LINE_COLUMNS
from directory.model import Absence, Authority, CallerId, Closure, DutyNumber, Person, Role, Shift, Source, Team
from directory.numbers import Number
from directory.person_rows import PERSON_COLUMNS
from directory.role_rows import ROLE_COLUMNS
from directory.rota_rows import ROTA_COLUMNS
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
    return harmless(TEAM_COLUMNS, (row for team in directory.teams.values() for row in _team_rows(team)))


def person_lines(directory: Snapshot) -> Iterator[Line]:
    """The headings and rows of a file of people, harmless in a spreadsheet."""
    return harmless(PERSON_COLUMNS, (_person_row(person, directory) for person in directory.people.values()))


def role_lines(directory: Snapshot) -> Iterator[Line]:
    """The headings and rows of a file of named roles, harmless in a spreadsheet."""
    return harmless(ROLE_COLUMNS, map(_role_row, directory.roles.values()))


def rota_lines(directory: Snapshot) -> Iterator[Line]:
    """The headings and rows of a file of rotas; teams without one are not in it."""
    return harmless(ROTA_COLUMNS, (_turn_row(team, turn) for team in directory.teams.values() for turn in team.rota))


def closure_lines(directory: Snapshot) -> Iterator[Line]:
    """The headings and rows of a file of closures and openings."""
    return harmless(CLOSURE_COLUMNS, map(_closure_row, directory.closures.values()))


def authority_lines(directory: Snapshot) -> Iterator[Line]:
    """The headings and rows of a file of authorities."""
    return harmless(AUTHORITY_COLUMNS, map(_authority_row, directory.authorities.values()))


def line_lines(directory: Snapshot) -> Iterator[Line]:
    """The headings and rows of a file of the numbers that lines answer."""
    answers = ((line.slug, joined(tuple(one.national for one in line.numbers))) for line in directory.lines.values())
    return harmless(LINE_COLUMNS, answers)


def holiday_lines(directory: Snapshot) -> Iterator[Line]:
    """The headings and rows of a file of the bank holidays that were sent in."""
    lists = directory.holidays.values()
    return harmless(HOLIDAY_COLUMNS, ((one.slug, day.isoformat(), name) for one in lists for day, name in one.days))


def csv_text(lines: Iterable[Sequence[str]]) -> str:
    """Lines as CSV."""
    file = io.StringIO(newline="")
    csv.writer(file, lineterminator="\n").writerows(lines)
    return file.getvalue()


def harmless(columns: Line, rows: Iterable[Line]) -> Iterator[Line]:
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
    head = authority, person.team, person.slug, person.name, extension, numbers
    return *head, person.accept.value, manager, away, person.listed.value


def _role_row(role: Role) -> Line:
    numbers = joined(tuple(number.national for number in role.numbers))
    held = (role.holder or "", joined(role.deputies), numbers)
    return (role.authority, role.team or "", role.slug, role.name, *held, *_source_cells(role.source))


def _turn_row(team: Team, turn: Shift) -> Line:
    who = turn.who.national if isinstance(turn.who, Number) else turn.who
    return team.slug, _moment(turn.since), _moment(turn.until), who, turn.note


def _closure_row(closure: Closure) -> Line:
    head = closure.slug, closure.effect.value, _moment(closure.since), _moment(closure.until), closure.reason
    return *head, closure.authority or "", closure.line or "", closure.rrule


def _authority_row(authority: Authority) -> Line:
    rule = authority.extensions
    digits, prefix = (str(rule.digits), rule.prefix) if rule else ("", "")
    exceptions = joined(tuple(f"{Number(e164).national}{BEHIND}{reason}" for e164, reason in authority.exceptions))
    return authority.slug, authority.name, digits, prefix, exceptions, authority.staff_pin


def _gap(absence: Absence) -> str:
    cover = f"/{absence.cover}" if absence.cover else ""
    return f"{_moment(absence.since)}/{_moment(absence.until)}{cover}"


LINES: Mapping[str, Callable[[Snapshot], Iterator[Line]]] = {
    "authorities": authority_lines, "teams": team_lines, "people": person_lines, "roles": role_lines, "rotas": rota_lines,
    "closures": closure_lines, "lines": line_lines, "bank-holidays": holiday_lines,
}  # fmt: skip
"""Every kind of file, in an order in which they can be read back into an empty directory."""
