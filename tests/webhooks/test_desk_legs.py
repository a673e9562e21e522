"""Does a phone that the desk has rung hear what the desk says, and a goodbye where the desk cannot be asked?"""

import threading
from datetime import datetime

import pytest
from flask import Flask

from ivr.events import Keyed, Silent
from ivr.legs import (
    Answered,
    Back,
    Belonging,
    InRoom,
    LegEvent,
    LegPlace,
    LegStage,
    NotOurs,
    Over,
    Rings,
    Turn,
)
from ivr.moment import World
from ivr.position import Position, Stage
from ivr.replies import HangUp, Reply, Say
from rehearsal.staging import Memory, Staffed
from routing.clock import FixedClock
from tests.telling import at
from tests.webhooks.knocking import PUBLIC, TOKEN, fields, knock
from tests.webhooks.knocking import Answered as Reply_
from webhooks.desk_legs import event_of, without_desk
from webhooks.guard import Guard
from webhooks.in_time import InTime
from webhooks.links import leg_path_of, path_of
from webhooks.ports import UNPLUGGED, Switchboard
from webhooks.reading import Form
from webhooks.voice import Door, Ports

PARTY = "0123456789abcdef"
NOWHERE = NotOurs()


class Desk:
    """A desk that notes what it is asked, and answers the same each time, late, or never."""

    def __init__(self, where: Belonging = NOWHERE, late: float = 0, fault: Exception | None = None) -> None:
        self.asked: list[object] = []
        self._where, self._late, self._fault, self.heard = where, late, fault, threading.Event()

    def belongs(self, call: str, came_from: int | None, now: datetime) -> Belonging:  # noqa: ARG002
        self._note((call, came_from))
        return self._where

    def leg(self, place: LegPlace, sid: str, event: LegEvent, now: datetime) -> tuple[Reply, ...]:  # noqa: ARG002
        self._note((place, sid, event))
        return Say("You are being connected."), HangUp()

    def held(self, call: str, now: datetime) -> None:  # noqa: ARG002
        self._note(call)
        self.heard.set()

    def _note(self, what: object) -> None:
        self.asked.append(what)
        threading.Event().wait(self._late)
        if self._fault:
            raise self._fault


def opened(memory: Memory, desk: Switchboard) -> Door:
    ports = Ports(memory, memory, memory, FixedClock(at("Wed 10:00")), Staffed(frozenset(("call-derbyshire",))), desk)
    return Door(Flask("elsewhere").wsgi_app, Guard([TOKEN], PUBLIC), ports, "")


def leg(world: World, desk: Switchboard, stage: LegStage, **more: str) -> Reply_:
    return knock(opened(Memory(world), desk), leg_path_of(LegPlace(PARTY, stage, 2)), fields(world, **more))


def caller(world: World, desk: Switchboard, stage: Stage, mark: int | None = None) -> tuple[Reply_, Memory]:
    plan, memory = world.plans.of_line("call-derbyshire"), Memory(world)
    assert plan is not None
    place = Position(plan.digest, plan.line, "risk-queue", stage, hop=6, mark=mark)
    return knock(opened(memory, desk), path_of(place), fields(world)), memory


@pytest.mark.parametrize(
    ("stage", "sent", "event"),
    [
        (LegStage.WHISPER, {}, Answered()),
        (LegStage.ACCEPT, {"Digits": "1"}, Keyed("1")),
        (LegStage.ACCEPT, {}, Silent()),
        (LegStage.AFTER, {"DialCallStatus": "answered"}, Back(was_in=True)),
        (LegStage.AFTER, {"DialCallStatus": "failed"}, Back(was_in=False)),
        (LegStage.AFTER, {"CallStatus": "completed"}, Over("completed")),
        (LegStage.TICK, {}, Turn()),
        (LegStage.STATUS, {"CallStatus": "ringing"}, Rings()),
        (LegStage.STATUS, {"CallStatus": "no-answer"}, Over("no-answer")),
    ],
)
def test_a_form_is_read_as_what_has_happened(stage: LegStage, sent: dict[str, str], event: LegEvent) -> None:
    assert event_of(LegPlace(PARTY, stage), Form((), {"CallStatus": "in-progress"} | sent)) == event


