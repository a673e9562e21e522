"""What changed between two documents of an entry, in words that an admin reads?"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from admin.auth import sees_personal_data
from admin.ports import desk
from directory.numbers import Number, number_from
from routing.reasons import clock_time

LABELS = {
    "name": "Name", "area": "Area", "service": "Service", "aliases": "Other names", "duty_numbers": "Duty number",
    "extension": "Extension", "numbers": "Numbers", "accept": "How a call is taken", "team": "Team", "manager": "Manager",
    "away": "Away", "effect": "Effect", "since": "From", "until": "Until", "reason": "Reason", "authority": "Authority",
    "line": "Line", "rrule": "Repeats", "role": "Role", "exceptions": "Policy exceptions", "slug": "Short name",
    "source": "Source", "rota": "Rota", "holder": "Held by", "deputies": "Deputies", "listed": "Dial by name",
}  # fmt: skip
INDEXED = frozenset(("duty_numbers", "away"))
ROTA, MOST_TURNS = "rota", 50
TELEPHONE, MOMENTS = frozenset(("number", "numbers", "exceptions")), frozenset(("since", "until"))
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
    if name == ROTA:
        yield from _turns(old or [], new or [])
        return
    if name not in INDEXED:
        yield Told(LABELS[name], words(old, name), words(new, name))
        return
    olds, news = old or [], new or []
    for place in range(max(len(olds), len(news))):
        was, is_now = (words(many[place], name) if place < len(many) else NOTHING for many in (olds, news))
        yield Told(f"{LABELS[name]} {place + 1}", was, is_now)


def _turns(old: list[Document], new: list[Document]) -> Iterator[Told]:
    """The turns that are gone and those that are new; a turn has no number that the next one could slip into."""
    rows = [Told(LABELS[ROTA], _turn(one), NOTHING) for one in old if one not in new]
    rows += [Told(LABELS[ROTA], NOTHING, _turn(one)) for one in new if one not in old]
    yield from rows[:MOST_TURNS]
    if len(rows) > MOST_TURNS:
        yield Told(LABELS[ROTA], "", f"and {len(rows) - MOST_TURNS} more turns")


def _turn(turn: Document) -> str:
    person = desk().publication.current().directory.people.get(turn.get("person", ""))
    holder = person.name if person else turn.get("person") or words(turn.get("number"), "number")
    note = f" ({turn['note']})" if turn.get("note") else ""
    return f"{holder} from {words(turn['since'], 'since')} until {words(turn['until'], 'until')}{note}"


def words(value: Any, field: str) -> str:
    """A value of a document in words; its field says whether it is a number, a moment, or somebody's own words."""
    match value:
        case None | "" | []:
            return NOTHING
        case str():
            return _text(value, field)
        case list():
            return ", ".join(words(one, field) for one in value)
        case dict():
            return _parts(value)
        case _:
            return str(value)


def _text(value: str, field: str) -> str:
    number = number_from(value) if field in TELEPHONE else None
    if isinstance(number, Number):
        return number.national
    return clock_time(datetime.fromisoformat(value)) if field in MOMENTS else value


def _parts(value: Document) -> str:
    """``01392 388481 from ... until ...``; where a value was read is not a change that anybody made."""
    head = words(value["number"], "number") if "number" in value else ""
    since = f"from {words(value['since'], 'since')}" if value.get("since") else ""
    until = f"until {words(value['until'], 'until')}" if value.get("until") else ""
    skipped = ("number", "since", "until", "accept", "source")
    rest = ", ".join(words(part, name) for name, part in value.items() if name not in skipped and part)
    taken = "connects on answer" if value.get("accept") == "connect" else ""
    return " ".join(filter(None, (head, since, until, f"({rest})" if rest else "", taken))) or NOTHING
