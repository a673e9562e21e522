"""Whom may a call be transferred to? Somebody of the directory, at a number that may be dialled; refusals say why in words."""

from collections.abc import Mapping

from admin.body import Slug, Strict, Text
from admin.problems import Faults
from directory.model import DutyNumber, default_accept
from directory.numbers import Number, NumberRefusal, number_from
from directory.policy import denial
from directory.problems import Fault
from directory.snapshot import Snapshot
from ivr.moment import World

EMERGENCY = "999 and 101 are never dialled from here: ask the caller to ring them, or ring them yourself."
ONE = "name exactly one of team, person, line, role and number."
NOT_LISTED = "this number is not in the directory; transfers go to numbers of the directory only."


class TargetIn(Strict):
    """Exactly one of these."""

    team: Slug | None = None
    person: Slug | None = None
    line: Slug | None = None
    role: Slug | None = None
    number: Text | None = None
    police: Text | None = None


def target_of(world: World, given: TargetIn, faults: Faults) -> Mapping[str, str] | None:
    """The target as a transfer keeps it, or nothing, with its faults noted."""
    wanted = {kind: value for kind, value in given.model_dump().items() if value}
    if "police" in wanted:
        faults.say("to.police", "emergency", EMERGENCY)
        return None
    if len(wanted) != 1:
        faults.say("to", "one-target", ONE)
        return None
    kind, value = next(iter(wanted.items()))
    if kind == "number":
        return _number(world.directory, value, faults)
    name = _names(world, kind).get(value)
    if name is None:
        faults.note(f"to.{kind}", Fault.UNKNOWN, value)
        return None
    return {"kind": kind, "slug": value, "name": name}


def _names(world: World, kind: str) -> Mapping[str, str]:
    here = world.directory
    if kind == "line":
        plans = (world.plans.of_line(line) for line in world.plans.current)
        return {plan.line: plan.name for plan in plans if plan}
    if kind == "person":
        return dict.fromkeys(here.people, "the worker")
    entries = here.teams if kind == "team" else here.roles
    return {slug: entry.name for slug, entry in entries.items()}


def _number(here: Snapshot, text: str, faults: Faults) -> Mapping[str, str] | None:
    number = number_from(text)
    if number is NumberRefusal.SHORT_CODE:
        faults.say("to.number", "emergency", EMERGENCY)
    elif not isinstance(number, Number):
        faults.note("to.number", number, text)
    elif denied := denial(number):
        faults.note("to.number", denied, text)
    elif number not in (listed := _listed(here)):
        faults.say("to.number", "number-not-listed", NOT_LISTED)
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
