"""What does a calendar file (iCalendar, RFC 5545) say about a team's rota? Turns, and every problem at once with event and line."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta, tzinfo
from typing import cast

from icalendar.prop import vRecur

from directory.holders import Holders
from directory.ics_event import Entry, entry_of
from directory.model import Shift
from directory.numbers import Number
from directory.problems import Code, Fault, Problem
from directory.recurring import starts, text_of
from directory.rota import MOST_SHIFTS, Rota, in_order

MOST_EVENTS = 500
LONGEST_NOTE = 500
ON_ENGLANDS_CLOCK = frozenset({"Europe/London", "GB", "GB-Eire", "Europe/Belfast"})
ON_UTC = frozenset({"UTC", "Etc/UTC", "GMT", "Etc/GMT", "Z", "Zulu"})
PERSON, TELEPHONE, MAIL = "urn:dutyline:", "tel:", "mailto:"


@dataclass(frozen=True, slots=True)
class Wall:
    """The clock of a file that names none, and the hour at which whole days are handed over."""

    zone: tzinfo
    handover: time = time()


@dataclass(frozen=True, slots=True)
class RotaFile:
    """What a file asks for. With any problem nothing may be written."""

    shifts: Rota
    problems: tuple[Problem, ...]


def read_ics(text: str, holders: Holders, wall: Wall) -> RotaFile:
    """The turns of a calendar file."""
    lines = re.split(r"\r\n|\r|\n", text.removeprefix("\ufeff"))
    blocks = list(_blocks(lines))
    if not blocks or not any(line.strip().upper() == "BEGIN:VCALENDAR" for line in lines):
        return _refused(Problem("file", Fault.CALENDAR))
    if len(blocks) > MOST_EVENTS:
        return _refused(Problem("file", Fault.TOO_MANY, f"{len(blocks)} events"))
    entries = [entry_of(at, line, block) for at, (line, block) in enumerate(blocks, 1)]
    series = _moved(entries)
    shifts = in_order(shift for entry in entries for shift in _shifts(entry, series, holders, wall))
    problems = [problem for entry in entries for problem in entry.problems]
    if len(shifts) > MOST_SHIFTS:
        problems.append(Problem("file", Fault.TOO_MANY, f"{len(shifts)} turns"))
    return _refused(*problems) if problems else RotaFile(shifts, ())


def _refused(*problems: Problem) -> RotaFile:
    return RotaFile((), problems)


def _blocks(lines: list[str]) -> Iterator[tuple[int, list[str]]]:
    """Each VEVENT with the number of its first line; one that does not end ends with the file."""
    began = None
    for at, line in enumerate(lines):
        word = line.strip().upper()
        if word == "BEGIN:VEVENT" and began is None:
            began = at
        elif word == "END:VEVENT" and began is not None:
            yield began + 1, lines[began : at + 1]
            began = None
    if began is not None:
        yield began + 1, lines[began:]


def _moved(entries: list[Entry]) -> dict[str, list[date]]:
    """By series, the occurrences that events of their own stand for."""
    moved: dict[str, list[date]] = {}
    for entry in entries:
        at = entry.dated("RECURRENCE-ID")
        if isinstance(at, date):
            moved.setdefault(entry.text("UID"), []).append(at)
    return moved


def _shifts(entry: Entry, moved: dict[str, list[date]], holders: Holders, wall: Wall) -> Iterator[Shift]:
    if entry.text("STATUS").upper() == "CANCELLED":
        return
    since = _moment(entry, "DTSTART", wall)
    until = _end(entry, since, wall)
    who = _who(entry, holders)
    if since and until and until <= since:
        entry.wrong("DTEND" if entry.has("DTEND") else "DURATION", Fault.ORDER, f"{until:%Y-%m-%dT%H:%M}")
    begins = _begins(entry, since, moved.get(entry.text("UID"), []), wall) if since else []
    if entry.problems or since is None or until is None or who is None:
        return
    zone, note = since.tzinfo or wall.zone, entry.text("DESCRIPTION")[:LONGEST_NOTE]
    length = until.astimezone(zone).replace(tzinfo=None) - since.replace(tzinfo=None)
    for begin in begins:
        yield Shift(_utc(begin, zone), _utc(begin + length, zone), who, note)


def _utc(naive: datetime, zone: tzinfo) -> datetime:
    return naive.replace(tzinfo=zone).astimezone(UTC)


def _moment(entry: Entry, name: str, wall: Wall) -> datetime | None:
    """A property as an aware moment on England's clock or in UTC."""
    at = entry.dated(name)
    if isinstance(at, date):
        return _aware(entry, name, at, wall)
    entry.wrong(name, Fault.MOMENT if entry.has(name) else Fault.MISSING, entry.text(name))
    return None


