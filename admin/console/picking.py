"""Whom does somebody mean who types a name into a form? Matched here, so that no page ever holds everybody.

Without script it is a plain field, and radios ask where several match; with script the same search offers names as one types.
"""

import heapq
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Generic, TypeVar

from flask import Response, jsonify, request

from admin.console.forms import Wrong
from admin.console.pages import asked, blueprint
from admin.listing import matches
from admin.ports import newest_world
from admin.problems import missing
from directory.model import Person, Team
from directory.search import PEOPLE, TEAMS, Finder, tokens
from directory.snapshot import Snapshot

E = TypeVar("E", Person, Team)
MOST_OFFERED, MOST_SIFTED = 12, 5_000
WHICH = "-which"
"""The radios beside the field ``manager`` are called ``manager-which``."""

NOBODY = "{label}: nothing is found by “{typed}”; type a name, an extension or a number."
SEVERAL = "{label}: “{typed}” fits several; choose the one that you mean below."
TOO_MANY = "{label}: “{typed}” fits {count}; type more of it."


@dataclass(frozen=True, slots=True)
class Option:
    """One entry to choose: its slug, and the words that mean it and nobody else."""

    value: str
    text: str


@dataclass(frozen=True, slots=True)
class Kind(Generic[E]):
    """What a field is for: which entries, how they are searched, and what is said of each beside the name."""

    entries: Callable[[Snapshot], Mapping[str, E]]
    finder: Finder[E]
    beside: Callable[[E, Snapshot], Sequence[str]]

    def text(self, slug: str, directory: Snapshot) -> str:
        """What stands in the field for an entry; its slug where other words would mean somebody else as well."""
        entry = self.entries(directory).get(slug)
        if entry is None:
            return slug
        label = self.label(entry, directory)
        return label if self.meant(label, directory) == [slug] else slug

    def label(self, entry: E, directory: Snapshot) -> str:
        """``Rowan Sampleton, Initial Response North, extension 4021``."""
        return ", ".join(filter(None, (entry.name, *self.beside(entry, directory))))

    def meant(self, typed: str, directory: Snapshot) -> list[str]:
        """The slugs of those who are called or described exactly so; else of all that are found."""
        words, found = tokens(typed), self._found(typed, directory)
        same = [one for one in found if words in (tokens(one.name), tokens(self.label(one, directory)))]
        return [one.slug for one in same or found]

    def options(self, typed: str, directory: Snapshot) -> tuple[Option, ...]:
        """The first that are found: those whose name begins as it was typed, then the others, by name."""
        start, found = typed.casefold(), self._found(typed, directory)
        first = heapq.nsmallest(
            MOST_OFFERED, found, key=lambda one: (not one.name.casefold().startswith(start), one.name)
        )
        return tuple(Option(one.slug, self.label(one, directory)) for one in first)

    def _found(self, typed: str, directory: Snapshot) -> list[E]:
        """Whoever has all these words, or is described by them."""
        if not tokens(typed):
            return []
        found = list(islice(self.finder.found(typed, directory), MOST_SIFTED))
        if found or "," not in typed:
            return found
        named = islice(self.finder.found(typed.partition(",")[0], directory), MOST_SIFTED)
        return [one for one in named if matches(typed, self.label(one, directory))]


def _of_person(person: Person, directory: Snapshot) -> Sequence[str]:
    team = directory.teams.get(person.team)
    return (team.name if team else person.team, f"extension {person.extension}" if person.extension else "")


def _of_team(team: Team, directory: Snapshot) -> Sequence[str]:
    authority = directory.authorities.get(team.authority)
    return (authority.name if authority else team.authority,)


A_PERSON = Kind(lambda directory: directory.people, PEOPLE, _of_person)
A_TEAM = Kind(lambda directory: directory.teams, TEAMS, _of_team)
KINDS: Mapping[str, Kind[Person] | Kind[Team]] = {"people": A_PERSON, "teams": A_TEAM}


@dataclass(frozen=True, slots=True)
class Asked:
    """A field of a form that means an entry: its name, its label, and what it is for."""

    name: str
    label: str
    kind: Kind[Person] | Kind[Team]


@dataclass(frozen=True, slots=True)
class Picked:
    """What the fields come to: ``slugs`` by field (what was typed, where it is not clear), what to choose from, and faults."""

    slugs: Mapping[str, str]
    several: Mapping[str, tuple[Option, ...]]
    faults: tuple[Wrong, ...]

    def beside(self, wrong: Sequence[Wrong], order: Sequence[str] = ()) -> tuple[Wrong, ...]:
        """Every fault of the page: ours in place of what others say of the same fields, in the order of the page."""
        ours = {fault.field for fault in self.faults}
        found = [*self.faults, *(one for one in wrong if one.field not in ours)]
        places = {name: place for place, name in enumerate(order)}
        return tuple(sorted(found, key=lambda one: places.get(one.field, len(places))))


def picked(asked: Sequence[Asked], typed: Mapping[str, str], directory: Snapshot) -> Picked:
    """Whom the fields of this form mean."""
    slugs, several, faults = dict[str, str](), dict[str, tuple[Option, ...]](), list[Wrong]()
    for one in asked:
        text = typed.get(one.name, "")
        found = _meant(one, text, directory)
        if isinstance(found, str):
            slugs[one.name] = found
        else:
            slugs[one.name], several[one.name] = text, found[1]
            faults.append(found[0])
    return Picked(slugs, several, tuple(faults))


def _meant(asked: Asked, typed: str, directory: Snapshot) -> str | tuple[Wrong, tuple[Option, ...]]:
    """The slug, or what is wrong and what there is to choose from."""
    kind, which = asked.kind, request.form.get(f"{asked.name}{WHICH}", "")
    if not typed or typed in kind.entries(directory):
        return typed
    slugs = kind.meant(typed, directory)
    if which in slugs or len(slugs) == 1:
        return which if which in slugs else slugs[0]
    words = NOBODY if not slugs else SEVERAL if len(slugs) <= MOST_OFFERED else TOO_MANY
    fault = Wrong(asked.name, words.format(label=asked.label, typed=typed, count=len(slugs)))
    return fault, kind.options(typed, directory) if 1 < len(slugs) <= MOST_OFFERED else ()


@blueprint.get("/choices/<kind>")
def offered(kind: str) -> Response:
    """What a field offers as one types. The words stand in the address, which nobody logs (ruling 19)."""
    known, directory = KINDS.get(kind), newest_world().directory
    if known is None:
        raise missing(f"list of {kind}")
    typed = asked("q")
    return jsonify([option.text for option in known.options(typed, directory)])
