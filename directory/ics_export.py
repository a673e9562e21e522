"""How is a team's rota written as a calendar file (iCalendar, RFC 5545)? What is written reads back the same."""

from datetime import UTC, datetime

from icalendar import Calendar, Event
from icalendar.prop import vCalAddress, vText

from directory.ics import PERSON, TELEPHONE
from directory.model import Shift, Team
from directory.numbers import Number
from directory.snapshot import Snapshot

PRODUCT = "-//Dutyline//Rota//EN"


def ics_of(team: Team, directory: Snapshot) -> str:
    """The rota of a team, each turn an event in UTC."""
    calendar = Calendar()
    for name, value in (("PRODID", PRODUCT), ("VERSION", "2.0"), ("X-WR-CALNAME", team.name)):
        calendar.add(name, value)
    for shift in team.rota:
        calendar.add_component(_event(team, shift, directory))
    text: str = calendar.to_ical().decode()
    return text


def _event(team: Team, shift: Shift, directory: Snapshot) -> Event:
    event = Event()
    who = shift.who.e164 if isinstance(shift.who, Number) else shift.who
    since, until = _utc(shift.since), _utc(shift.until)
    event.add("UID", f"{team.slug}-{since:%Y%m%dT%H%M%SZ}-{who.removeprefix('+')}@dutyline")
    event.add("DTSTAMP", since)
    event.add("DTSTART", since)
    event.add("DTEND", until)
    event.add("SUMMARY", _named(shift, directory))
    event.add("ATTENDEE", _address(shift, directory))
    if shift.note:
        event.add("DESCRIPTION", shift.note)
    return event


def _utc(at: datetime) -> datetime:
    return at.astimezone(UTC)


def _named(shift: Shift, directory: Snapshot) -> str:
    if isinstance(shift.who, Number):
        return shift.who.national
    person = directory.people.get(shift.who)
    return person.name if person else shift.who


def _address(shift: Shift, directory: Snapshot) -> vCalAddress:
    if isinstance(shift.who, Number):
        return vCalAddress(f"{TELEPHONE}{shift.who.e164}")
    address = vCalAddress(f"{PERSON}{shift.who}")
    address.params["CN"] = vText(_named(shift, directory))
    return address
