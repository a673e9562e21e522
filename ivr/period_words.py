"""When is that, in words? Many stretches of time as one phrase: ``always``, ``Friday 16:00–17:00``, or with dates where no week is
like another."""

from bisect import bisect_right
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from itertools import pairwise

from ivr.spans import Span, joined, within, without
from routing.clock import LONDON, local
from routing.hours import Week

DAY = 24 * 60
WEEK = 7 * DAY
ENOUGH = timedelta(days=21)
"""Less than three weeks show no habit: they are told with their dates."""

MOST_DATED = 3
NAMES = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")

Minutes = tuple[int, int]
"""From minute to minute of a week that begins on Monday at 0:00; the end may lie in the next week."""


@dataclass(frozen=True, slots=True)
class Frame:
    """What is looked at: from ``since`` until ``until``, and the names of bank holidays by day."""

    since: datetime
    until: datetime
    holidays: Mapping[date, str]


def period(spans: Iterable[Span], frame: Frame) -> str:
    """Stretches within a frame in words that stand before a colon."""
    pieces = joined(spans)
    first, last = pieces[0][0], pieces[-1][1]
    if pieces == ((frame.since, frame.until),):
        return "always"
    if _is_every_holiday(pieces, frame):
        return "on bank holidays"
    habit = "" if len(pieces) == 1 or last - first < ENOUGH else _weekly(pieces, frame)
    return habit or _listed([_dated(piece, frame) for piece in pieces])


def day_words(day: date) -> str:
    """``Friday 25 December 2026``."""
    return f"{NAMES[day.weekday()]} {day.day} {day:%B %Y}"


def moment_words(at: datetime) -> str:
    """``Friday 25 December 2026 09:00``, on England's clock."""
    here = local(at)
    return f"{day_words(here.date())} {here:%H:%M}"


def span_words(since: datetime, until: datetime) -> str:
    """``Friday 25 December 2026 09:00–17:00``, a whole day by its name alone, or with both dates where it is longer."""
    begins, ends = local(since), local(until)
    if begins.date() == ends.date():
        return f"{day_words(begins.date())} {begins:%H:%M}–{ends:%H:%M}"
    if ends.date() - begins.date() == timedelta(days=1) and begins.time() == ends.time() == time():
        return day_words(begins.date())
    return f"{moment_words(since)} until {moment_words(until)}"


def _dated(piece: Span, frame: Frame) -> str:
    since, until = piece
    if since <= frame.since:
        return f"until {moment_words(until)}"
    if until >= frame.until:
        return f"from {moment_words(since)} on"
    return span_words(since, until)


def _listed(words: list[str]) -> str:
    more = len(words) - MOST_DATED
    tail = f"; and {more} more {'time' if more == 1 else 'times'}" if more > 0 else ""
    return "; ".join(words[:MOST_DATED]) + tail


def _weekly(pieces: tuple[Span, ...], frame: Frame) -> str:
    """The habit of most weeks in words, with what departs from it; nothing where there is no habit."""
    mondays = _mondays(pieces)
    habit = _habit(pieces, mondays)
    if not habit:
        return ""
    whole = pieces[0][0], pieces[-1][1]
    ahead = mondays[0] - timedelta(days=7), *mondays
    usual = joined(_at(monday, minutes) for monday in ahead for minutes in habit)
    more, less = without(pieces, usual), without(within(usual, whole), pieces)
    departures = [_departing(" and ", more, pieces, frame), _departing(" but not ", less, _gaps(pieces), frame)]
    return f"{_bounds(whole, frame)}{week_words(habit)}{''.join(departures)}"


def _bounds(whole: Span, frame: Frame) -> str:
    """From when to when there is a habit, where that is not the frame."""
    week = timedelta(days=7)
    begins = f"from {day_words(local(whole[0]).date())} " if whole[0] - frame.since > week else ""
    ends = f"until {day_words(local(whole[1]).date())} " if frame.until - whole[1] > week else ""
    return f"{begins}{ends}".strip() + (", " if begins or ends else "")


def _gaps(pieces: tuple[Span, ...]) -> tuple[Span, ...]:
    return tuple((one[1], other[0]) for one, other in pairwise(pieces))


def _departing(how: str, spans: tuple[Span, ...], settled: tuple[Span, ...], frame: Frame) -> str:
    """What departs from the habit: bank holidays, if it is all of them, else the dates."""
    days = {local(since).date() for since, _ in spans}
    if not days:
        return ""
    if days <= frame.holidays.keys() and all(_is_settled(day, days, settled) for day in _holidays(spans, frame)):
        return f"{how}on bank holidays"
    return f"{how}{_listed([span_words(since, until) for since, until in spans])}"


