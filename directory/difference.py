"""What is different between a file and the directory? Adds, changes and removals with words, and whether to ask twice."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from directory.documents import Document, document
from directory.importing import Import
from directory.model import Entry, Person, Role, Team
from directory.numbers import Number
from directory.snapshot import Change, Kind, Snapshot

MOST_SHARE = 10
"""More than one in so many changed or removed is asked about once more."""

NUMBERS = ("duty_numbers", "numbers")
NOTHING = "nothing"


class Deed(StrEnum):
    """What happens to an entry."""

    ADD = "add"
    CHANGE = "change"
    REMOVE = "remove"


@dataclass(frozen=True, slots=True)
class FieldDifference:
    """One field of an entry in words, before and after; empty where it holds nothing."""

    field: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class EntryDifference:
    """What happens to one entry; ``row`` is the file's, none for what the file does not hold."""

    deed: Deed
    kind: Kind
    slug: str
    name: str
    row: int | None
    fields: tuple[FieldDifference, ...]

    @property
    def sentence(self) -> str:
        """``change team devon-duty (Duty): area “North” becomes “South”``."""
        head = f"{self.deed} {self.kind} {self.slug} ({self.name})"
        return head if self.deed is Deed.REMOVE else f"{head}: {'; '.join(map(_told, self.fields))}"


@dataclass(frozen=True, slots=True)
class Difference:
    """Everything that happens, and ``same``: how many entries of the file are in the directory as they are."""

    adds: tuple[EntryDifference, ...] = ()
    changes: tuple[EntryDifference, ...] = ()
    removals: tuple[EntryDifference, ...] = ()
    same: int = 0

    @property
    def every(self) -> tuple[EntryDifference, ...]:
        """All of it, in this order."""
        return (*self.adds, *self.changes, *self.removals)


class Doubt(StrEnum):
    """Why somebody is asked a second time."""

    MANY = "many"
    EMPTIED = "emptied"


@dataclass(frozen=True, slots=True)
class Caution:
    """One reason for asking twice, in words."""

    doubt: Doubt
    sentence: str


def difference(found: Import, directory: Snapshot) -> Difference:
    """What an import does to the directory; entries whose rows have problems are left out."""
    every = [_entry(change, found, directory) for change in found.asked]
    adds, changes, removals = (tuple(one for one in every if one.deed is deed) for deed in Deed)
    held = len(found.at) - sum(one.slug in found.at for one in every)
    return Difference(adds, changes, removals, held)


def cautions(made: Difference, kind: Kind | None, directory: Snapshot) -> Iterator[Caution]:
    """Why to ask twice: more than a tenth of what is there changes or goes, or something is emptied."""
    there = len(directory.of(kind or Kind.TEAM))
    touched = len(made.changes) + len(made.removals)
    if touched * MOST_SHARE > there:
        yield Caution(Doubt.MANY, f"{touched} of {there} entries would change or go, which is more than a tenth.")
    for one in made.changes:
        emptied = [field.field for field in one.fields if field.before and not field.after]
        if emptied:
            words = f"{one.kind} {one.slug} ({one.name}) would have nothing left as {', '.join(emptied)}."
            yield Caution(Doubt.EMPTIED, words)


def _entry(change: Change, found: Import, directory: Snapshot) -> EntryDifference:
    known = directory.of(change.kind).get(change.slug)
    deed = Deed.REMOVE if change.entry is None else Deed.CHANGE if known else Deed.ADD
    fields = tuple(differing(document(known) if known else {}, document(change.entry) if change.entry else {}))
    row = found.at.get(change.slug)
    return EntryDifference(deed, change.kind, change.slug, _name(change.entry or known), row, fields)


def _name(entry: Entry | None) -> str:
    return entry.name if isinstance(entry, Team | Person | Role) else ""


def differing(before: Mapping[str, Any], after: Document) -> Iterator[FieldDifference]:
    """The fields in which two documents of an entry differ."""
    for field in {**before, **after}:
        if field != "slug" and before.get(field) != after.get(field):
            yield FieldDifference(field, words(field, before.get(field)), words(field, after.get(field)))


def words(field: str, value: object) -> str:
    """A field's value as somebody reads it."""
    match value:
        case None:
            return ""
        case list():
            return "; ".join(words(field, one) for one in value)
        case dict():
            return ", ".join(_part(name, part) for name, part in value.items())
        case str() if field in NUMBERS:
            return Number(value).national
    return str(value)


def _part(name: str, part: object) -> str:
    match name:
        case "number":
            return Number(str(part)).national
        case "source":
            return f"from {words(name, part)}"
        case "since" | "until" | "cover" | "line" | "at_once" | "caller_id":
            return f"{name.replace('_', ' ')} {part}"
    return str(part)


def _told(one: FieldDifference) -> str:
    if not one.before:
        return f"{one.field} “{one.after}”"
    return f"{one.field} “{one.before}” becomes {f'“{one.after}”' if one.after else NOTHING}"