def test_the_desk_is_asked_by_the_partys_id_and_its_words_are_heard(world: World) -> None:
    desk = Desk()
    reply = leg(world, desk, LegStage.WHISPER)
    assert "You are being connected." in reply.text
    assert desk.asked == [(LegPlace(PARTY, LegStage.WHISPER, 2), "CA" + "7" * 32, Answered())]


def test_a_status_callback_is_noted_and_nothing_is_said(world: World) -> None:
    reply = leg(world, Desk(), LegStage.STATUS, CallStatus="ringing")
    assert (reply.status, b"<Response></Response>" in reply.body) == (200, True)


def test_a_leg_is_signed_like_everything_else(world: World) -> None:
    at_door = opened(Memory(world), Desk())
    path = leg_path_of(LegPlace(PARTY, LegStage.WHISPER))
    assert knock(at_door, path, fields(world), HTTP_X_TWILIO_SIGNATURE="no").status == 403


@pytest.mark.parametrize(
    "desk", [Desk(fault=ConnectionError()), Desk(late=5), UNPLUGGED], ids=["fault", "late", "none"]
)
def test_without_an_answer_of_the_desk_a_leg_ends_politely(world: World, desk: Switchboard) -> None:
    reply = leg(world, desk, LegStage.ACCEPT, Digits="1")
    assert "We cannot connect this call. Goodbye.</Say><Hangup/>" in reply.text


def test_whoever_waits_in_a_room_is_not_hung_up_for_a_fault() -> None:
    assert HangUp() not in without_desk(LegPlace(PARTY, LegStage.WAIT))


def test_a_caller_is_asked_about_by_the_room_they_come_out_of(world: World) -> None:
    desk = Desk(InRoom("CA7-3", 3))
    reply, _ = caller(world, desk, Stage.AFTER, mark=2)
    assert desk.asked == [("CA" + "7" * 32, 2)]
    assert 'participantLabel="caller"' in reply.text
    assert ">CA7-3</Conference>" in reply.text
    assert "m=3" in reply.text


def test_a_caller_whose_desk_does_not_answer_is_rung_through(world: World) -> None:
    reply, memory = caller(world, Desk(fault=ConnectionError()), Stage.CONFER)
    assert "We are putting you through to somebody else." in reply.text
    assert memory.faults == ["the desk did not answer a call: ConnectionError"]


def test_a_turn_of_the_hold_is_told_to_the_desk_and_not_waited_for(world: World) -> None:
    desk = Desk()
    reply, _ = caller(world, desk, Stage.HOLD)
    assert "You are still connected." in reply.text
    assert "<Play>/music/20.wav</Play>" in reply.text
    assert desk.heard.wait(5)
    assert desk.asked == ["CA" + "7" * 32]


def test_a_queue_is_joined_with_both_ways_on(world: World) -> None:
    reply, memory = caller(world, Desk(), Stage.ENTER)
    assert ">call-derbyshire.risk</Enqueue>" in reply.text
    assert "risk-queue/q7#" in reply.text
    assert "risk-queue/o7#" in reply.text
    assert [one["do"] for one in memory.records[-1].body["requests"]] == ["join"]


def test_steps_that_share_a_hop_are_different_records(world: World) -> None:
    stages = (Stage.ENTER, Stage.LEFT, Stage.CONFER, Stage.AFTER, Stage.WAIT)
    sequences = [caller(world, Desk(), stage)[1].records[-1].sequence for stage in stages]
    assert sequences == ["h6", "o6", "c6", "f6", "q6.0"]


def test_what_takes_too_long_is_told(world: World) -> None:
    memory = Memory(world)
    slow = InTime(memory, seconds=0.05)
    assert slow.answer(lambda: threading.Event().wait(1), otherwise=False) is False
    assert memory.faults == ["the desk did not answer a call: TimeoutError"]