def _is_every_holiday(pieces: tuple[Span, ...], frame: Frame) -> bool:
    """Whether it is every working day's bank holiday and nothing else; one alone is told with its date."""
    days = {local(since).date() for since, _ in pieces}
    first, last = local(frame.since).date(), local(frame.until).date()
    expected = {day for day in frame.holidays if first < day < last and day.weekday() < NAMES.index("Saturday")}
    return len(days) > 1 and expected <= days <= frame.holidays.keys()


def _holidays(spans: tuple[Span, ...], frame: Frame) -> Iterator[date]:
    first, last = (local(at).date() for at in (spans[0][0], spans[-1][1]))
    return (day for day in frame.holidays if first <= day <= last)


def _is_settled(day: date, days: set[date], settled: tuple[Span, ...]) -> bool:
    """Whether a bank holiday is as the others are: it departs, or is so from midnight to midnight anyway."""
    return day in days or not without(((_moment(day, 0), _moment(day, DAY)),), settled)


def _mondays(pieces: tuple[Span, ...]) -> tuple[date, ...]:
    first, last = local(pieces[0][0]).date(), local(pieces[-1][1]).date()
    monday = first - timedelta(days=first.weekday())
    return tuple(monday + timedelta(days=7 * week) for week in range((last - monday).days // 7 + 1))


def _habit(pieces: tuple[Span, ...], mondays: tuple[date, ...]) -> tuple[Minutes, ...]:
    """The parts of the week that most weeks have in common."""
    marks = sorted({0, WEEK, *(_minute(at) for piece in pieces for at in piece)})
    begins = [since for since, _ in pieces]
    held: Counter[Minutes] = Counter()
    for cell in pairwise(marks):
        for since, until in (_at(monday, cell) for monday in mondays):
            place = bisect_right(begins, since) - 1
            held[cell] += place >= 0 and pieces[place][1] >= until
    return _merged(sorted(cell for cell, times in held.items() if times * 5 > len(mondays) * 3))


def _merged(cells: list[Minutes]) -> tuple[Minutes, ...]:
    found: list[Minutes] = []
    for since, until in cells:
        joins = bool(found) and found[-1][1] == since
        found[-1:] = [(found[-1][0], until)] if joins else [*found[-1:], (since, until)]
    if len(found) > 1 and found[0][0] == 0 and found[-1][1] == WEEK:
        return (*found[1:-1], (found[-1][0], WEEK + found[0][1]))
    return tuple(found)


def _minute(at: datetime) -> int:
    here = local(at)
    return here.weekday() * DAY + here.hour * 60 + here.minute


def _at(monday: date, minutes: Minutes) -> Span:
    return _moment(monday, minutes[0]), _moment(monday, minutes[1])


def _moment(day: date, minute: int) -> datetime:
    days, rest = divmod(minute, DAY)
    return datetime.combine(day + timedelta(days=days), time(rest // 60, rest % 60), LONDON).astimezone(UTC)


def rule_words(week: Week) -> str:
    """A weekly rule: ``Monday to Thursday 09:00–17:00, Friday 09:00–16:00``; ``never`` for an empty one."""
    spans = [(DAY * day + span.opens, DAY * day + span.closes) for day, spans in enumerate(week) for span in spans]
    return week_words(_merged(spans)) or "never"


def week_words(habit: Iterable[Minutes]) -> str:
    """``Monday to Thursday 17:00 until 09:00 the next day, Friday 16:00 until Monday 09:00``."""
    days: dict[str, list[int]] = {}
    for since, until in habit:
        if until - since >= WEEK:
            return "at all times"
        days.setdefault(_hours(since, until), []).append(since // DAY)
    return ", ".join(f"{_days(found)} {hours}" for hours, found in days.items())


def _hours(since: int, until: int) -> str:
    begins, ends = _clock(since), _clock(until)
    if since % DAY == 0 and until - since == DAY:
        return "all day"
    if until <= (since // DAY + 1) * DAY:
        return f"{begins}–{'24:00' if until % DAY == 0 else ends}"
    if until - since < DAY:
        return f"{begins} until {ends} the next day"
    return f"{begins} until {NAMES[until // DAY % 7]} {ends}"


def _clock(minute: int) -> str:
    return f"{minute % DAY // 60:02}:{minute % 60:02}"


def _days(days: list[int]) -> str:
    """``Monday to Thursday``, ``Monday and Friday``, ``Monday, Wednesday and Friday``."""
    names: list[str] = []
    for first, last in _runs(sorted(days)):
        far = last - first > 1
        names += [f"{NAMES[first]} to {NAMES[last]}"] if far else [NAMES[day] for day in range(first, last + 1)]
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} and {names[-1]}"


def _runs(days: list[int]) -> list[Minutes]:
    runs: list[Minutes] = []
    for day in days:
        follows = bool(runs) and runs[-1][1] == day - 1
        runs[-1:] = [(runs[-1][0], day)] if follows else [*runs[-1:], (day, day)]
    return runs
