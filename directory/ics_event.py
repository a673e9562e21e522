"""What does one event of a calendar file hold? Its parts with their lines; what cannot be read is noted with both."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from typing import Any, cast

from icalendar import Event
from icalendar.prop import vBroken, vCalAddress

from directory.problems import Code, Fault, Problem

PROPERTY = re.compile(r"([A-Za-z-]+)[;:]")
FAULTS = {"RRULE": Fault.RULE, "DURATION": Fault.LENGTH}
"""What is said of a property that cannot be read; of all others that it is no date and time."""

LOOKED_AT = ("DTSTART", "DTEND", "DURATION", "RRULE", "EXDATE", "RECURRENCE-ID")
SEVERAL = ("EXDATE", "ATTENDEE")
"""Properties that an event may have more than once."""

UNPARSED = "Content line could not be parsed into parts: '"
LONGEST_ECHO = 80


@dataclass(slots=True)
class Entry:
    """One VEVENT: which of the file, the line of each property, its parts; ``problems`` grows as they turn out wrong."""

    at: int
    lines: dict[str, int]
    parts: Event
    problems: list[Problem] = field(default_factory=list)

    def wrong(self, name: str, code: Code, value: str = "") -> None:
        """Note a problem of a property; of several the first is told."""
        self.wrong_at(self.lines.get(name, self.lines["BEGIN"]), name, code, value)

    def wrong_at(self, line: int, name: str, code: Code, value: str) -> None:
        """Note a problem of a line."""
        place = f"event {self.at} (line {line}), {name}"
        if all(problem.field != place for problem in self.problems):
            self.problems.append(Problem(place, code, value[:LONGEST_ECHO]))

    def has(self, name: str) -> bool:
        """Whether the property is given, readable or not."""
        return name in self.parts

    def each(self, name: str) -> list[Any]:
        """Every readable value of a property."""
        found = self.parts.get(name, [])
        values = found if isinstance(found, list) else [found]
        return [value for value in values if not isinstance(value, vBroken)]

    def text(self, name: str) -> str:
        """A property as text, its white space folded, without signs that nobody can see."""
        text = " ".join(str(next(iter(self.each(name)), "")).split())
        return "".join(sign for sign in text if sign.isprintable())

    def dated(self, name: str) -> Any:
        """What a property with a date, a moment or a length stands for; nothing where it is missing or broken."""
        return next((value.dt for value in self.each(name) if hasattr(value, "dt")), None)

    def left_out(self) -> Iterator[date]:
        """The occurrences that are excepted from a series."""
        for several in self.each("EXDATE"):
            yield from (one.dt for one in getattr(several, "dts", ()))

    def attendees(self) -> list[vCalAddress]:
        """Whoever takes part."""
        return [one for one in self.each("ATTENDEE") if isinstance(one, vCalAddress)]


def entry_of(at: int, line: int, block: list[str]) -> Entry:
    """The event that these lines of the file hold; the first of them is ``line``."""
    lines: dict[str, int] = {}
    for offset, text in enumerate(block):
        named = PROPERTY.match(text)
        if named:
            lines.setdefault(named[1].upper(), line + offset)
    try:
        entry = Entry(at, lines, cast("Event", Event.from_ical("\r\n".join(block))))
    except (ValueError, IndexError) as fault:
        entry = Entry(at, lines, Event())
        entry.wrong("VEVENT", Fault.CALENDAR_LINE, str(fault).splitlines()[0])
    _refuse(entry, line, block)
    return entry


def _refuse(entry: Entry, line: int, block: list[str]) -> None:
    """What the parser could not read, and what stands there twice; what is not looked at may be as it likes."""
    for name, told in entry.parts.errors:
        if name is None:
            text = told.removeprefix(UNPARSED).partition("'")[0]
            offset = next((at for at, one in enumerate(block) if one.startswith(text)), 0)
            entry.wrong_at(line + offset, "VEVENT", Fault.CALENDAR_LINE, text)
        elif name in LOOKED_AT:
            entry.wrong(name, FAULTS.get(name, Fault.MOMENT), str(entry.parts.get(name)))
    for name in LOOKED_AT:
        if name not in SEVERAL and isinstance(entry.parts.get(name), list):
            entry.wrong(name, Fault.TWICE, name)
