"""What does a directory file look like in the tests, and onto which directory is it read?"""

from directory.importing import PERSON_COLUMNS, TEAM_COLUMNS, Border, Import, read_csv
from directory.model import Accept, Authority, DutyNumber, LineNumbers, Person, Team
from directory.numbers import ExtensionRule, Number
from directory.snapshot import Snapshot, written
from routing.clock import LONDON

BORDER = Border(LONDON, lambda: "w-new")
OUR_LINE = Number("+442079460101")
THERE = Snapshot().changed(
    7,
    [
        written(Authority("devon", "Devon", ExtensionRule(4, "0139238"), (("+448456000388", "named by an admin"),))),
        written(Authority("derby", "Derby City")),
        written(
            Team("devon-duty", "Duty", "devon", duty_numbers=(DutyNumber(Number("+441392388481"), Accept.CONNECT),)),
        ),
        written(Person("w-1", "Rowan Sampleton", "devon-duty", "2301", (Number("+442079460201"),))),
        written(LineNumbers("devon", (OUR_LINE,))),
    ],
)


def teams_file(*rows: dict[str, str], delimiter: str = ",") -> str:
    """A teams file with every column; what a row does not name is empty, but for authority and team."""
    return _file(TEAM_COLUMNS, [{"authority": "devon", "team": "Team", **row} for row in rows], delimiter)


def people_file(*rows: dict[str, str], delimiter: str = ",") -> str:
    """A people file with every column; what a row does not name is empty, but for authority, team and name."""
    given = {"authority": "devon", "team": "devon-duty", "name": "Tamsin Mockford"}
    return _file(PERSON_COLUMNS, [{**given, **row} for row in rows], delimiter)


def _file(columns: tuple[str, ...], rows: list[dict[str, str]], delimiter: str) -> str:
    lines = [columns, *([row.get(column, "") for column in columns] for row in rows)]
    return "\n".join(delimiter.join(line) for line in lines) + "\n"


def read(text: str, directory: Snapshot = THERE) -> Import:
    """What a file asks for."""
    return read_csv(text, directory, BORDER)


def faults(text: str) -> list[tuple[str, str, str]]:
    """Every problem of a file; with any of them nothing may change."""
    found = read(text)
    assert not (found.problems and found.changes)
    return [(problem.field, problem.code.value, problem.value) for problem in found.problems]


def teams_of(text: str) -> list[Team]:
    """The teams that a sound file writes."""
    found = read(text)
    assert found.problems == ()
    return [change.entry for change in found.changes if isinstance(change.entry, Team)]
