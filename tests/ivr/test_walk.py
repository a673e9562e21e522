"""Every position that a call can get to, on every line at the awkward instants: is it safe, bounded, and allowed?"""

from dataclasses import replace

import pytest

from directory.numbers import Number
from directory.policy import denial
from ivr.engine import advance
from ivr.events import CallerGone, Event, LegEnd, Silent, Unreached
from ivr.moment import Call, Moment, World
from ivr.outcome import BookCallBack, Ending, Outcome
from ivr.plan import MOST_HOPS, CallBack, Extension, Menu
from ivr.position import Position, Stage
from ivr.replies import Connect, HangUp, Listen, Ring, Say
from ivr.walk import Visited, walk, ways_on
from tests.telling import at
from webhooks.links import path_of, position_at

LINES = ("devon", "call-derbyshire", "derbyshire-consultation", "derby", "derby-consultation", "sheffield-cpet",
         "cambridgeshire-ifd")  # fmt: skip
INSTANTS = ("Fri 15:59", "Fri 16:00", "Sat 11:00", "2026-12-25T11:00", "2026-10-25T01:30", "Mon 08:59", "Mon 09:00")
WORDS_BEFORE_999 = 25
CALLEES = (Stage.WHISPER, Stage.ACCEPT)
STAFF = Number("+442079460231")


def walked(world: World, line: str, when: str, caller: Number | None = None) -> tuple[Visited, ...]:
    return tuple(walk(world, line, at(when), calling(world, line, caller)))


def calling(world: World, line: str, caller: Number | None) -> Call:
    return Call("CA1", caller, world.directory.lines[line].numbers[0])


def assert_safe(visited: Visited, call: Call) -> None:
    """What holds for one step, whatever has happened."""
    outcome = visited.outcome
    if isinstance(visited.event, CallerGone):
        assert (outcome.replies, outcome.requests) == ((), ())
        assert outcome.ending in (Ending.PERSON, Ending.CALLER_GONE)
    elif visited.position.stage in CALLEES:
        assert isinstance(outcome.replies[-1], Connect | HangUp), "a called person's leg is never left hanging"
    elif outcome.ending:
        assert isinstance(outcome.replies[0], Say)
        assert outcome.replies[-1] == HangUp()
        assert outcome.ending is Ending.PERSON or "9 9 9" in outcome.replies[0].text
    else:
        assert isinstance(outcome.replies[-1], Listen | Ring), "no ending, and nothing that waits or rings"
    for reply in outcome.replies:
        if isinstance(reply, Ring):
            assert_may_ring(reply, call)


def assert_fits(way: Position) -> None:
    """The URL of a position is short, and reads back as the position."""
    url = path_of(way)
    assert len(url) <= 200, url
    path, _, query = url.partition("?")
    assert position_at(path, query) == way


def assert_may_ring(ring: Ring, call: Call) -> None:
    assert denial(ring.number) is None
    assert ring.number not in (call.caller, call.dialled)
    assert len(set(ring.then.tried)) == len(ring.then.tried), "no phone is rung twice"
    assert ring.caller_id is not None or call.caller is not None


@pytest.mark.parametrize("when", INSTANTS)
@pytest.mark.parametrize("line", LINES)
def test_every_path_is_safe_at_an_awkward_instant(world: World, line: str, when: str) -> None:
    call = calling(world, line, None)
    found = walked(world, line, when)
    for visited in found:
        assert_safe(visited, call)
    for way in {replace(way, hop=MOST_HOPS) for visited in found for way in ways_on(visited.outcome)}:
        assert_fits(way)
    assert {visited.outcome.ending for visited in found} & {Ending.SAFE_MESSAGE, Ending.PERSON, Ending.CALL_BACK}
    assert max(visited.position.hop for visited in found) < MOST_HOPS


@pytest.mark.parametrize("when", ["Wed 10:00", "Wed 18:00"])
def test_every_path_of_a_known_member_of_staff_is_safe(world: World, when: str) -> None:
    call = calling(world, "call-derbyshire", STAFF)
    for visited in walked(world, "call-derbyshire", when, STAFF):
        assert_safe(visited, call)


