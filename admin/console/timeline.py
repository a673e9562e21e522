"""From when to when does each number of a team ring? Drawn as bars, and told in words for whoever does not see them."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from admin.shapes import office_number
from directory.model import Authority, DutyNumber, Team
from routing.clock import local
from routing.reasons import clock_time

WIDTH, ROW, LABEL, TOP = 620, 34, 130, 26
SHORTEST, LONGEST = timedelta(days=14), timedelta(days=92)
TICKS = 4
HIDDEN = "A mobile"


@dataclass(frozen=True, slots=True)
class Bar:
    """One number: its bar in units of the drawing, and its words."""

    number: str
    period: str
    x: int
    width: int
    y: int


@dataclass(frozen=True, slots=True)
class Tick:
    """One day below the drawing."""

    x: int
    day: str


@dataclass(frozen=True, slots=True)
class Timeline:
    """The drawing: its size, bars and days."""

    width: int
    height: int
    bars: tuple[Bar, ...]
    ticks: tuple[Tick, ...]


def timeline(team: Team, authority: Authority | None, at: datetime) -> Timeline | None:
    """The timeline of a team from today on; nothing where no number has a date."""
    if not any(duty.since or duty.until for duty in team.duty_numbers):
        return None
    begins = local(at).replace(hour=0, minute=0, second=0, microsecond=0)
    ends = begins + _length(team, begins)
    bars = tuple(_bar(place, duty, authority, (begins, ends)) for place, duty in enumerate(team.duty_numbers))
    return Timeline(WIDTH, TOP + ROW * len(bars) + 4, bars, tuple(_ticks(begins, ends)))


def _length(team: Team, begins: datetime) -> timedelta:
    last = max((edge for duty in team.duty_numbers for edge in (duty.since, duty.until) if edge), default=begins)
    return min(max(SHORTEST, last - begins + timedelta(days=2)), LONGEST)


def _bar(place: int, duty: DutyNumber, authority: Authority | None, span: tuple[datetime, datetime]) -> Bar:
    begins, ends = (_x(edge, span) for edge in (duty.since or span[0], duty.until or span[1]))
    shown = office_number(duty.number, authority)
    number = shown.national if shown else HIDDEN
    return Bar(number, period(duty), begins, max(ends - begins, 3), TOP + ROW * place)


def _x(at: datetime, span: tuple[datetime, datetime]) -> int:
    part = (at - span[0]) / (span[1] - span[0])
    return LABEL + round(min(max(part, 0.0), 1.0) * (WIDTH - LABEL))


def _ticks(begins: datetime, ends: datetime) -> Iterator[Tick]:
    for step in range(TICKS):
        day = local(begins + (ends - begins) * step / TICKS)
        yield Tick(_x(day, (begins, ends)), day.strftime("%a %-d %b"))


def period(duty: DutyNumber) -> str:
    """From when until when, in words."""
    since = f"from {clock_time(duty.since)}" if duty.since else ""
    until = f"until {clock_time(duty.until)}" if duty.until else ""
    return " ".join(filter(None, (since, until))) or "always"
