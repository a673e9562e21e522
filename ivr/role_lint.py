"""Which named roles deserve a second look? Whoever wants the Team Manager at once must not find the post empty."""

from collections.abc import Iterator
from datetime import datetime

from directory.entry_findings import OutsidePolicy
from directory.findings import Evidence, Finding, Place, Subject, evidence
from directory.lint import AHEAD, told_at
from directory.model import Role
from directory.policy import denial
from directory.snapshot import Snapshot
from ivr.role_findings import DeputyAway, NoDeputy, RoleUnreached, UnknownInRole, VacantRole
from routing.roles import role_ladder

NOBODY = "nobody holds it, and it has neither deputy nor number"


def role_findings(directory: Snapshot, now: datetime) -> Iterator[Finding]:
    """Every finding about named roles. Moments are told on the clock of ``now``."""
    for role in directory.roles.values():
        yield from _of_role(directory, role, now)


def _of_role(directory: Snapshot, role: Role, now: datetime) -> Iterator[Finding]:
    at, read = place_of(role), evidence([role.source], [role.source.assumed if role.source else ""])
    if not role.people and not role.numbers:
        yield VacantRole(at, read, (role.source.assumed.rstrip(".") if role.source else "") or NOBODY)
        return
    unknown = tuple(slug for slug in role.people if slug not in directory.people)
    if unknown:
        yield UnknownInRole(at, read, unknown)
    if not role_ladder(directory, role, now).rungs:
        yield RoleUnreached(at, read)
    if role.holder and not role.deputies and not role.numbers:
        yield NoDeputy(at, read)
    yield from _deputies_away(directory, role, now)
    yield from _outside_policy(directory, role)


def _deputies_away(directory: Snapshot, role: Role, now: datetime) -> Iterator[Finding]:
    for place, slug in enumerate(role.deputies, 1):
        person = directory.people.get(slug)
        for gap in person.away if person else ():
            if now < gap.until and gap.since <= now + AHEAD:
                yield DeputyAway(place_of(role), Evidence(), place, told_at(gap.since, now), told_at(gap.until, now))


def _outside_policy(directory: Snapshot, role: Role) -> Iterator[Finding]:
    for number in role.numbers:
        denied = denial(number, directory.excepted.get(role.authority, frozenset()))
        if denied:
            yield OutsidePolicy(place_of(role), Evidence(), denied)


def place_of(role: Role) -> Place:
    """A role as the place of a finding."""
    return Place(Subject.ROLE, role.slug, role.authority, role.name)
