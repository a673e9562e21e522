"""Which columns and rows does a file hold? Below whatever title somebody set over the headings."""

import csv
import io
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from directory.problems import Fault, Problem
from directory.rows import Row

KEY_COLUMNS = frozenset({"team", "effect", "division", "answers", "exceptions"})
"""Every file has one of them; its row is the one with the headings."""

DEEPEST_HEADING = 10
MOST_ROWS = 200_000
MOST_COLUMNS = 200
DELIMITERS = ",;\t"


@dataclass(frozen=True, slots=True)
class Table:
    """Headings in small letters, rows below them, and what is wrong with the table as such."""

    columns: tuple[str, ...]
    rows: tuple[Row, ...] = ()
    problems: tuple[Problem, ...] = ()


def unreadable(fault: Fault, value: str = "") -> Table:
    """A file that is no table."""
    return Table((), (), (Problem("file", fault, value),))


def csv_table(text: str) -> Table:
    """The table of a CSV text. BOM, and comma, semicolon or tab between the cells, are all read."""
    text = text.removeprefix("\ufeff")
    try:
        return table_of(csv.reader(io.StringIO(text, newline=""), delimiter=_delimiter(text)))
    except csv.Error:
        return unreadable(Fault.CELL)


def _delimiter(text: str) -> str:
    top = text[: 1 << 16].splitlines()[:DEEPEST_HEADING]
    heading = next((line for line in top if _names_a_key(line) and any(map(line.count, DELIMITERS))), "")
    return max(DELIMITERS, key=heading.count)


def _names_a_key(line: str) -> bool:
    return any(key in line.lower() for key in KEY_COLUMNS)


def table_of(lines: Iterable[Sequence[str]]) -> Table:
    """The table of lines of cells; the first line is row 1."""
    numbered = [(at, cells) for at, cells in enumerate(lines, 1) if any(cells)]
    if len(numbered) > MOST_ROWS:
        return unreadable(Fault.TOO_MANY, f"{len(numbered)} rows")
    place = next((place for place, (_, cells) in enumerate(numbered[:DEEPEST_HEADING]) if _is_heading(cells)), 0)
    columns = _columns(numbered[place][1]) if numbered else ()
    below = numbered[place + 1 :]
    return Table(columns, tuple(_row(at, columns, cells) for at, cells in below), tuple(_problems(columns, below)))


def _is_heading(cells: Sequence[str]) -> bool:
    return not KEY_COLUMNS.isdisjoint(_columns(cells))


def _columns(cells: Sequence[str]) -> tuple[str, ...]:
    columns = [cell.strip().lower() for cell in cells[:MOST_COLUMNS]]
    while columns and not columns[-1]:
        columns.pop()
    return tuple(columns)


def _problems(columns: tuple[str, ...], below: Sequence[tuple[int, Sequence[str]]]) -> Iterator[Problem]:
    for place, column in enumerate(columns):
        if column and column in columns[:place]:
            yield Problem("heading", Fault.TAKEN, column)
        if not column and any(len(cells) > place and cells[place].strip() for _, cells in below):
            yield Problem("heading", Fault.HEADING, letter(place))


def _row(at: int, columns: tuple[str, ...], cells: Sequence[str]) -> Row:
    row = Row(at, dict(zip(columns, cells, strict=False)))
    extra = sum(1 for cell in cells[len(columns) :] if cell.strip())
    if extra:
        row.wrong("cells", Fault.WIDTH, str(extra))
    return row


def letter(place: int) -> str:
    """A column as a spreadsheet names it: 0 is A, 26 is AA."""
    left, right = divmod(place, 26)
    return (letter(left - 1) if left else "") + chr(ord("A") + right)
