"""Whose phone is rung next for a transfer? The ladder of the target at this moment, without the numbers that were tried."""

from collections.abc import Mapping

from desk.scene import Scene
from directory.model import Accept, DutyNumber
from directory.numbers import Number
from ivr.moment import World
from ivr.route import default_of, route, wanted_of
from routing.ladder import Ladder, Rung, Step, Wanted
from routing.roles import role_ladder
from store import parties
from store.transfers import Transfer

KINDS = ("team", "person", "line", "role", "number")


def next_rung(scene: Scene, transfer: Transfer) -> Rung | None:
    """The first phone of the target that this transfer has not rung, and that nobody of this call is speaking on."""
    talk = scene.talk
    rung = {party.number for party in parties.of_call(scene.connection, talk.call) if party.transfer == transfer.id}
    busy = {party.number for party in parties.of_call(scene.connection, talk.call, parties.ALIVE)}
    avoid = frozenset(number for number in (*rung, *busy, talk.caller, talk.dialled) if number)
    climbed = ladder_of(scene.world, talk.line, transfer.target, scene, avoid)
    return next((found for found in climbed.rungs if found.number.number.e164 not in avoid), None)


def ladder_of(
    world: World, line: str, target: Mapping[str, str], scene: Scene, avoid: frozenset[str] = frozenset()
) -> Ladder:
    """The phones of a target now, in order. It is one that ``desk.targets`` has let in."""
    here, kind, slug = world.directory, target["kind"], target["slug"]
    if kind == "number":
        return Ladder((Rung(Step.DUTY, target["name"], DutyNumber(Number(slug), Accept(target["accept"]))),), ())
    if kind == "role":
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
