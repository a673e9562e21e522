"""What does a cell of a directory file mean? Read into values; what is wrong is noted with row and column."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, tzinfo
from enum import StrEnum
from typing import TypeVar

from directory.numbers import Number, number_from
from directory.policy import denial
from directory.problems import Code, Fault, Problem
from directory.snapshot import Snapshot

Choice = TypeVar("Choice", bound=StrEnum)
Value = TypeVar("Value")
LONGEST_CELL = 500
FORMULA = re.compile("'*[=+\\-@\t\r\0]")
"""What a spreadsheet would run, and the same made harmless by apostrophes before it (ASVS 1.2.10)."""

FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r", "\0")
Zone = tzinfo


@dataclass(slots=True)
class Row:
    """One row by its column headings; ``problems`` grows as cells turn out wrong."""

    at: int
    cells: Mapping[str, str]
    problems: list[Problem] = field(default_factory=list)

    def wrong(self, column: str, code: Code, value: str = "") -> None:
        """Note a problem of a cell."""
        self.problems.append(Problem(f"row {self.at}, {column}", code, value))

    def text(self, column: str) -> str:
        """A cell with its white space folded, without the apostrophe that our export puts before a formula's first sign."""
        value = " ".join((self.cells.get(column) or "").split())[:LONGEST_CELL]
        return value[1:] if value.startswith("'") and FORMULA.match(value) else value

    def needed(self, column: str) -> str:
        """A cell that must not be empty."""
        value = self.text(column)
        if not value:
            self.wrong(column, Fault.MISSING)
        return value

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
        found = self._read(column, text, datetime.fromisoformat, Fault.MOMENT)
        return found.replace(tzinfo=zone) if found and found.tzinfo is None else found

    def day(self, column: str) -> date | None:
        """A cell with a date."""
        return self._read(column, self.text(column), date.fromisoformat, Fault.MOMENT)

    def whole(self, column: str) -> int | None:
        """A cell with a whole number."""
        return self._read(column, self.text(column), int, Fault.CHOICE)

    def number(self, column: str, directory: Snapshot, authority: str) -> Number | None:
        """A cell with a telephone number that may be dialled."""
        return self.number_from(column, self.text(column), directory, authority)

    def number_from(self, column: str, text: str, directory: Snapshot, authority: str) -> Number | None:
        """A text of this cell as a number that may be dialled."""
        found = number_for(text, directory, authority)
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
