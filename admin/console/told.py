"""What changed between two documents of an entry, in words that an admin reads?"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from admin.auth import sees_personal_data
from directory.numbers import Number
from routing.reasons import clock_time

LABELS = {
    "name": "Name", "area": "Area", "service": "Service", "aliases": "Other names", "duty_numbers": "Duty number",
    "extension": "Extension", "numbers": "Numbers", "accept": "How a call is taken", "team": "Team", "manager": "Manager",
    "away": "Away", "effect": "Effect", "since": "From", "until": "Until", "reason": "Reason", "authority": "Authority",
    "line": "Line", "rrule": "Repeats", "role": "Role", "exceptions": "Policy exceptions", "slug": "Short name",
    "source": "Source", "rota": "Rota", "holder": "Held by", "deputies": "Deputies", "listed": "Dial by name",
}  # fmt: skip
INDEXED = frozenset(("duty_numbers", "away", "rota"))
PERSONAL = frozenset(("name", "numbers", "extension", "away"))
NOTHING = "nothing"
Document = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Told:
    """One field that differs: its name, and the value before and after, each in words."""

    label: str
    before: str
    after: str


def told(before: Document | None, after: Document | None) -> list[Told]:
    """Every field that differs; nothing of what is personal for those who may not see it."""
    if not sees_personal_data():
        return []
    old, new = before or {}, after or {}
    names = [name for name in LABELS if name in old or name in new]
    found = (one for name in names for one in _field(name, old.get(name), new.get(name)))
    return [one for one in found if one.before != one.after]


def _field(name: str, old: Any, new: Any) -> Iterator[Told]:
    if name not in INDEXED:
        yield Told(LABELS[name], words(old), words(new))
        return
    olds, news = old or [], new or []
    for place in range(max(len(olds), len(news))):
        was, is_now = (words(many[place]) if place < len(many) else NOTHING for many in (olds, news))
        yield Told(f"{LABELS[name]} {place + 1}", was, is_now)


def words(value: Any) -> str:
    """A value of a document in words."""
    match value:
        case None | "" | []:
            return NOTHING
        case str():
            return _text(value)
        case list():
            return ", ".join(map(words, value))
        case dict():
            return _parts(value)
        case _:
            return str(value)


def _text(value: str) -> str:
    if value.startswith("+") and value[1:].isdecimal():
        return Number(value).national
    if len(value) >= 19 and value[10:11] == "T":
        return clock_time(datetime.fromisoformat(value))
    return value


def _parts(value: Document) -> str:
    """``01392 388481 from ... until ...``; where a value was read is not a change that anybody made."""
    head = words(value["number"]) if "number" in value else ""
    since = f"from {words(value['since'])}" if value.get("since") else ""
    until = f"until {words(value['until'])}" if value.get("until") else ""
    skipped = ("number", "since", "until", "accept", "source")
    rest = ", ".join(words(part) for name, part in value.items() if name not in skipped and part)
    taken = "connects on answer" if value.get("accept") == "connect" else ""
    return " ".join(filter(None, (head, since, until, f"({rest})" if rest else "", taken))) or NOTHING
