"""Who is reached for a named role at a moment, and why are the others not?

Whoever holds it, or the colleague who covers while they are away; then each deputy in turn; then the role's own numbers
(C:131: the Team Manager is reached immediately).
"""

from collections.abc import Iterator
from datetime import datetime

from directory.model import DutyNumber, Role, default_accept
from directory.snapshot import Snapshot
from routing.hours import State
from routing.ladder import Circumstances, Ladder, Rung, Step, person_rungs, told_apart
from routing.reasons import NoNumber, Reason, Vacant


def role_ladder(directory: Snapshot, role: Role, at: datetime) -> Ladder:
    """Every phone that reaches the role, in order, and why others are not among them. A role has no hours of its own."""
    rungs, rejected = told_apart(candidates(directory, role, at), directory, Circumstances(at, State.OPEN))
    return Ladder(tuple(rungs), tuple(rejected))


def candidates(directory: Snapshot, role: Role, at: datetime) -> Iterator[Rung | Reason]:
    """Whoever may be rung for the role, in order, before the policy is asked."""
    now = Circumstances(at, State.OPEN)
    if role.holder:
        yield from _person(directory, role.holder, role.name, Step.HOLDER, now)
    else:
        yield Vacant(role.name)
    for place, slug in enumerate(role.deputies, 1):
        yield from _person(directory, slug, f"deputy {place} for {role.name}", Step.DEPUTY, now)
    for number in role.numbers:
        yield Rung(Step.ROLE, role.name, DutyNumber(number, default_accept(number)), role.authority)


def _person(directory: Snapshot, slug: str, who: str, step: Step, now: Circumstances) -> Iterator[Rung | Reason]:
    person = directory.people.get(slug)
    return person_rungs(person, who, step, directory, now) if person else iter((NoNumber(who),))
