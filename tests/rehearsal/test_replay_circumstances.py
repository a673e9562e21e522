"""Is a step answered again as it was when it hung on what neither plan nor directory says: the desk, a PIN, an engaged phone?"""

from dataclasses import replace
from datetime import datetime, timedelta

import pytest
from flask import Flask

from directory.model import Accept, DutyNumber
from directory.numbers import Number
from directory.snapshot import written
from ivr.legs import Belonging, InRoom, LeftAlone, NotOurs, ToLine, ToNumber, ToPerson, ToRole, ToTeam, WaitFor
from ivr.moment import World
from ivr.override import Override
from ivr.position import Position, Stage
from ivr.record import MASKED
from ivr.steps.dial_by_name import MOST_LOOKUPS
from ivr.steps.staff_only import pin_text
from rehearsal.staging import Memory, Staffed, rehearsal
from routing.clock import FixedClock
from store.frames import framed
from tests.rehearsal.retaken import STAGED, dialled, is_answered_again
from tests.telling import at
from tests.webhooks.knocking import CALLER, PUBLIC, TOKEN, fields, knock
from webhooks.guard import Guard
from webhooks.links import FALLBACK, path_of
from webhooks.ports import UNPLUGGED, Unplugged
from webhooks.voice import Door, Ports

BEGINS = at("Wed 10:00")
LINE = "call-derbyshire"
MASH = Number("+443451551071")
TRIED = (Number("+442079460201"),)


class Fetching(Unplugged):
    """A desk that has a caller where the test says."""

    def __init__(self, where: Belonging) -> None:
        self._where = where

    def belongs(self, call: str, came_from: int | None, now: datetime) -> Belonging:  # noqa: ARG002
        return self._where


def door(memory: Memory, desk: Unplugged = UNPLUGGED) -> Door:
    ports = Ports(memory, memory, memory, FixedClock(BEGINS), Staffed(frozenset((LINE,))), desk)
    return Door(Flask("elsewhere").wsgi_app, Guard([TOKEN], PUBLIC), ports, "")


@pytest.mark.parametrize("stage", [Stage.CONFER, Stage.AFTER, Stage.HOLD, Stage.JOINING])
@pytest.mark.parametrize(
    "where",
    [
        NotOurs(), InRoom("CA1-2", 2), WaitFor("One moment, please.", 3), LeftAlone(), ToLine("derby"),
        ToTeam("derbyshire-safeguarding", TRIED), ToPerson("w-3f9a2c", TRIED), ToRole("devon-drama-lead"),
        ToNumber(MASH, Accept.KEY, TRIED), ToNumber(MASH, Accept.CONNECT),
    ],
    ids=lambda where: type(where).__name__,
)  # fmt: skip
def test_wherever_the_desk_had_the_caller(world: World, stage: Stage, where: Belonging) -> None:
    memory, plan = Memory(world), world.plans.by_digest[world.plans.current[LINE]]
    opened, sent = door(memory, Fetching(where)), fields(world, To=dialled(world, LINE))
    knock(opened, "/webhooks/voice", sent)
    knock(opened, path_of(Position(plan.digest, LINE, "risk-queue", stage, hop=6, mark=2)), sent)
    assert len(memory.records) == 2
    is_answered_again(world, memory.records, PUBLIC)


def test_the_turns_in_which_a_caller_waits_for_the_desk_and_the_room_after_them_are_all_kept(world: World) -> None:
    plan = world.plans.by_digest[world.plans.current[LINE]]
    place = path_of(Position(plan.digest, LINE, "risk-queue", Stage.CONFER, hop=6))
    memory = Memory(world)
    for where in (WaitFor("One moment.", 1), InRoom("CA1-1", 1)):
        knock(door(memory, Fetching(where)), place, fields(world, To=dialled(world, LINE)))
    assert [record.sequence for record in memory.records] == ["c6.w1", "c6"]


