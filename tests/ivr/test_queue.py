"""Does a caller wait for the desk, hear their place, and come out of the queue somewhere safe, whatever happens meanwhile?"""

from datetime import datetime

import pytest

from directory.numbers import Number
from ivr import queue_words
from ivr.chosen import chosen
from ivr.engine import advance
from ivr.events import Arrived, Dequeued, Event, Keyed, LegEnd, QueueEnd, Silent, Unreached, Waiting
from ivr.legs import InRoom, LeftAlone, NotOurs, ToLine, ToTeam, WaitFor
from ivr.moment import Call as Caller
from ivr.moment import Moment, World
from ivr.outcome import BookCallBack, Ending, JoinQueue, LeaveQueue, Outcome
from ivr.position import BESIDE, Position, Stage
from ivr.replies import Confer, Enqueue, Go, HangUp, Leave, Listen, Music, Reply, Ring, Say
from ivr.walk import Visited, walk, ways_on
from telephone import Call, Queued
from tests.telling import Switchboard, at
from webhooks.links import path_of, position_at

DESK = frozenset(("call-derbyshire", "sheffield-cpet", "cambridgeshire-ifd", "derby-consultation",
                  "derbyshire-consultation"))  # fmt: skip
RISK = "1"
ROOM_VERBS = (Say, Music, Go)


def queued(world: World, when: str = "Wed 10:00", staffed: frozenset[str] = DESK) -> Call:
    return Switchboard(world, staffed).ring("call-derbyshire", when).presses(RISK)


def step(world: World, stage: Stage, event: Event, **more: object) -> Outcome:
    """One step in the queue of Call Derbyshire."""
    plan = world.plans.of_line("call-derbyshire")
    assert plan is not None
    position = Position(plan.digest, plan.line, "risk-queue", stage, hop=4)
    call = Caller("CA1", Number("+442079460999"), Number("+442079460102"))
    known = {"now": at("Wed 10:00"), "staffed": DESK, **more}
    return advance(Moment(world, plan, call, position, event, **known))  # type: ignore[arg-type]  # now, staffed, belongs


def words(outcome: Outcome) -> str:
    return " ".join(reply.text for reply in outcome.replies if isinstance(reply, Say | Listen))


def test_a_caller_hears_their_place_and_is_offered_a_call_back(world: World) -> None:
    call = queued(world).is_queued(position=2).hears("You are second in the queue.")
    call.hears("For a call back without losing your place, press 1.")
    assert call.state != Queued("call-derbyshire.risk", 1)


def test_waiting_is_never_silent(world: World) -> None:
    queued(world).waits_in_queue(60).hears("Thank you for waiting. You are still in the queue.").hears(
        "first in the queue"
    )


def test_key_1_books_a_call_back(world: World) -> None:
    queued(world).is_queued(1).presses("1").hears("We will call you back on 0 2 0, 7 9 4 6, 0 9 9 9")


def test_nobody_at_the_desk_means_that_the_ladder_rings_as_before(world: World) -> None:
    queued(world, staffed=frozenset()).does_not_hear("queue")


def test_an_unknown_position_is_the_first(world: World) -> None:
    assert "You are first in the queue." in words(step(world, Stage.WAIT, Waiting(0, 0, 0)))


@pytest.mark.parametrize(
    ("waiting", "said"),
    [
        (Waiting(1, 0, 0), ""),
        (Waiting(1, 0, 40), "We expect to answer in about a minute."),
        (Waiting(1, 0, 130), "We expect to answer in about 3 minutes."),
        (Waiting(4, 0, 11 * 60), "We expect to answer in about 15 minutes."),
        (Waiting(4, 500, 130), "We will answer as soon as we can."),
    ],
)
def test_the_wait_is_told_no_more_exactly_than_it_is_known(waiting: Waiting, said: str) -> None:
    assert queue_words.expected(waiting) == said


def test_far_behind_the_number_of_callers_is_said() -> None:
    assert queue_words.place(Waiting(12, 0, 0)) == "There are 11 callers before you."


def test_joining_is_told_to_the_desk_with_what_was_chosen(world: World) -> None:
    call = queued(world)
    assert call.state == Queued("call-derbyshire.risk", 1)
    plan = world.plans.of_line("call-derbyshire")
    assert plan is not None
    place = Position(plan.digest, plan.line, "risk-queue", back=(plan.order.index("welcome"),))
    assert chosen(plan, place) == ("a child at risk, or if you are a member of the public",)
    joining = step(world, Stage.ENTER, Arrived()).requests[0]
    assert isinstance(joining, JoinQueue)
    assert (joining.queue, joining.priority) == ("call-derbyshire.risk", "risk")
    assert (joining.place.stage, joining.place.hop) == (Stage.CONFER, 5)


