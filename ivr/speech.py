"""How are moments, keys and numbers said aloud?"""

import re
from datetime import date, datetime, timedelta

from routing.clock import local

XML_FORBIDS = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def speakable(text: str) -> str:
    """The text without the characters that XML forbids; a broken document would end in an error that a caller hears."""
    return XML_FORBIDS.sub("", text)


def choice(label: str, key: str) -> str:
    """How a prompt offers a key."""
    return f"For {label}, press {key}."


def clock(at: datetime) -> str:
    """``4 p.m.``, ``9.30 a.m.``, ``noon``, ``midnight``."""
    wall = local(at)
    if (wall.hour, wall.minute) in ((0, 0), (12, 0)):
        return "noon" if wall.hour else "midnight"
    minutes = f".{wall.minute:02}" if wall.minute else ""
    return f"{wall.hour % 12 or 12}{minutes} {'a.m.' if wall.hour < 12 else 'p.m.'}"


def moment(at: datetime, now: datetime) -> str:
    """``4 p.m. today``, ``9 a.m. tomorrow, Saturday 28 November``, ``5 p.m. on Monday 30 November``."""
    return f"{clock(at)} {day(local(at).date(), local(now).date())}"


def day(that: date, today: date) -> str:
    """The day in words, with its date unless it is today: a promise must not be misheard."""
    spelt = f"{that:%A} {that.day} {that:%B}"
    if that == today:
        return "today"
    return f"tomorrow, {spelt}" if that - today == timedelta(days=1) else f"on {spelt}"
