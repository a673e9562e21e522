"""What does a cell of a directory file mean? Read into values; what is wrong is noted with row and column."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, tzinfo
from enum import StrEnum
from typing import TypeVar

from directory.numbers import Number, number_from
from directory.policy import denial
from directory.problems import Code, Fault, Problem
from directory.snapshot import Snapshot

Choice = TypeVar("Choice", bound=StrEnum)
Value = TypeVar("Value")
LONGEST_CELL = 500
LONGEST_LIST = 20_000
"""Characters of a cell that holds several values."""

LONGEST_ECHO = 80
BETWEEN = "|"
FORMULA = re.compile("'*[=+\\-@\t\r\0＝＋－＠]")
"""What a spreadsheet would run, and the same made harmless by apostrophes before it (ASVS 1.2.10)."""

LINE_BREAKS = re.compile(r"[\t\n\v\f\r]+")
UNKEEPABLE = re.compile("[\0-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")
"""Characters that a database or a workbook cannot keep."""

SLUG = re.compile(r"[a-z0-9][a-z0-9-]*")
FLOATED = re.compile(r"(\d+)\.0+")
PIECE = re.compile(r"(?:[^|\\]|\\.|\\$)+")
EARLIEST, LATEST = 2000, 2100
MOST_WHOLE = 1_000_000
Zone = tzinfo


@dataclass(slots=True)
class Row:
    """One row by its column headings; ``problems`` grows as cells turn out wrong."""

    at: int
    cells: Mapping[str, str]
    problems: list[Problem] = field(default_factory=list)

    def wrong(self, column: str, code: Code, value: str = "") -> None:
        """Note a problem of a cell, once."""
        problem = Problem(f"row {self.at}, {column}", code, value[:LONGEST_ECHO])
        if problem not in self.problems:
            self.problems.append(problem)

    def text(self, column: str, longest: int = LONGEST_CELL) -> str:
        """A cell on one line, without the apostrophe that our export puts before a formula's first sign."""
        value = LINE_BREAKS.sub(" ", self.cells.get(column) or "").strip()
        if value.startswith("="):
            self.wrong(column, Fault.FORMULA, value)
        if len(value) > longest:
            self.wrong(column, Fault.TOO_LONG, str(len(value)))
        if UNKEEPABLE.search(value):
            self.wrong(column, Fault.SIGNS)
            value = UNKEEPABLE.sub("", value)
        return value[1:] if value.startswith("'") and FORMULA.match(value) else value

    def needed(self, column: str) -> str:
        """A cell that must not be empty."""
        value = self.text(column)
        if not value:
            self.wrong(column, Fault.MISSING)
        return value

    def several(self, column: str) -> list[str]:
        r"""The values of a cell that holds several, with ``|`` between them; ``\|`` is a ``|`` of a value."""
        return parts(self.text(column, LONGEST_LIST))

    def choice(self, column: str, kind: type[Choice], otherwise: Choice) -> Choice:
        """A cell that holds one of a closed list of words."""
        value = self.text(column).lower()
        if value and value not in list(kind):
            self.wrong(column, Fault.CHOICE, value)
        return kind(value) if value in list(kind) else otherwise

    def moment(self, column: str, zone: Zone) -> datetime | None:
        """A cell with a date and time on the wall clock of ``zone``; one that names its own offset keeps it."""
        return self.moment_from(column, self.text(column), zone)

    def moment_from(self, column: str, text: str, zone: Zone) -> datetime | None:
        """A text of this cell as a moment."""
        found = self._read(column, text, _moment, Fault.MOMENT)
        return (found.replace(tzinfo=zone) if found.tzinfo is None else found).astimezone(UTC) if found else None

    def day(self, column: str) -> date | None:
        """A cell with a date."""
        return self._read(column, self.text(column), _day, Fault.MOMENT)

    def whole(self, column: str, least: int = 0, most: int = MOST_WHOLE) -> int | None:
        """A cell with a whole number between two bounds, both included."""
        found = self._read(column, unfloated(self.text(column)), _whole, Fault.CHOICE)
        if found is None or least <= found <= most:
            return found
        self.wrong(column, Fault.CHOICE, self.text(column))
        return None

    def number(self, column: str, directory: Snapshot, authority: str) -> Number | None:
        """A cell with a telephone number that may be dialled."""
        return self.number_from(column, self.text(column), directory, authority)

    def number_from(self, column: str, text: str, directory: Snapshot, authority: str) -> Number | None:
        """A text of this cell as a number that may be dialled."""
        found = number_for(unfloated(text), directory, authority)
        if isinstance(found, Number):
            return found
        self.wrong(column, found, text)
        return None

    def _read(self, column: str, value: str, read: Callable[[str], Value], fault: Fault) -> Value | None:
        try:
            return read(value) if value else None
        except ValueError:
            self.wrong(column, fault, value)
            return None


def number_for(text: str, directory: Snapshot, authority: str) -> Number | Code:
    """A text as a number that this authority may dial, or why not: spelling, policy, or one of our own lines."""
    known = directory.authorities.get(authority)
    number = number_from(text, known.extensions if known else None)
    if not isinstance(number, Number):
        return number
    if number.e164 in directory.line_answering:
        return Fault.LOOP
    return denial(number, known.excepted if known else frozenset()) or number


def unfloated(text: str) -> str:
    """``8481.0``, which a spreadsheet makes of ``8481``, as it was."""
    found = FLOATED.fullmatch(text)
    return found[1] if found else text


def joined(values: tuple[str, ...]) -> str:
    """Several values as one cell that ``parts`` takes apart again."""
    return BETWEEN.join(value.replace("\\", "\\\\").replace(BETWEEN, "\\" + BETWEEN) for value in values)


def parts(cell: str) -> list[str]:
    """The values of a cell that ``joined`` wrote, or that somebody typed."""
    pieces = (re.sub(r"\\([|\\])", r"\1", piece).strip() for piece in PIECE.findall(cell))
    return [piece for piece in pieces if piece]


def _moment(text: str) -> datetime:
    found = datetime.fromisoformat(text)
    if not EARLIEST <= found.year < LATEST:
        raise ValueError(text)
    return found


def _day(text: str) -> date:
    return date.fromisoformat(text)


def _whole(text: str) -> int:
    if not (text.isascii() and text.isdecimal()):
        raise ValueError(text)
    return int(text)