@pytest.mark.parametrize(
    ("how", "seconds", "more", "said"),
    [
        (QueueEnd.FAILED, 40, {}, "We are trying another way."),
        (QueueEnd.LEFT, 600, {}, "waited so long"),
        (QueueEnd.LEFT, 1, {}, "Many callers are waiting"),
        (QueueEnd.LEFT, 40, {"staffed": frozenset()}, "Nobody is free just now"),
        (QueueEnd.LEFT, 40, {"now": at("Wed 17:00")}, "We have just closed"),
    ],
)
def test_whoever_leaves_without_an_answer_is_rung_through(
    world: World, how: QueueEnd, seconds: int, more: dict[str, object], said: str
) -> None:
    outcome = step(world, Stage.LEFT, Dequeued(how, seconds), **more)
    assert said in words(outcome)
    assert LeaveQueue("risk-queue", 4) in outcome.requests
    assert not any(isinstance(request, BookCallBack) for request in outcome.requests)


def test_a_key_after_a_while_books_in_the_same_step(world: World) -> None:
    outcome = step(world, Stage.LEFT, Dequeued(QueueEnd.LEFT, 40))
    assert [type(request) for request in outcome.requests] == [LeaveQueue, BookCallBack]


def test_whoever_is_fetched_goes_where_they_were_fetched_to_and_does_not_leave(world: World) -> None:
    outcome = step(world, Stage.LEFT, Dequeued(QueueEnd.FETCHED, 40))
    assert isinstance(outcome.replies[0], Go)
    assert outcome.requests == ()


@pytest.mark.parametrize(
    ("event", "more"),
    [
        (Waiting(1, 600, 0), {}),
        (Waiting(11, 0, 0), {}),
        (Waiting(1, 90, 0), {"staffed": frozenset()}),
        (Waiting(1, 90, 0), {"now": at("Wed 17:00")}),
    ],
)
def test_every_bound_ends_the_wait(world: World, event: Waiting, more: dict[str, object]) -> None:
    assert step(world, Stage.WAIT, event, **more).replies == (Leave(),)


def test_without_the_handover_whoever_waits_is_still_answered_and_told_so(world: World) -> None:
    plan = world.plans.of_line("derby-consultation")
    assert plan is not None
    position = Position(plan.digest, plan.line, "consult-queue", Stage.WAIT, hop=4)
    late = Moment(world, plan, Caller("CA1", None, None), position, Waiting(1, 90, 0), at("Wed 17:00"), staffed=DESK)
    assert queue_words.STAYS in words(advance(late))


@pytest.mark.parametrize("event", [Silent(), Keyed("5")])
def test_other_keys_and_silence_keep_the_place(world: World, event: Event) -> None:
    assert step(world, Stage.CHOICE, event).replies == (Music(1),)


def test_whoever_asks_for_a_call_back_at_once_is_not_taken_for_one_without_room(world: World) -> None:
    *_, music, leave = step(world, Stage.CHOICE, Keyed("1")).replies
    assert leave == Leave()
    assert isinstance(music, Music)
    booked = step(world, Stage.LEFT, Dequeued(QueueEnd.LEFT, music.seconds))
    assert any(isinstance(request, BookCallBack) for request in booked.requests)


def test_a_room_is_entered_with_its_generation_in_the_way_out(world: World) -> None:
    (confer,) = step(world, Stage.CONFER, Arrived(), belongs=InRoom("CA1-3", 3)).replies
    assert isinstance(confer, Confer)
    assert isinstance(confer.then, Position)
    assert (confer.room, confer.label, confer.then.stage, confer.then.mark) == ("CA1-3", "caller", Stage.AFTER, 3)
    assert (confer.seat.starts, confer.seat.ends) == (False, True)


def test_who_is_waited_for_is_asked_about_again(world: World) -> None:
    *_, go = step(world, Stage.AFTER, Arrived(), belongs=WaitFor("One moment, please.", 1)).replies
    assert isinstance(go, Go)
    assert isinstance(go.to, Position)
    assert (go.to.stage, go.to.hop, go.to.mark) == (Stage.CONFER, 4, None)


def test_whoever_is_left_alone_is_told_so_and_may_stay(world: World) -> None:
    outcome = step(world, Stage.AFTER, Arrived(), belongs=LeftAlone())
    assert "If you have finished, hang up." in words(outcome)
    assert [way.stage for way in ways_on(outcome)] == [Stage.ENTER]


def test_a_desk_that_does_not_answer_leads_to_the_ladder(world: World) -> None:
    assert isinstance(step(world, Stage.AFTER, Arrived(), belongs=NotOurs()).replies[-1], Ring | Listen)