@pytest.mark.parametrize(("keyed", "right"), [("4711#", True), ("4712#", False)])
def test_a_pin_is_not_kept_but_whether_it_was_right(world: World, keyed: str, right: bool) -> None:
    authority = replace(
        world.directory.authorities["derbyshire"], staff_pin=world.keyed(pin_text("derbyshire", "4711"))
    )
    world = replace(world, directory=world.directory.changed(1, [written(authority)]))
    plan, memory = world.plans.by_digest[world.plans.current[LINE]], Memory(world)
    opened, sent = door(memory), fields(world, To=dialled(world, LINE))
    knock(opened, "/webhooks/voice", sent)
    place = Position(plan.digest, LINE, "staff", Stage.KEYS, hop=2)
    knock(opened, path_of(place), [*sent, ("Digits", keyed)])
    assert memory.records[-1].body["event"] == {"name": "Keyed", "keys": MASKED, "right": right}
    is_answered_again(world, memory.records, PUBLIC)


def test_a_caller_who_has_looked_up_too_many_names(world: World) -> None:
    plan, memory = world.plans.by_digest[world.plans.current["devon"]], Memory(world)
    opened, sent = door(memory), fields(world)
    knock(opened, "/webhooks/voice", sent)
    for hop in range(1, MOST_LOOKUPS + 2):
        place = Position(plan.digest, "devon", "by-name", Stage.LETTERS, hop=hop)
        knock(opened, path_of(place), [*sent, ("Digits", "726")])
    assert memory.records[-1].body["looked_up"] == MOST_LOOKUPS
    is_answered_again(world, memory.records, PUBLIC)


def test_a_phone_that_had_as_many_of_our_calls_as_it_takes(world: World) -> None:
    team = replace(world.directory.teams["devon-mash"], duty_numbers=(DutyNumber(MASH, Accept.CONNECT, at_once=1),))
    world = replace(world, directory=world.directory.changed(1, [written(team)]))
    memory, plan = Memory(world), world.plans.by_digest[world.plans.current["devon"]]
    opened, place = door(memory), path_of(Position(plan.digest, "devon", "welcome", Stage.KEYS, hop=1))
    for sid in ("CA1", "CA2"):
        knock(opened, "/webhooks/voice", fields(world, CallSid=sid))
        knock(opened, place, fields(world, CallSid=sid, Digits="0"))
    second = [record for record in memory.records if record.call == "CA2"]
    assert second[-1].body["engaged"]
    is_answered_again(world, second, PUBLIC)


def test_a_number_that_stood_in_and_a_caller_who_was_passed_on_to_us(world: World) -> None:
    override = Override("devon", Number("+442079460355"), BEGINS, BEGINS + timedelta(hours=1), "somebody", "because")
    staged = rehearsal(replace(world, overrides={"devon": override}), BEGINS)
    call = staged.phone.dial(dialled(world, "devon"), forwarded_from=MASH.e164)
    call.rings("020 7946 0355").no_answer().presses("0").hangs_up()
    assert staged.memory.records[0].body["via"] == MASH.e164
    is_answered_again(world, staged.memory.records, STAGED)


def test_a_rescue_is_answered_again(world: World) -> None:
    memory = Memory(world)
    knock(door(memory), FALLBACK, fields(world, ErrorCode="11200"))
    assert memory.records[0].kind == "fault"
    is_answered_again(world, memory.records, PUBLIC)


def test_a_phones_own_leg_hears_the_same_again(world: World) -> None:
    staged = rehearsal(world, BEGINS)
    staged.phone.dial(dialled(world, "devon"), CALLER).presses("1").presses("2301").picks_up().callee_presses("1")
    assert {record.leg != "" for record in staged.memory.records if record.kind == "step"} == {True, False}
    is_answered_again(world, staged.memory.records, STAGED)


def test_a_usual_step_keeps_no_more_than_where_it_was_and_what_was_answered(world: World) -> None:
    staged = rehearsal(world, BEGINS)
    staged.phone.dial(dialled(world, "devon")).presses("2").presses("1").presses("2").no_answer().hangs_up()
    steps = [record for record in staged.memory.records if record.kind == "step"]
    unusual = [
        sorted(record.body.keys() & {"said", "via", "engaged", "looked_up", "staffed", "belongs", "stands_in"})
        for record in steps
    ]
    assert unusual == [[], [], [], [], ["said"], ["said"]]
    assert max(len(framed(record.document())) for record in steps) < 2_000
