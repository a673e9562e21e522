"""How long is a whisper? Whoever picks up must hear it and press a key within 8 seconds (ruling 11)."""

from collections.abc import Iterator

import pytest

from directory.snapshot import Snapshot
from ivr.engine import advance
from ivr.events import Arrived
from ivr.moment import Call, Moment, World
from ivr.plan import Extension, Node, Plan, RingTeam
from ivr.position import Position, Stage
from ivr.replies import HangUp, Listen
from ivr.steps.extension import TEAM
from routing.ladder import WHISPER_SECONDS
from telephone.speech import seconds_of
from tests.telling import at

LINES = ("devon", "call-derbyshire", "derbyshire-consultation", "derby", "derby-consultation", "sheffield-cpet",
         "cambridgeshire-ifd")  # fmt: skip


def whisper(world: World, plan: Plan, node: Node, subject: str = "") -> Listen:
    """What whoever picks up hears of a call to a node, and behind which nothing waits."""
    place = Position(plan.digest, plan.line, node.slug, Stage.WHISPER, hop=3, subject=subject)
    call = Call("CA1", None, world.directory.lines[plan.line].numbers[0])
    heard, end = advance(Moment(world, plan, call, place, Arrived(), at("Wed 10:00"))).replies
    assert isinstance(heard, Listen)
    assert end == HangUp()
    return heard


def seconds(heard: Listen) -> float:
    """Words and patience, on the telephone's clock."""
    return seconds_of(heard.text) + heard.seconds


def too_long(told: list[Listen]) -> dict[str, float]:
    """The whispers that nobody can hear to their end and still press a key."""
    return {heard.text: seconds(heard) for heard in told if seconds(heard) > WHISPER_SECONDS}


def subjects(directory: Snapshot, authority: str) -> Iterator[str]:
    """Every worker and every team that an extension of the authority may stand for."""
    people = (person for person in directory.people.values() if directory.teams[person.team].authority == authority)
    yield from (person.slug for person in people)
    teams = (team for team in directory.teams.values() if team.authority == authority)
    yield from (TEAM + team.slug for team in teams if team.duty_numbers)


def plan_of(world: World, line: str) -> Plan:
    plan = world.plans.of_line(line)
    assert plan is not None
    return plan


def test_these_are_the_bundled_lines(world: World) -> None:
    assert set(LINES) == set(world.plans.current)


@pytest.mark.parametrize("line", LINES)
def test_every_team_of_a_plan_is_whispered_within_eight_seconds(world: World, line: str) -> None:
    plan = plan_of(world, line)
    told = [whisper(world, plan, node) for node in plan.nodes.values() if isinstance(node, RingTeam)]
    assert told or line == "derbyshire-consultation"
    assert too_long(told) == {}


@pytest.mark.parametrize("line", LINES)
def test_every_extension_of_a_line_is_whispered_within_eight_seconds(world: World, line: str) -> None:
    plan = plan_of(world, line)
    keyed = [node for node in plan.nodes.values() if isinstance(node, Extension)]
    wanted = list(subjects(world.directory, plan.authority))
    assert too_long([whisper(world, plan, node, subject) for node in keyed for subject in wanted]) == {}


@pytest.mark.parametrize("line", LINES)
def test_the_key_comes_first_and_leaves_time_to_find_it(world: World, line: str) -> None:
    plan = plan_of(world, line)
    for node in plan.nodes.values():
        if isinstance(node, RingTeam):
            heard = whisper(world, plan, node)
            assert heard.text.startswith("Press 1 to accept: ")
            assert heard.seconds == 2
