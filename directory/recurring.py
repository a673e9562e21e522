"""When does something that recurs begin? RFC 5545's rules with an end, unrolled."""

from collections.abc import Mapping
from datetime import date, datetime, time, timedelta, tzinfo
from itertools import islice
from typing import Any

from dateutil.rrule import rrule, rrulestr
from icalendar.prop import vRecur

MOST_TIMES = 400
FARTHEST = timedelta(days=5 * 366)
"""Nobody's turn is known later; a rule that never matches ends its search here."""

FREQUENCIES = frozenset({"DAILY", "WEEKLY", "MONTHLY", "YEARLY"})


def starts(rule: Mapping[str, list[Any]], first: datetime, zone: tzinfo) -> list[datetime] | None:
    """Every beginning, naive, on the clock of ``zone``; nothing where the rule has no end, too many times or cannot be read."""
    last, count = _last(rule, zone), int(_only(rule, "COUNT") or 0)
    if (last is None and count < 1) or str(_only(rule, "FREQ")) not in FREQUENCIES or _only(rule, "INTERVAL") == 0:
        return None
    farthest = first + FARTHEST
    found = _unrolled(rule, first, min(last or farthest, farthest))
    if found is None or (len(found) > MOST_TIMES and not 0 < count <= MOST_TIMES):
        return None
    cut_short = last > farthest if last else len(found) < count
    return None if cut_short else found[: count or None]


def _unrolled(rule: Mapping[str, list[Any]], first: datetime, last: datetime) -> list[datetime] | None:
    endless = {name: values for name, values in rule.items() if name not in ("COUNT", "UNTIL")}
    try:
        unrolled = rrulestr(text_of(endless), dtstart=first, ignoretz=True)
        return list(islice(unrolled.replace(until=last), MOST_TIMES + 1)) if isinstance(unrolled, rrule) else None
    except (ValueError, TypeError, OverflowError):
        return None


def text_of(rule: Mapping[str, list[Any]]) -> str:
    """A rule as it stands in a file."""
    text: str = vRecur(rule).to_ical().decode()  # type: ignore[no-untyped-call]  # icalendar's own
    return text


def _only(rule: Mapping[str, list[Any]], name: str) -> Any:
    return next(iter(rule.get(name, ())), None)


def _last(rule: Mapping[str, list[Any]], zone: tzinfo) -> datetime | None:
    """UNTIL on the clock of ``zone``; of a day that names no time, its end."""
    until = _only(rule, "UNTIL")
    if isinstance(until, datetime):
        return until.astimezone(zone).replace(tzinfo=None) if until.tzinfo else until
    return datetime.combine(until, time.max) if isinstance(until, date) else None
