"""Which days are bank holidays, how far are they known, and how does a newer official list come in?"""

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any, ClassVar

from flask import Response
from pydantic import BaseModel, ConfigDict, Field

from admin.auth import author
from admin.blueprints import resource_api
from admin.body import Body, Name, Text
from admin.ports import newest_world, now, version
from admin.problems import Faults
from admin.versions import expected, resource, unless_known
from admin.writing import written
from directory.model import BankHolidays
from directory.problems import Fault
from directory.snapshot import Change, Kind
from directory.snapshot import written as change_of
from ivr.moment import World
from routing.clock import local

DIVISION = "england-and-wales"
FIELD = f"{DIVISION}.events"
MOST_EVENTS = 1000
A_YEARS = 8
"""England and Wales have eight bank holidays in every year."""

WRITTEN, BUNDLED = "uploaded", "bundled"
NO_DATE = "“{}” is not a date; write it as 2026-12-25."
OLDER = "the list ends with {}, and days until {} are known already; send the newer file."
INCOMPLETE = "{} has {} bank holidays, and every year has at least eight; send the whole file."
SOON = "The bank holidays are known until {} only: send the newer list from the government's page of bank holidays."

api = resource_api("bank-holidays", "England's bank holidays, on which lines are closed.")


class Sent(Body):
    """What of the official file is not looked at is let through: the file is sent as it is published."""

    model_config: ClassVar[ConfigDict] = ConfigDict(extra="ignore")


class EventIn(BaseModel):
    """A bank holiday, as the official file has it."""

    model_config: ClassVar[ConfigDict] = ConfigDict(extra="ignore", json_schema_extra={"required": ["title", "date"]})

    title: Name = ""
    date: Text = Field("", examples=["2026-12-25"])


class DivisionIn(BaseModel):
    """The bank holidays of a part of the country, as the official file has them."""

    model_config: ClassVar[ConfigDict] = ConfigDict(extra="ignore", json_schema_extra={"required": ["events"]})

    events: list[EventIn] = Field([], max_length=MOST_EVENTS)


class BankHolidayFile(Sent):
    """The official file, as it is published; England and Wales are read from it."""

    model_config: ClassVar[ConfigDict] = ConfigDict(extra="ignore", json_schema_extra={"required": [DIVISION]})

    england_and_wales: DivisionIn = Field(default_factory=DivisionIn, alias=DIVISION)


class DayOut(BaseModel):
    """A bank holiday."""

    date: str
    title: str


class BankHolidaysOut(BaseModel):
    """Every bank holiday that is known, proclaimed ones included, and where they come from."""

    division: str
    source: str = Field(examples=[BUNDLED, WRITTEN])
    known_until: str
    warning: str | None
    days: list[DayOut]
    version: int = Field(description="0 until a list is uploaded.")


@api.get("/bank-holidays", responses={200: BankHolidaysOut})
def known() -> Response:
    """The bank holidays that lines observe, and until when they are known."""
    at, world = version(Kind.HOLIDAYS, DIVISION)
    return unless_known(resource(body_of(world), at or 0))


@api.put("/bank-holidays", responses={200: BankHolidaysOut})
def put_bank_holidays(body: BankHolidayFile) -> Response:
    """Take a newer official list in place of the one that came with the program; every worker observes it at once."""
    at, world = written(lambda _: _uploaded(body), author(body.why))
    return resource(body_of(world), at)


def _uploaded(body: BankHolidayFile) -> tuple[Change, int | None]:
    at, _ = version(Kind.HOLIDAYS, DIVISION)
    expected(at or 0)
    faults = Faults()
    days = dict(_days(body, faults))
    if not faults.found and not body.faults:
        _check_whole(days, faults)
        _check_newer(days, faults)
    body.refuse(faults)
    return change_of(BankHolidays(DIVISION, tuple(sorted(days.items())))), at


def _days(body: BankHolidayFile, faults: Faults) -> Iterator[tuple[date, str]]:
    if not body.england_and_wales.events:
        faults.note(FIELD, Fault.MISSING)
    seen: set[date] = set()
    for place, event in enumerate(body.england_and_wales.events):
        if not event.title:
            faults.note(f"{FIELD}.{place}.title", Fault.MISSING)
        day = _day(f"{FIELD}.{place}.date", event.date, faults)
        if day in seen:
            faults.note(f"{FIELD}.{place}.date", Fault.TWICE, event.date)
        if day:
            seen.add(day)
            yield day, event.title


def _day(field: str, text: str, faults: Faults) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        faults.say(field, "date", NO_DATE.format(text)) if text else faults.note(field, Fault.MISSING)
        return None


def _check_whole(days: Mapping[date, str], faults: Faults) -> None:
    for year in range(min(days).year, max(days).year + 1):
        count = sum(day.year == year for day in days)
        if count < A_YEARS:
            faults.say(FIELD, "incomplete", INCOMPLETE.format(year, count))


def _check_newer(days: Mapping[date, str], faults: Faults) -> None:
    last = max(newest_world().calendar.holidays, default=date.min)
    if max(days) < last:
        faults.say(FIELD, "older", OLDER.format(max(days).isoformat(), last.isoformat()))


def body_of(world: World) -> dict[str, Any]:
    """The bank holidays as they are answered."""
    calendar = world.calendar
    until = calendar.known_until.isoformat()
    return BankHolidaysOut(
        division=DIVISION,
        source=WRITTEN if DIVISION in world.directory.holidays else BUNDLED,
        known_until=until,
        warning=SOON.format(until) if calendar.ends_soon(local(now()).date()) else None,
        days=[DayOut(date=day.isoformat(), title=name) for day, name in sorted(calendar.holidays.items())],
        version=0,
    ).model_dump(mode="json")
