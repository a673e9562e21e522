"""How are the coming changes written as a calendar file (iCalendar, RFC 5545)? One event each; the ordinary week is none."""

import hashlib
from collections import Counter
from collections.abc import Callable, Iterable

from icalendar import Calendar, Event

from ivr.causes import Cause, RouteChange

PRODUCT = "-//Dutyline//What changes soon//EN"
NAME = "Dutyline: what changes soon"
LONGEST_TITLE = 120


def ics_of_changes(changes: Iterable[RouteChange], told: Callable[[str], str] = str) -> str:
    """The changes as a file; ``told`` leaves out of words what whoever asks may not see."""
    calendar = Calendar()
    for name, value in (("PRODID", PRODUCT), ("VERSION", "2.0"), ("X-WR-CALNAME", NAME)):
        calendar.add(name, value)
    marks: Counter[str] = Counter()
    for change in (change for change in changes if change.cause is not Cause.ORDINARY):
        mark = _mark(change)
        marks[mark] += 1
        calendar.add_component(_event(change, f"{mark}-{marks[mark]}@dutyline", told))
    text: str = calendar.to_ical().decode()
    return text


def _mark(change: RouteChange) -> str:
    """What stays the same when its words change, so that a calendar knows the event again."""
    text = "|".join((change.cause, *change.lines, *change.teams))
    return f"{change.at:%Y%m%dT%H%M%SZ}-{hashlib.sha256(text.encode()).hexdigest()[:12]}"


def _event(change: RouteChange, mark: str, told: Callable[[str], str]) -> Event:
    """An event that has no end in time where the change has none, and that does not make anybody busy."""
    event, what = Event(), told(change.what)
    event.add("UID", mark)
    event.add("DTSTAMP", change.at)
    event.add("DTSTART", change.at)
    if change.until:
        event.add("DTEND", change.until)
    event.add("SUMMARY", _title(what))
    event.add("DESCRIPTION", told(change.sentence))
    event.add("CATEGORIES", [change.cause.value])
    event.add("TRANSP", "TRANSPARENT")
    return event


def _title(what: str) -> str:
    """The words up to where they say what callers get, not too long for a calendar's page."""
    first = what.partition(";")[0].partition(". ")[0].rstrip(".")
    text = first if len(first) <= LONGEST_TITLE else f"{first[: LONGEST_TITLE - 1].rstrip()}…"
    return text[0].upper() + text[1:]