@pytest.mark.parametrize("when", INSTANTS)
@pytest.mark.parametrize("line", LINES)
def test_the_first_words_of_every_call_hold_999(world: World, line: str, when: str) -> None:
    plan = world.plans.of_line(line)
    assert plan is not None
    first = next(iter(walk(world, line, at(when), calling(world, line, None)))).outcome.replies[0]
    assert isinstance(first, Say | Listen)
    assert "9 9 9" in " ".join(first.text.replace("9 9 9", "9-9-9").split()[:WORDS_BEFORE_999]).replace(
        "9-9-9", "9 9 9"
    )


@pytest.mark.parametrize(
    ("line", "when"),
    [*((line, "Wed 10:00") for line in LINES), ("devon", "Sat 11:00"), ("derby-consultation", "Sat 11:00")],
)
def test_whoever_stops_pressing_keys_comes_to_a_safe_ending_from_everywhere(world: World, line: str, when: str) -> None:
    call = calling(world, line, STAFF)
    places = {visited.position for visited in walked(world, line, when, STAFF)}
    for place in places:
        if place.stage not in (*CALLEES, Stage.ENTER):
            assert impatient(world, call, place, when) is not None, place


def impatient(world: World, call: Call, place: Position, when: str) -> Ending | None:
    """How a call ends whose caller is silent and whose phones are not answered; nothing if it does not in 12 steps."""
    for _ in range(12):
        event: Event = Unreached(LegEnd.NO_ANSWER) if place.stage is Stage.LEG else Silent()
        outcome = advance(Moment(world, world.plans.by_digest[place.digest], call, place, event, at(when)))
        if outcome.ending:
            return outcome.ending
        place = next(iter(ways_on(outcome)))
    return None


@pytest.mark.parametrize("line", LINES)
def test_even_a_call_with_too_many_steps_comes_to_a_safe_ending(world: World, line: str) -> None:
    plan = world.plans.of_line(line)
    assert plan is not None
    late = replace(Position(plan.digest, line, plan.start), stage=Stage.KEYS, hop=MOST_HOPS + 1)
    assert impatient(world, calling(world, line, None), late, "Wed 10:00") is Ending.SAFE_MESSAGE


@pytest.mark.parametrize("line", LINES)
def test_the_walk_comes_through_everything_that_listens(world: World, line: str) -> None:
    plan = world.plans.of_line(line)
    assert plan is not None
    whens = ("Wed 11:00", "Sat 11:00") if line == "derby-consultation" else ("Wed 11:00",)
    reached = {visited.outcome.at for when in whens for visited in walked(world, line, when)}
    listening = {node.slug for node in plan.nodes.values() if isinstance(node, Menu | Extension | CallBack)}
    outside = {"consult-outside", "call-back-consult"} if line == "derby" else set()
    assert listening - outside <= {place.node for place in reached if place and place.line == line}


def test_the_walk_tries_every_devon_duty_number_every_worker_and_both_ends_of_a_whisper(world: World) -> None:
    found = walked(world, "devon", "Wed 10:00")
    rung = {reply.number for visited in found for reply in visited.outcome.replies if isinstance(reply, Ring)}
    teams = [team for team in world.directory.teams.values() if team.authority == "devon"]
    assert {duty.number for team in teams for duty in team.duty_numbers} <= rung
    workers = {person.numbers[0] for person in world.directory.people.values() if person.team.startswith("devon")}
    assert {number for number in workers if number != Number("+442079460211")} <= rung
    assert {reply for visited in found for reply in visited.outcome.replies} >= {Connect(), HangUp()}


def test_the_walk_knows_a_pin_so_that_a_late_alert_is_reached(world: World) -> None:
    found = walked(world, "call-derbyshire", "Wed 10:00")
    assert any(visited.outcome.at and visited.outcome.at.node == "alert-day" for visited in found)


def test_no_call_back_is_ever_booked_on_a_number_that_may_not_be_rung(world: World) -> None:
    answered = {number for line in world.directory.lines.values() for number in line.numbers}
    for line in ("devon", "call-derbyshire", "cambridgeshire-ifd"):
        for visited in walked(world, line, "Wed 10:00", Number("+441392388481")):
            for booking in bookings(visited.outcome):
                assert denial(booking.number) is None
                assert booking.number not in answered | {Number("+441392388481")}


def bookings(outcome: Outcome) -> tuple[BookCallBack, ...]:
    return tuple(request for request in outcome.requests if isinstance(request, BookCallBack))


def test_a_line_that_is_not_here_leads_nowhere(world: World) -> None:
    assert list(walk(world, "cornwall", at("Wed 10:00"), Call("CA1", None, None))) == []
