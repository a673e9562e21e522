"""Whose phone is rung next for a transfer? The ladder of the target at this moment, without the numbers that were tried."""

from collections.abc import Mapping
from datetime import datetime, timedelta

from desk.scene import Scene
from directory.model import Accept, DutyNumber
from directory.numbers import Number
from ivr.moment import World
from ivr.route import default_of, route, wanted_of
from routing.ladder import Ladder, Rung, Step, Wanted
from routing.roles import role_ladder
from store import parties
from store.parties import Here, Party
from store.transfers import Transfer

YET = timedelta(minutes=1)
"""So long may a request be under way that nobody answered."""


def next_rung(scene: Scene, transfer: Transfer) -> Rung | None:
    """The first phone of the target that this transfer has not rung, and that nobody of this call is speaking on."""
    talk = scene.talk
    everybody = parties.of_call(scene.connection, talk.call)
    rung = {party.number for party in everybody if party.transfer == transfer.id or may_ring_yet(party, scene.now)}
    busy = {party.number for party in everybody if party.state is not Here.GONE}
    avoid = frozenset(number for number in (*rung, *busy, talk.caller, talk.dialled) if number)
    climbed = ladder_of(scene.world, talk.line, transfer.target, scene, avoid)
    return next((found for found in climbed.rungs if found.number.number.e164 not in avoid), None)


def may_ring_yet(party: Party, now: datetime) -> bool:
    """Whether a ring that was given up lately may still come about: a phone never rings twice at once."""
    return party.outcome == parties.UNKNOWN and now - party.asked_at < YET


def ladder_of(
    world: World, line: str, target: Mapping[str, str], scene: Scene, avoid: frozenset[str] = frozenset()
) -> Ladder:
    """The phones of a target now, in order. It is one that ``desk.targets`` has let in."""
    here, kind, slug = world.directory, target["kind"], target["slug"]
    if kind == "number":
        return Ladder((Rung(Step.DUTY, target["name"], DutyNumber(Number(slug), Accept(target["accept"]))),), ())
    if kind in ("role", "police"):
        role = here.roles.get(slug)
        return role_ladder(here, role, scene.now) if role else Ladder((), ())
    plan = world.plans.of_line(slug if kind == "line" else line)
    if plan is None:
        return Ladder((), ())
    wanted = Wanted()
    if kind == "line":
        plan, wanted = default_of(world, plan, scene.now)
    elif kind in ("team", "person"):
        wanted = wanted_of(world, here.teams.get(slug), here.people.get(slug))
    return route(world, plan, wanted, scene.now, avoid).ladder