def _aware(entry: Entry, name: str, at: date, wall: Wall) -> datetime | None:
    if not isinstance(at, datetime):
        return datetime.combine(at, wall.handover, wall.zone)
    params = getattr(entry.each(name)[0], "params", {})
    named = str(params.get("TZID", "")) if at.tzinfo is None else str(at.tzinfo)
    if not named or named in ON_ENGLANDS_CLOCK:
        return at.replace(tzinfo=wall.zone)
    if named in ON_UTC:
        return at.replace(tzinfo=UTC)
    entry.wrong(name, Fault.ZONE, named)
    return None


def _end(entry: Entry, since: datetime | None, wall: Wall) -> datetime | None:
    """DTEND, or what DURATION comes to; a whole day without either lasts a day."""
    if entry.has("DTEND"):
        return _moment(entry, "DTEND", wall)
    if entry.has("DURATION"):
        return _after(entry, since, entry.dated("DURATION"))
    if since and not isinstance(entry.dated("DTSTART"), datetime):
        return since + timedelta(days=1)
    return _moment(entry, "DTEND", wall)


def _after(entry: Entry, since: datetime | None, length: object) -> datetime | None:
    """So long after the beginning, on the wall's clock."""
    if not isinstance(length, timedelta):
        entry.wrong("DURATION", Fault.LENGTH, entry.text("DURATION"))
        return None
    try:
        return since + length if since else None
    except OverflowError:
        entry.wrong("DURATION", Fault.LENGTH, str(length))
        return None


def _begins(entry: Entry, since: datetime, moved: list[date], wall: Wall) -> list[datetime]:
    """The naive beginnings of each occurrence, on the event's own clock."""
    first, zone = since.replace(tzinfo=None), since.tzinfo or wall.zone
    if not entry.has("RRULE"):
        return [first]
    rule = next(iter(entry.each("RRULE")), None)
    found = starts(rule, first, zone) if isinstance(rule, vRecur) else None
    if found is None:
        entry.wrong("RRULE", Fault.RULE, text_of(rule) if isinstance(rule, vRecur) else "")
        return []
    left_out = {_wall_of(at, zone) for at in (*entry.left_out(), *moved)}
    return [at for at in found if at not in left_out and at.date() not in left_out]


def _wall_of(at: date, zone: tzinfo) -> date:
    """A moment as the event's own clock shows it; a day stays a day."""
    if isinstance(at, datetime) and at.tzinfo:
        return at.astimezone(zone).replace(tzinfo=None)
    return at


def _who(entry: Entry, holders: Holders) -> Number | str | None:
    """Whom the attendees, else the summary, name; the fault is told of the text that came nearest."""
    found = [(name, text, holders.meant(text)) for name, text in _names(entry) if text]
    for _, _, meant in found:
        if not isinstance(meant, Code):
            return meant
    nearest = [one for one in found if one[2] is not Fault.HOLDER] or found
    name, text, code = nearest[0] if nearest else ("SUMMARY", "", Fault.MISSING)
    entry.wrong(name, cast("Code", code), text)
    return None


def _names(entry: Entry) -> Iterator[tuple[str, str]]:
    """Every text that may say whose turn it is, the surest first."""
    addresses = entry.attendees()
    for address in addresses:
        yield "ATTENDEE", _exact(str(address))
        yield "ATTENDEE", str(address.params.get("CN", ""))
    yield "SUMMARY", entry.text("SUMMARY")
    for address in addresses:
        local = str(address).lower().partition(MAIL)[2].partition("@")[0]
        yield "ATTENDEE", re.sub(r"[._]+", " ", local)


def _exact(address: str) -> str:
    """The slug or the number of an address that Dutyline exported, or that is a telephone's."""
    scheme = next((scheme for scheme in (PERSON, TELEPHONE) if address.lower().startswith(scheme)), None)
    return address[len(scheme) :] if scheme else ""
