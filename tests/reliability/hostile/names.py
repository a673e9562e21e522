"""What does a caller hear of a team or a line with any name at all? A document that Twilio would take."""

from dataclasses import replace
from random import Random
from xml.etree import ElementTree as Tree

from directory.snapshot import written
from ivr.moment import World
from ivr.plan import RingTeam
from ivr.position import Stage
from rehearsal.staging import Memory
from tests.conftest import bundled_world
from tests.fuzz.mutating import HOSTILE, names
from tests.reliability.hostile.coming import Came
from tests.webhooks.knocking import door, fields, knock, place
from webhooks.links import path_of


def tried(seed: int, many: int) -> Came:
    """Answer calls of so many hostile names."""
    dice, came, world = Random(seed), Came(), bundled_world()  # dice
    for name in (*HOSTILE, *names(seed, max(0, many - len(HOSTILE)))):
        came.of(lambda name=name: _heard(world, name, dice), lambda name=name: name)  # type: ignore[misc]
    return came.weighed()


def _heard(world: World, name: str, dice: Random) -> str:
    """Ring a team of that name: what its caller hears, and what whoever answers hears."""
    node = dice.choice(ringing(world))
    team = replace(world.directory.teams[node.team], name=name)
    directory = world.directory.changed(world.directory.version + 1, [written(team)])
    memory = Memory(replace(world, directory=directory))
    here = door(memory, memory, memory)
    for stage in (Stage.ENTER, Stage.WHISPER):
        reply = knock(here, path_of(place(world, node.slug, stage)), fields(world))
        assert reply.status == 200
        Tree.fromstring(reply.body)  # noqa: S314  # our own document
    assert memory.faults == []
    return "heard"


def ringing(world: World) -> list[RingTeam]:
    """The nodes of Devon's line that ring a team whose numbers are known."""
    plan = world.plans.of_line("devon")
    assert plan
    return [node for node in plan.nodes.values() if isinstance(node, RingTeam) and node.team in world.directory.teams]
