"""May this caller change this entry? Whoever is limited to authorities or teams changes nothing else, by key or in person."""

from collections.abc import Iterable, Iterator, Mapping
from http import HTTPStatus

from admin.auth import caller
from admin.caller import Caller
from admin.problems import ProblemError
from directory.model import Authority, Closure, Entry, LineNumbers, Person, Team
from directory.snapshot import Change, Kind, Snapshot
from ivr.moment import World

OUTSIDE = "You may change only {may}; ask an administrator for what lies outside."


def refuse_outside(changes: Iterable[Change], world: World) -> None:
    """403 where whoever asks is limited, and an entry lies outside before or after its change."""
    asking = caller()
    if asking.limited and not all(within(asking, change, world) for change in changes):
        raise ProblemError(HTTPStatus.FORBIDDEN, OUTSIDE.format(may=told(asking)))


def within(asking: Caller, change: Change, world: World) -> bool:
    """Whether both the entry as it is and the entry as it would be are this caller's to change."""
    both = [entry for entry in (_group(change.kind, world.directory).get(change.slug), change.entry) if entry]
    return bool(both) and all(_owned(asking, entry, world) for entry in both)


def told(asking: Caller) -> str:
    """A caller's limits in words."""
    parts = [("the authority", asking.authorities), ("the team", asking.teams)]
    return " and ".join(f"{what} {slug}" for what, slugs in parts for slug in sorted(slugs))


def _owned(asking: Caller, entry: Entry, world: World) -> bool:
    authority = _authority(entry, world)
    return authority in asking.authorities or bool(asking.teams & set(_teams(entry, world.directory)))


def _teams(entry: Entry, directory: Snapshot) -> Iterator[str]:
    """The team that an entry is, or belongs to. A new team belongs to nobody yet."""
    if isinstance(entry, Team) and entry.slug in directory.teams:
        yield entry.slug
    if isinstance(entry, Person):
        yield entry.team


def _authority(entry: Entry, world: World) -> str | None:
    """The authority that an entry belongs to; nothing where it concerns several."""
    if isinstance(entry, Authority):
        return entry.slug
    if isinstance(entry, Person):
        team = world.directory.teams.get(entry.team)
        return team.authority if team else None
    line = entry.slug if isinstance(entry, LineNumbers) else entry.line if isinstance(entry, Closure) else None
    plan = world.plans.of_line(line) if line else None
    return plan.authority if plan else getattr(entry, "authority", None)


def _group(kind: Kind, directory: Snapshot) -> Mapping[str, Entry]:
    groups: dict[Kind, Mapping[str, Entry]] = {
        Kind.AUTHORITY: directory.authorities, Kind.TEAM: directory.teams, Kind.PERSON: directory.people,
        Kind.CLOSURE: directory.closures, Kind.LINE: directory.lines,
    }  # fmt: skip
    return groups.get(kind, {})
