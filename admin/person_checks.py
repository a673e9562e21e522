"""What must hold of a person before they are written?"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from admin.person_shapes import AbsenceIn, PersonFields, authority_of
from admin.problems import Faults
from admin.shapes import number_in, period_in
from directory.model import Absence, Listing, Person
from directory.numbers import Number
from directory.problems import Fault
from directory.snapshot import Snapshot

LISTINGS = {True: Listing.LISTED, False: Listing.UNLISTED}
EXTENSION = re.compile(r"[0-9]{2,6}")
LOOP_WORDS = "“{}” is managed, directly or through others, by this person; choose somebody else."
SELF_WORDS = "nobody covers for themselves; choose somebody else."


def changed(person: Person, body: PersonFields, directory: Snapshot, faults: Faults) -> Person:
    """The person with the fields that were given; every fault is noted."""
    given = body.model_fields_set
    moved = replace(person, name=body.name or person.name, team=body.team or person.team)
    changed = replace(
        moved,
        extension=body.extension or None if "extension" in given else person.extension,
        numbers=_numbers(moved, body, directory, faults) if "numbers" in given else person.numbers,
        accept=body.accept or person.accept if "accept" in given else person.accept,
        manager=body.manager or None if "manager" in given else person.manager,
        away=_away(person, body.away or (), directory, faults) if "away" in given else person.away,
        listed=person.listed if body.listed is None else LISTINGS[body.listed],
    )
    _check(changed, given, directory, faults)
    return changed


def _check(person: Person, given: set[str], directory: Snapshot, faults: Faults) -> None:
    for field, value in (("name", person.name), ("team", person.team)):
        if not value:
            faults.note(field, Fault.MISSING)
    if person.team and person.team not in directory.teams:
        faults.note("team", Fault.UNKNOWN, person.team)
    _check_extension(person, directory, faults)
    if "manager" in given:
        _check_manager(person, directory, faults)


def _check_extension(person: Person, directory: Snapshot, faults: Faults) -> None:
    if person.extension is None:
        return
    if not EXTENSION.fullmatch(person.extension):
        faults.note("extension", Fault.EXTENSION, person.extension)
    authority = authority_of(person, directory)
    holder = directory.person_keyed(authority.slug, person.extension) if authority else None
    if holder and holder.slug != person.slug:
        faults.note("extension", Fault.TAKEN, person.extension)


def _check_manager(person: Person, directory: Snapshot, faults: Faults) -> None:
    if person.manager is None:
        return
    if person.manager == person.slug or person.slug in _managers_of(person.manager, directory):
        faults.say("manager", "manager-loop", LOOP_WORDS.format(person.manager))
    elif person.manager not in directory.people:
        faults.note("manager", Fault.UNKNOWN, person.manager)


def _managers_of(slug: str, directory: Snapshot) -> Iterator[str]:
    """Everybody above, each once."""
    seen: set[str] = set()
    found = directory.people.get(slug)
    while found and found.manager and found.manager not in seen:
        seen.add(found.manager)
        yield found.manager
        found = directory.people.get(found.manager)


def _numbers(person: Person, body: PersonFields, directory: Snapshot, faults: Faults) -> tuple[Number, ...]:
    authority = authority_of(person, directory)
    slug = authority.slug if authority else ""
    read = (number_in(f"numbers.{at}", text, slug, directory, faults) for at, text in enumerate(body.numbers or ()))
    return tuple(dict.fromkeys(number for number in read if number))


def _away(person: Person, given: Sequence[AbsenceIn], directory: Snapshot, faults: Faults) -> tuple[Absence, ...]:
    read = (_absence(person, f"away.{at}", one, directory, faults) for at, one in enumerate(given))
    return tuple(absence for absence in read if absence)


def _absence(person: Person, field: str, one: AbsenceIn, directory: Snapshot, faults: Faults) -> Absence | None:
    for name, value in (("from", one.since), ("until", one.until)):
        if not value:
            faults.note(f"{field}.{name}", Fault.MISSING)
    since, until = period_in(field, (one.since, one.until), faults)
    if one.cover == person.slug:
        faults.say(f"{field}.cover", "cover-self", SELF_WORDS)
    elif one.cover and one.cover not in directory.people:
        faults.note(f"{field}.cover", Fault.UNKNOWN, one.cover)
    return Absence(since, until, one.cover or None) if since and until else None
