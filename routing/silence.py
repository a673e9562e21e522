"""For how long may nobody ring before that is improbable? Worked out from the line's own history, or not at all.

The statistics, plainly. Calls are taken for a Poisson stream whose rate depends on the hour of the week on England's clock, on
whether the line was open, and on bank holidays, which are a kind of day of their own. ``K`` calls in ``E`` hours of a slot make the
chance of none in ``t`` further hours ``(1 + t/E) ** -K`` (the rate itself is only estimated, so this is larger than ``exp(-K t/E)``).
The logarithms of the slots that a silence has passed add up to its *evidence*. Days differ by more than chance: their busyness is
taken to vary by a gamma factor of variance ``v``, estimated from the days of the history, which makes the chance of such a silence
``(1 + v * evidence) ** (-1/v)``. It is improbable when that is less than 1 in 1,000, and less than one in as many as the line has calls
a year, so that about one false alarm a line and year is to be expected at most. A slot that never had a call says nothing, and a
line with a thin history is never judged.

Hours are counted as they pass: the hour that comes twice in autumn counts twice, the one that spring leaves out not at all.
"""

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache
from itertools import pairwise
from math import expm1, log, log1p

from routing.calendar import Calendar
from routing.clock import LONDON, local
from routing.hours import Hours, open_spans

WINDOW = timedelta(weeks=8)
LEAST_DAYS = 28
LEAST_CALLS = 60
ONE_IN = 1000
YEAR = 365.25
BANK_HOLIDAY = 7
"""The kind of day that a bank holiday is; the others are 0 (Monday) to 6."""

FURTHEST = timedelta(days=14)
"""Beyond this nothing is foretold: a line that is silent for so long without evidence has no history that speaks."""

HOUR = timedelta(hours=1)

Slot = tuple[int, int, bool]
"""Kind of day, hour on England's clock, and whether the line was open."""


@dataclass(frozen=True, slots=True)
class Thin:
    """Too little is known of a line to call its silence improbable; ``words`` say what is missing."""

    words: str


@dataclass(frozen=True, slots=True)
class Line:
    """When a line is open, and which days are holidays."""

    hours: Hours
    calendar: Calendar


@dataclass(frozen=True, slots=True)
class Habit:
    """How a line is rung: calls and hours by slot, the variance of its days, and how many calls it has a year."""

    calls: Mapping[Slot, int]
    hours: Mapping[Slot, float]
    variance: float
    a_year: float

    @property
    def needed(self) -> float:
        """How much evidence makes a silence improbable."""
        improbable = log(max(ONE_IN, self.a_year))
        return expm1(self.variance * improbable) / self.variance if self.variance else improbable

    def improbability(self, evidence: float) -> float:
        """The logarithm of one over the chance of a silence with this evidence."""
        return log1p(self.variance * evidence) / self.variance if self.variance else evidence


@dataclass(slots=True)
class _Passed:
    """The hours of each slot that a silence has passed, and what they say."""

    habit: Habit
    hours: dict[Slot, float] = field(default_factory=lambda: defaultdict(float))
    evidence: float = 0.0

    def until_enough(self, slot: Slot, length: float) -> float | None:
        """Pass this many hours of a slot; after how many of them the evidence was enough, if it was."""
        calls, known = self.habit.calls.get(slot, 0), self.habit.hours.get(slot, 0.0)
        if not (calls and known):
            return None
        before = known + self.hours[slot]
        wanted = (self.habit.needed - self.evidence) / calls
        self.hours[slot] += length
        self.evidence += calls * log((before + length) / before)
        return before * expm1(wanted) if wanted <= log((before + length) / before) else None


def window_of(now: datetime) -> tuple[datetime, datetime]:
    """The history that is looked at: whole days of England, up to the beginning of this one."""
    until = datetime.combine(local(now).date(), time(), LONDON)
    return (until - WINDOW).astimezone(UTC), until.astimezone(UTC)


