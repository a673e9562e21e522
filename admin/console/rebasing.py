"""What did somebody change who was slower, and what does their form hold on the version that is there now?

Only what they changed themselves is kept of it: a field that they left alone takes the colleague's value.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TypeVar, cast

from flask import request

from admin.ports import desk, version
from directory.documents import entry_from
from directory.model import Entry, Person, Role, Team
from directory.snapshot import Kind
from store.deeds import stood

E = TypeVar("E", Person, Role, Team)
KINDS: Mapping[type, Kind] = {Person: Kind.PERSON, Role: Kind.ROLE, Team: Kind.TEAM}


@dataclass(frozen=True, slots=True)
class Wish:
    """One field that somebody changed: its label, what stood there, what they typed; ``both`` where the colleague did too."""

    label: str
    before: str
    typed: str
    both: bool = False


@dataclass(frozen=True, slots=True)
class Again:
    """A change to be looked at again: the address of its form, the form's fields, and what was changed in words."""

    action: str
    fields: Mapping[str, str]
    wishes: tuple[Wish, ...]


def anew(action: str, typed: Mapping[str, str], labels: Mapping[str, str]) -> Again:
    """A change whose fields stand for themselves, such as a number that is added."""
    wishes = (Wish(labels[name], "", value) for name, value in typed.items() if value and name in labels)
    return Again(action, typed, tuple(wishes))


def rebased(
    now: E, typed: Mapping[str, str], labels: Mapping[str, str], fields_of: Callable[[E], Mapping[str, str]]
) -> Again:
    """The form of an entry, filled in on what is there ``now``."""
    found = entry_before(now)
    if found is None:
        return anew(request.path, typed, labels)
    return merged(request.path, typed, labels, fields_of(found), fields_of(now))


def merged(
    action: str,
    typed: Mapping[str, str],
    labels: Mapping[str, str],
    before: Mapping[str, str],
    present: Mapping[str, str],
) -> Again:
    """A form that held ``before`` when it was opened, and would hold ``present`` now."""
    mine = {name for name, value in typed.items() if value != before.get(name, "")}
    kept = {name: value if name in mine else present.get(name, "") for name, value in typed.items()}
    wishes = (_wish(name, labels[name], typed, before, present) for name in typed if name in mine and name in labels)
    return Again(action, kept, tuple(wishes))


def _wish(
    name: str, label: str, typed: Mapping[str, str], before: Mapping[str, str], present: Mapping[str, str]
) -> Wish:
    was, found = before.get(name, ""), present.get(name, "")
    return Wish(label, was, typed[name], both=found not in (was, typed[name]))


def entry_before(now: E) -> E | None:
    """The entry as it stood at the version that the form was opened with; nothing where the trail does not know it."""
    kind, seen = KINDS[type(now)], request.form.get("seen", "").removeprefix("v")
    at, _ = version(kind, now.slug)
    back = (at or 0) - int(seen) if seen.isdecimal() and len(seen) < 10 else 0
    if back <= 0:
        return None
    with desk().database.read() as connection:
        body = stood(connection, kind, now.slug, back)
    found: Entry | None = entry_from(kind, body) if body else None
    return cast("E | None", found)
