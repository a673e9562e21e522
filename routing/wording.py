"""Which moment does somebody mean by ``Fri 16:05``?"""

import re
from datetime import datetime, time, timedelta

from routing.clock import LONDON, local
from routing.hours import DAYS

WORDS = re.compile(r"(?:(today|tomorrow|mon|tue|wed|thu|fri|sat|sun)[a-z]*\s+)?(\d{1,2}):(\d{2})", re.IGNORECASE)
HOUR = re.compile(r"(\d{1,2}):(\d{2})", re.ASCII)


def moment_from(text: str, now: datetime) -> datetime | None:
    """ISO 8601, ``Fri 16:05`` (this Friday or the coming one), ``tomorrow 9:00``, ``16:05``; in England's time."""
    match = WORDS.fullmatch(text.strip())
    try:
        return _in_words(match, now) if match else _aware(datetime.fromisoformat(text.strip()))
    except ValueError:
        return None


def hour_from(text: str) -> time | None:
    """``17:00`` as a time of the day; nothing where it is none."""
    match = HOUR.fullmatch(text.strip())
    try:
        return time(int(match[1]), int(match[2])) if match else None
    except ValueError:
        return None


def _aware(at: datetime) -> datetime:
    return at if at.tzinfo else at.replace(tzinfo=LONDON)


def _in_words(match: re.Match[str], now: datetime) -> datetime:
    today = local(now)
    word = (match[1] or "today").lower()
    ahead = {"today": 0, "tomorrow": 1}.get(word)
    if ahead is None:
        ahead = (DAYS.index(word) - today.weekday()) % 7
    day = today.date() + timedelta(days=ahead)
    return datetime(day.year, day.month, day.day, int(match[2]), int(match[3]), tzinfo=LONDON)
