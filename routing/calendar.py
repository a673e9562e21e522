"""Which days and moments differ from the weekly rule: bank holidays, and dated closures and openings?"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from itertools import islice

from dateutil.rrule import rrule, rrulestr

from directory.model import Closure, Effect
from routing.clock import LONDON

MOST_OCCURRENCES = 400
RULE = re.compile(r"(RRULE:)?[A-Z0-9=;,:+\-]{1,200}", re.IGNORECASE)
TOO_OFTEN = re.compile(r"FREQ=(HOURLY|MINUTELY|SECONDLY)", re.IGNORECASE)
"""Nothing repeats within a day; a rule that never matches would be searched second by second up to the year 9999."""

NO_STEP = re.compile(r"INTERVAL=0+(;|$)", re.IGNORECASE)
"""A rule that never moves on would be searched without end."""

WITHIN = timedelta(days=30 * 366)
"""A rule that does not match once in thirty years never does; it would be searched day by day up to the year 9999."""

SOON = timedelta(days=90)
"""So long before the known years end somebody is asked for a newer list."""


@dataclass(frozen=True, slots=True)
class Window:
    """One occurrence of a closure, in UTC, for the lines that it names."""

    since: datetime
    until: datetime
    effect: Effect
    reason: str
    authority: str | None
    line: str | None

    def covers(self, authority: str, line: str, at: datetime) -> bool:
        """Whether it speaks of this line at this moment."""
        return (
            self.since <= at < self.until and self.line in (None, line) and self.authority in (None, authority)
        )  # fmt: skip

    @property
    def weight(self) -> tuple[bool, bool, datetime]:
        """What decides between two that overlap: a line before an authority before all, then the later beginning."""
        return (self.line is not None, self.authority is not None, self.since)


@dataclass(frozen=True, slots=True, eq=False)
class Calendar:
    """Bank holidays of England and Wales by day, and every window of every closure. Compared by identity."""

    holidays: Mapping[date, str] = field(default_factory=dict)
    windows: tuple[Window, ...] = ()

    @property
    def known_until(self) -> date:
        """The last year's end that the bank holidays reach: later years are unknown, not free of holidays."""
        return date(max(self.holidays, default=date.min).year, 12, 31)

    def ends_soon(self, today: date) -> bool:
        """Whether a newer list is needed."""
        return self.known_until - today < SOON

    def override(self, authority: str, line: str, at: datetime) -> Window | None:
        """The closure or opening in force for a line."""
        matching = [window for window in self.windows if window.covers(authority, line, at)]
        return max(matching, key=lambda window: window.weight, default=None)


def known_days(
    bundled: Mapping[date, str], newer: Mapping[date, str], proclaimed: Mapping[date, str]
) -> Mapping[date, str]:
    """The bank holidays: a newer official list in place of the bundled one for its years, proclaimed days beside both."""
    years = {day.year for day in newer}
    return {day: name for day, name in bundled.items() if day.year not in years} | dict(newer) | dict(proclaimed)


def calendar(holidays: Mapping[date, str], closures: Iterable[Closure]) -> Calendar:
    """The calendar of these closures; recurring ones are unrolled here, so that answering a call never does it."""
    windows = tuple(window for closure in closures for window in windows_of(closure))
    return Calendar(holidays, windows)


def windows_of(closure: Closure) -> tuple[Window, ...]:
    """Every occurrence of a closure; the wall clock in England repeats, whatever the season."""
    if not closure.rrule:
        return (_window(closure, closure.since, closure.until),)
    since, until = _wall(closure.since), _wall(closure.until)
    starts = list(recurrence(closure.rrule, since) or ())
    return tuple(_window(closure, _aware(start), _aware(start + (until - since))) for start in starts)


def _window(closure: Closure, since: datetime, until: datetime) -> Window:
    return Window(
        since.astimezone(UTC), until.astimezone(UTC), closure.effect, closure.reason, closure.authority, closure.line
    )


def _wall(at: datetime) -> datetime:
    """What the clock on the wall shows, without a zone: recurrences and lengths are told by it."""
    return at.astimezone(LONDON).replace(tzinfo=None)


def _aware(wall: datetime) -> datetime:
    return wall.replace(tzinfo=LONDON)


def repeats(text: str, start: datetime) -> bool:
    """Whether somebody may enter this rule: it can be read, has an end, and repeats by the day or longer."""
    return bool(RULE.fullmatch(text)) and not TOO_OFTEN.search(text) and recurrence(text, _wall(start)) is not None


def recurrence(text: str, start: datetime) -> rrule | None:
    """The rule of an RRULE text from a naive local start, or nothing where it is unreadable, endless or too long."""
    if NO_STEP.search(text):
        return None
    try:
        rule = rrulestr(text, dtstart=start.replace(tzinfo=None), ignoretz=True)
    except (ValueError, TypeError):
        return None
    if not isinstance(rule, rrule) or ("COUNT=" not in text.upper() and "UNTIL=" not in text.upper()):
        return None
    if next(iter(rule.replace(count=None, until=start.replace(tzinfo=None) + WITHIN)), None) is None:
        return None
    return rule if sum(1 for _ in islice(rule, MOST_OCCURRENCES + 1)) <= MOST_OCCURRENCES else None
