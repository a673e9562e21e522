"""May this caller change this entry? Whoever is limited to authorities or teams changes nothing else, by key or in person."""

from collections.abc import Iterable, Iterator
from http import HTTPStatus

from admin.auth import caller
from admin.caller import Caller
from admin.problems import FieldProblem, ProblemError
from directory import model
from directory.model import Authority, Closure, Entry, LineNumbers, Person, Team
from directory.problems import Fault, Problem
from directory.references import place
from directory.snapshot import Change, Kind, Snapshot
from ivr.moment import World
from store.keys import Role

OUTSIDE = "You may change only {may}; ask an administrator for what lies outside."
ADMINS_ONLY = frozenset({Kind.AUTHORITY, Kind.LINE, Kind.HOLIDAYS})
ADMINS_WORDS = "Only an administrator may change lines, authorities or bank holidays."
MOST_NAMED = 100
UNLIMITED_ONLY = "You may change only {may}; keys and accounts are for administrators without limits."


def refuse_outside(changes: Iterable[Change], world: World) -> None:
    """403 where whoever asks is limited, naming every entry that lies outside before or after its change."""
    found = outside(changes, world)
    if found:
        problems = [Problem(place(change), Fault.OUTSIDE) for change in found[:MOST_NAMED]]
        raise forbidden(FieldProblem(field=one.field, code=one.code, message=one.sentence) for one in problems)


def outside(changes: Iterable[Change], world: World) -> list[Change]:
    """Those of the changes that are not this caller's to make."""
    asking = caller()
    return [change for change in changes if not (_by_role(asking, change) and _by_limit(asking, change, world))]


def _by_role(asking: Caller, change: Change) -> bool:
    return asking.role is Role.ADMIN or change.kind not in ADMINS_ONLY


def _by_limit(asking: Caller, change: Change, world: World) -> bool:
    return not asking.limited or within(asking, change, world)


def forbidden(found: Iterable[FieldProblem]) -> ProblemError:
    """403 with the caller's limits in words, and what lies outside."""
    asking = caller()
    return ProblemError(
        HTTPStatus.FORBIDDEN, OUTSIDE.format(may=told(asking)) if asking.limited else ADMINS_WORDS, found
    )


def refuse_limited() -> None:
    """403 where whoever asks is limited: a key or an account that they made would not be."""
    if caller().limited:
        raise ProblemError(HTTPStatus.FORBIDDEN, UNLIMITED_ONLY.format(may=told(caller())))


def within(asking: Caller, change: Change, world: World) -> bool:
    """Whether both the entry as it is and the entry as it would be are this caller's to change."""
    both = [entry for entry in (world.directory.of(change.kind).get(change.slug), change.entry) if entry]
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
    if isinstance(entry, Person | model.Role) and entry.team:
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
