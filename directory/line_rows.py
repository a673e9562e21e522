"""Which numbers do the lines of a file answer? One row each; heading ``answers`` is what tells the file."""

from collections.abc import Mapping, Sequence

from directory.border import Border
from directory.model import LineNumbers
from directory.numbers import Number, number_from
from directory.problems import Fault
from directory.rows import Row
from directory.snapshot import Snapshot

LINE_COLUMNS = ("line", "answers")
MOST_NUMBERS = 20


def lines_of(rows: Sequence[Row], directory: Snapshot, border: Border) -> Mapping[str, tuple[LineNumbers, Row]]:
    """Each line by its slug, with its row."""
    named = {row.text("line") for row in rows}
    owners = {
        number: line.slug for line in directory.lines.values() if line.slug not in named for number in line.numbers
    }
    rung, lines = _rung(directory), dict[str, tuple[LineNumbers, Row]]()
    for row in rows:
        slug = row.needed("line")
        if slug in lines:
            row.wrong("line", Fault.TAKEN, slug)
        elif slug and slug not in border.lines:
            row.wrong("line", Fault.UNKNOWN, slug)
        lines[slug] = LineNumbers(slug, _numbers(row, slug, owners, rung)), row
    return lines


def _numbers(row: Row, line: str, owners: dict[Number, str], rung: Mapping[Number, str]) -> tuple[Number, ...]:
    found = []
    for text in row.several("answers"):
        number = number_from(text)
        if not isinstance(number, Number):
            row.wrong("answers", number, text)
        elif number in owners:
            row.wrong("answers", Fault.TAKEN, text)
        elif number in rung:
            row.wrong("answers", Fault.REFERRED, rung[number])
        else:
            owners[number] = line
            found.append(number)
    if len(found) > MOST_NUMBERS:
        row.wrong("answers", Fault.TOO_MANY, f"{len(found)} numbers")
    return tuple(found)


def _rung(directory: Snapshot) -> Mapping[Number, str]:
    """Who is rung on each number: a line that answered it would ring itself."""
    rung = {duty.number: f"team {team.slug}" for team in directory.teams.values() for duty in team.duty_numbers}
    for team in directory.teams.values():
        rung |= {shift.who: f"team {team.slug}" for shift in team.rota if isinstance(shift.who, Number)}
    for person in directory.people.values():
        rung |= dict.fromkeys(person.numbers, f"person {person.slug}")
    for role in directory.roles.values():
        rung |= dict.fromkeys(role.numbers, f"role {role.slug}")
    return rung