def habit(calls: Sequence[datetime], line: Line, now: datetime) -> Habit | Thin:
    """How a line is rung, from the moments of its calls within ``window_of(now)``; what lies outside is left out."""
    since, until = window_of(now)
    known = sorted(at for at in calls if since <= at < until)
    if not known:
        return Thin("nobody rang it in the last eight weeks")
    days = _days(local(known[0]).date(), local(until).date())
    if len(days) < LEAST_DAYS:
        return Thin(f"its first call was {len(days)} days ago; {LEAST_DAYS} are needed")
    if len(known) < LEAST_CALLS:
        return Thin(f"it had {len(known)} calls in the last eight weeks; {LEAST_CALLS} are needed")
    return _habit(known, line, days)


def improbable_at(known: Habit, line: Line, last: datetime) -> datetime | None:
    """When a silence that began with the call at ``last`` becomes improbable; nothing where it does not within two weeks."""
    passed = _Passed(known)
    for at, following in _hours(last.astimezone(UTC), last.astimezone(UTC) + FURTHEST):
        for begins, length, is_open in _parts(line, at, following):
            enough = passed.until_enough(_slot(line, begins, is_open), length)
            if enough is not None:
                return begins + timedelta(hours=enough)
    return None


def _habit(known: Sequence[datetime], line: Line, days: Sequence[date]) -> Habit:
    hours, expected = defaultdict[Slot, float](float), dict[date, dict[Slot, float]]()
    for day in days:
        expected[day] = defaultdict(float)
        for at, following in _hours(_midnight(day), _midnight(day + timedelta(days=1))):
            for begins, length, is_open in _parts(line, at, following):
                expected[day][_slot(line, begins, is_open)] += length
                hours[_slot(line, begins, is_open)] += length
    counted = Counter(_slot(line, at, _is_open(line, at)) for at in known)
    by_day = Counter(local(at).date() for at in known)
    means = {day: sum(counted[slot] / hours[slot] * t for slot, t in slots.items()) for day, slots in expected.items()}
    return Habit(counted, hours, _variance(by_day, means, line), len(known) / len(days) * YEAR)


def _variance(by_day: Mapping[date, int], means: Mapping[date, float], line: Line) -> float:
    """By how much days of the same kind differ beyond what chance does (moments; the mean of each kind is fitted)."""
    rung = {day: mean for day, mean in means.items() if mean > 0}
    freedom = len(rung) - len({_kind(line, day) for day in rung})
    if freedom <= 0:
        return 0.0
    excess = sum((by_day.get(day, 0) - mean) ** 2 - mean for day, mean in rung.items()) * len(rung) / freedom
    return max(excess / sum(mean**2 for mean in rung.values()), 0.0)


def _days(first: date, end: date) -> list[date]:
    return [first + timedelta(days=ahead) for ahead in range((end - first).days)]


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time(), LONDON).astimezone(UTC)


def _hours(since: datetime, until: datetime) -> Iterator[tuple[datetime, datetime]]:
    """The hours from a moment to another, the first and the last of them cut; England's full hours are UTC's."""
    while since < until:
        following = min(since.replace(minute=0, second=0, microsecond=0) + HOUR, until)
        yield since, following
        since = following


def _kind(line: Line, day: date) -> int:
    return BANK_HOLIDAY if day in line.calendar.holidays else day.weekday()


def _slot(line: Line, at: datetime, is_open: bool) -> Slot:  # noqa: FBT001  # part of the slot, not a switch
    wall = local(at)
    return (_kind(line, wall.date()), wall.hour, is_open)


@lru_cache(maxsize=4096)
def _spans(line: Line, day: date) -> tuple[tuple[datetime, datetime], ...]:
    return open_spans(line.hours, day, line.calendar)


def _is_open(line: Line, at: datetime) -> bool:
    return any(since <= at < until for since, until in _spans(line, local(at).date()))


def _parts(line: Line, at: datetime, following: datetime) -> Iterator[tuple[datetime, float, bool]]:
    """An hour, or less, cut where the line opens or closes: the beginning of each part, its length in hours, and whether open."""
    edges = {edge for span in _spans(line, local(at).date()) for edge in span if at < edge < following}
    for since, until in pairwise(sorted({at, following, *edges})):
        yield since, (until - since) / HOUR, _is_open(line, since)
