"""Which phones reach somebody who is invited to a meeting, and why is there none? Nobody's fallback is rung in their place."""

from collections.abc import Mapping
from datetime import datetime

from directory.model import Accept, DutyNumber
from directory.numbers import Number
from ivr.moment import World
from routing.hours import State
from routing.ladder import Circumstances, Fallbacks, Rung, Step, Wanted, ladder, told_apart
from routing.roles import role_ladder
from store import calls, presence
from store.database import Transaction
from store.meetings import Seat

OWN = (Step.WORKER, Step.DUTY)
"""A worker's manager stands in for them on a case, not in a meeting."""

NOT_ENTERED = "No {kind} “{slug}” is in the directory: an editor enters it, with a number."
NOBODY = "Nobody can be rung for {name} now: an editor enters a number, or who holds it."
NOT_THERE = "{name} is not at the desk with a phone: sign in there, or name another chair."
WITHHELD = "The caller's number is not known, or is not to be used."


def phones(connection: Transaction, world: World, target: Mapping[str, str], at: datetime) -> tuple[Rung, ...]:
    """The phones of a target, in order, at any hour: a meeting is arranged with its people, not with an office."""
    here, kind, slug = world.directory, target.get("kind", ""), target.get("slug", "")
    if kind in ("role", "police"):
        role = here.roles.get(slug)
        return role_ladder(here, role, at).rungs if role else ()
    open_now = Circumstances(at, State.OPEN)
    if kind in ("team", "person"):
        wanted = Wanted(here.teams.get(slug)) if kind == "team" else Wanted(None, here.people.get(slug))
        climbed = ladder(here, wanted, Fallbacks((), None), open_now)
        return tuple(rung for rung in climbed.rungs if rung.step in OWN)
    number = _number(connection, kind, slug, at)
    if number is None:
        return ()
    accept = Accept(target.get("accept", Accept.KEY.value))
    rungs, _ = told_apart((Rung(Step.DUTY, target["name"], DutyNumber(number, accept)),), here, open_now)
    return tuple(rungs)


def _number(connection: Transaction, kind: str, slug: str, at: datetime) -> Number | None:
    """A number of the directory, the phone of a handler who is at the desk, or that of a caller who may be rung."""
    if kind == "number":
        return Number(slug)
    if kind == "handler":
        there = presence.one(connection, slug)
        return Number(there.phone) if there and there.is_there(at) else None
    known = calls.one(connection, slug)
    return Number(known.caller) if known and known.caller else None


def gap(connection: Transaction, world: World, seat: Seat, at: datetime) -> str:
    """Why nobody can be rung for a seat now, in words with the remedy; empty where somebody can."""
    if seat.gap or phones(connection, world, seat.target, at):
        return seat.gap
    kind, slug, name = (seat.target[part] for part in ("kind", "slug", "name"))
    if kind == "handler":
        return NOT_THERE.format(name=name)
    if kind == "referrer":
        return WITHHELD
    entries: Mapping[str, object] = world.directory.teams if kind == "team" else world.directory.roles
    is_missing = kind in ("team", "role") and slug not in entries
    return NOT_ENTERED.format(kind=kind, slug=slug) if is_missing else NOBODY.format(name=name)
