"""Does everything that an entry names still stand after a change, and may its numbers still be rung?"""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence

from directory.model import Closure, DutyNumber, Entry, LineNumbers, Person, Role, Team
from directory.numbers import Number
from directory.policy import denial
from directory.problems import Code, Fault, Problem
from directory.snapshot import KINDS, Change, Kind, Snapshot

Named = tuple[Kind, str]
Key = tuple[str, str]
"""An authority and an extension of it."""


def dangling(after: Snapshot, changes: Sequence[Change], plans: Mapping[str, str]) -> list[Problem]:
    """What would not hold once these changes are made; ``plans`` says which plan names a team."""
    naming = _naming(after, plans)
    found = [problem for change in changes for problem in _problems(change, after, naming)]
    twice = shared_extensions(after, [change.entry for change in changes if isinstance(change.entry, Person)])
    return [*found, *(Problem(f"{Kind.PERSON} {one.slug}", Fault.TAKEN, one.extension or "") for one in twice)]


def shared_extensions(after: Snapshot, people: Iterable[Person]) -> list[Person]:
    """Those of these people whose extension somebody else of their authority has, too."""
    keyed = [(person, key) for person in people if (key := _key(person, after))]
    holders = Counter(_key(person, after) for person in after.people.values()) if keyed else Counter[Key | None]()
    return [person for person, key in keyed if holders[key] > 1]


def _key(person: Person, after: Snapshot) -> Key | None:
    team = after.teams.get(person.team)
    return (team.authority, person.extension) if team and person.extension else None


def place(change: Change) -> str:
    """How a problem names an entry."""
    return f"{change.kind} {change.slug}"


def names(entry: Entry) -> Iterator[Named]:
    """What an entry refers to."""
    match entry:
        case Team():
            yield Kind.AUTHORITY, entry.authority
            yield from ((Kind.PERSON, shift.who) for shift in entry.rota if isinstance(shift.who, str))
        case Person():
            yield Kind.TEAM, entry.team
            covers = (absence.cover for absence in entry.away)
            yield from ((Kind.PERSON, slug) for slug in (entry.manager, *covers) if slug)
        case Role():
            yield Kind.AUTHORITY, entry.authority
            yield from ((Kind.TEAM, slug) for slug in (entry.team,) if slug)
            yield from ((Kind.PERSON, slug) for slug in entry.people)
        case Closure():
            yield from ((Kind.AUTHORITY, slug) for slug in (entry.authority,) if slug)


def _naming(after: Snapshot, plans: Mapping[str, str]) -> Mapping[Named, list[str]]:
    """Who names what."""
    naming: dict[Named, list[str]] = {(Kind.TEAM, team): [f"plan {plan}"] for team, plan in plans.items()}
    for entry in after.entries():
        for named in names(entry):
            naming.setdefault(named, []).append(f"{KINDS[type(entry)]} {entry.slug}")
    return naming


def _problems(change: Change, after: Snapshot, naming: Mapping[Named, list[str]]) -> Iterator[Problem]:
    if change.entry is None:
        yield from (Problem(place(change), Fault.REFERRED, who) for who in naming.get((change.kind, change.slug), ()))
        return
    unknown = (slug for kind, slug in names(change.entry) if slug not in after.of(kind))
    yield from (Problem(place(change), Fault.UNKNOWN, slug) for slug in unknown)
    yield from (Problem(place(change), code, value) for code, value in _refusals(change.entry, after))


def _refusals(entry: Entry, after: Snapshot) -> Iterator[tuple[Code, str]]:
    match entry:
        case Team():
            yield from _not_rung(map(_number, entry.duty_numbers), entry.authority, after)
        case Person():
            team = after.teams.get(entry.team)
            yield from _not_rung(entry.numbers, team.authority if team else "", after)
        case Role():
            yield from _not_rung(entry.numbers, entry.authority, after)
        case LineNumbers():
            taken = (number for number in entry.numbers if after.line_answering.get(number.e164) != entry.slug)
            yield from ((Fault.TAKEN, number.national) for number in taken)


def _number(duty: DutyNumber) -> Number:
    return duty.number


def _not_rung(numbers: Iterable[Number], authority: str, after: Snapshot) -> Iterator[tuple[Code, str]]:
    known = after.authorities.get(authority)
    for number in numbers:
        denied = denial(number, known.excepted if known else frozenset())
        if denied or number.e164 in after.line_answering:
            yield denied or Fault.LOOP, number.national