def test_a_team_is_climbed_without_the_numbers_that_rang(world: World) -> None:
    first = step(world, Stage.AFTER, Arrived(), belongs=ToTeam("devon-mash")).replies[-1]
    team = world.directory.teams.get("devon-mash")
    assert team is None or isinstance(first, Ring)
    outcome = step(world, Stage.AFTER, Arrived(), belongs=ToTeam("mash"))
    ring = next(reply for reply in outcome.replies if isinstance(reply, Ring | Listen))
    if isinstance(ring, Ring):
        plan = world.plans.by_digest[ring.then.digest]
        call = Caller("CA1", Number("+442079460999"), Number("+442079460102"))
        on = advance(Moment(world, plan, call, ring.then, Unreached(LegEnd.BUSY), at("Wed 10:00")))
        assert ring.number not in [reply.number for reply in on.replies if isinstance(reply, Ring)]


def test_another_line_answers_at_its_start(world: World) -> None:
    outcome = step(world, Stage.AFTER, Arrived(), belongs=ToLine("derby"))
    assert outcome.at is not None
    assert outcome.at.line == "derby"


def test_holding_speaks_plays_and_asks_again(world: World) -> None:
    say, music, go = step(world, Stage.HOLD, Arrived()).replies
    assert say == Say("Thank you for holding. You are still connected.")
    assert isinstance(music, Music)
    assert music.seconds <= 25
    assert isinstance(go, Go)
    assert isinstance(go.to, Position)
    assert go.to.stage is Stage.HOLD


@pytest.mark.parametrize("stage", sorted(BESIDE))
def test_a_plan_without_the_queue_any_more_leaves_nobody_hanging(world: World, stage: Stage) -> None:
    plan = world.plans.of_line("call-derbyshire")
    assert plan is not None
    position = Position("0" * 12, plan.line, "no-such-node", stage, hop=4)
    event = Waiting(1, 0, 0) if stage is Stage.WAIT else Arrived()
    outcome = advance(Moment(world, plan, Caller("CA1", None, None), position, event, at("Wed 10:00")))
    assert outcome.replies


def allowed(visited: Visited) -> bool:
    """Whether the replies are verbs that this document may hold (Twilio: enqueue and conference, waitUrl)."""
    replies: tuple[Reply, ...] = visited.outcome.replies
    match visited.position.stage:
        case Stage.HOLD | Stage.JOINING:
            return all(isinstance(reply, ROOM_VERBS) for reply in replies)
        case Stage.WAIT | Stage.CHOICE:
            return all(isinstance(reply, (*ROOM_VERBS, Listen, Leave)) for reply in replies)
        case _:
            return isinstance(replies[-1], Listen | Ring | Enqueue | Go | Confer | HangUp) or not replies


@pytest.mark.parametrize("line", sorted(DESK))
@pytest.mark.parametrize("when", ["Wed 10:00", "Wed 17:00", "Sat 11:00"])
def test_every_path_through_queue_and_rooms_is_safe_and_fits(world: World, line: str, when: str) -> None:
    call = Caller("CA1", None, world.directory.lines[line].numbers[0])
    found = tuple(walk(world, line, at(when), call, DESK))
    for visited in found:
        if visited.position.stage in BESIDE and visited.outcome.replies:
            assert allowed(visited), visited
    for way in {way for visited in found for way in ways_on(visited.outcome)}:
        url = path_of(way)
        path, _, query = url.partition("?")
        assert len(url) <= 200
        assert position_at(path, query) == way
    assert when != "Wed 10:00" or any(visited.position.stage is Stage.WAIT for visited in found)


@pytest.mark.parametrize("line", sorted(DESK))
def test_whoever_only_waits_comes_to_an_ending_from_every_place_of_the_queue(world: World, line: str) -> None:
    call = Caller("CA1", Number("+442079460231"), world.directory.lines[line].numbers[0])
    for place in {visited.position for visited in walk(world, line, at("Wed 10:00"), call, DESK)}:
        if place.stage in BESIDE - {Stage.HOLD, Stage.JOINING}:
            assert patient(world, call, place, at("Wed 10:00")) is not None, place


def patient(world: World, call: Caller, place: Position, now: datetime) -> Ending | None:
    """How a call ends whose caller waits as long as the queue lets them, whose desk is silent and whose phones are not answered."""
    for _ in range(16):
        outcome = advance(
            Moment(world, world.plans.by_digest[place.digest], call, place, _next(place), now, staffed=DESK)
        )
        if outcome.ending:
            return outcome.ending
        place = replace_stage(place, outcome)
    return None


def replace_stage(place: Position, outcome: Outcome) -> Position:
    """Where the call goes on: a wait document that leaves, or has no more to say, leads to the queue's own way out."""
    if place.stage in (Stage.WAIT, Stage.CHOICE):
        return place.on_the_leg(Stage.LEFT)
    return ways_on(outcome)[0]


def _next(place: Position) -> Event:
    match place.stage:
        case Stage.WAIT:
            return Waiting(1, 7200, 0)
        case Stage.LEFT:
            return Dequeued(QueueEnd.LEFT, 7200)
        case Stage.LEG:
            return Unreached(LegEnd.NO_ANSWER)
        case Stage.CONFER | Stage.AFTER | Stage.ENTER:
            return Arrived()
        case _:
            return Silent()
