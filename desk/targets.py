"""Whom may a call be transferred to? Somebody of the directory, at a number that may be dialled; refusals say why in words."""

from collections.abc import Mapping

from pydantic import Field

from admin.body import Slug, Strict, Text
from admin.problems import Faults
from directory.model import DutyNumber, Role, default_accept
from directory.numbers import Number, NumberRefusal, number_from
from directory.policy import denial
from directory.problems import Fault
from directory.snapshot import Snapshot
from ivr.moment import World

EMERGENCY = "999 and 101 are never dialled from here: ask the caller to ring them, or ring them yourself."
NO_FORCE = (
    "no force's number is in the directory under “{}”; an editor enters a role whose slug is “police” or ends in “-police”, with "
    "the force's number (POST /api/v1/roles). 999 and 101 are never dialled from here: ask the caller to ring them."
)
ONE = "name exactly one of team, person, line, role, police and number."
NOT_LISTED = "this number is not in the directory; transfers go to numbers of the directory only."


class TargetIn(Strict):
    """Exactly one of these."""

    team: Slug | None = None
    person: Slug | None = None
    line: Slug | None = None
    role: Slug | None = None
    number: Text | None = None
    police: Text | None = Field(None, examples=["derbyshire-police"], description="A force, by the slug of its role.")


def target_of(world: World, given: TargetIn, faults: Faults, at: str = "to") -> Mapping[str, str] | None:
    """The target as a transfer keeps it, or nothing, with its faults noted. ``at`` is the field where it stands."""
    wanted = {kind: value for kind, value in given.model_dump().items() if value}
    if len(wanted) != 1:
        faults.say(at, "one-target", ONE)
        return None
    kind, value = next(iter(wanted.items()))
    if kind == "number":
        return _number(world.directory, value, faults, f"{at}.number")
    name = _names(world, kind).get(value)
    if name is not None:
        return {"kind": kind, "slug": value, "name": name}
    if kind == "police":
        faults.say(f"{at}.police", "no-force", NO_FORCE.format(value))
    else:
        faults.note(f"{at}.{kind}", Fault.UNKNOWN, value)
    return None


def _names(world: World, kind: str) -> Mapping[str, str]:
    here = world.directory
    if kind == "line":
        plans = (world.plans.of_line(line) for line in world.plans.current)
        return {plan.line: plan.name for plan in plans if plan}
    if kind == "person":
        return dict.fromkeys(here.people, "the worker")
    if kind == "police":
        return {slug: role.name for slug, role in here.roles.items() if is_force(role)}
    entries = here.teams if kind == "team" else here.roles
    return {slug: entry.name for slug, entry in entries.items()}


def is_force(role: Role) -> bool:
    """Whether a named role stands for a police force, and somebody is reached there."""
    return f"-{role.slug}".endswith("-police") and bool(role.numbers or role.people)


def _number(here: Snapshot, text: str, faults: Faults, field: str) -> Mapping[str, str] | None:
    number = number_from(text)
    if number is NumberRefusal.SHORT_CODE:
        faults.say(field, "emergency", EMERGENCY)
    elif not isinstance(number, Number):
        faults.note(field, number, text)
    elif denied := denial(number):
        faults.note(field, denied, text)
    elif number not in (listed := _listed(here)):
        faults.say(field, "number-not-listed", NOT_LISTED)
    else:
        known = listed[number]
        return {"kind": "number", "slug": number.e164, "name": "that number", "accept": known.accept.value}
    return None


def _listed(here: Snapshot) -> Mapping[Number, DutyNumber]:
    """Every number of the directory, and how it is usually answered."""
    people = (number for person in here.people.values() for number in person.numbers)
    roles = (number for role in here.roles.values() for number in role.numbers)
    others = {number: DutyNumber(number, default_accept(number)) for number in (*people, *roles)}
    return others | {duty.number: duty for team in here.teams.values() for duty in team.duty_numbers}
