"""What does one step of a call cost and leave behind: which bytes, which record, which address?"""

import re
from collections.abc import Callable
from dataclasses import dataclass

import pytest
from sqlalchemy import event

from app import Application, Config
from ivr.moment import World
from ivr.position import Stage
from rehearsal.staging import Memory
from store.bundle import bundle, world_of
from store.frames import frames
from telephone import Attempt, Call, Response, WsgiTransport
from tests.conftest import HOME, hashed
from tests.webhooks.knocking import CALLER, door, fields, knock, number, opened, place, telephone
from webhooks.guard import Guard
from webhooks.links import path_of

KEYED, OTHER_NUMBER = "2301", "02079460888"
Story = Callable[[Call], Call]


def to_an_extension_and_a_call_back(call: Call) -> Call:
    """A known worker by extension, nobody anywhere, then a call-back on another number, changed once, and kept."""
    call = call.presses("1").presses(KEYED)
    while call.state.__class__.__name__ == "Ringing":
        call = call.no_answer()
    call = call.hears("For a call back, press 1").presses("1").presses("2").presses(f"{OTHER_NUMBER}#")
    return call.hears("0 2 0, 7 9 4 6, 0 8 8 8").presses("2").presses("02079460777#").presses("1").has_ended()


def to_a_duty_desk(call: Call) -> Call:
    """A duty desk that does not accept, then one that does."""
    call = call.presses("2").presses("1").presses("1").rings("01392 388481").answers(presses="2")
    return call.rings("0345 155 1071").answers().talks(30).callee_hangs_up().has_ended()


def to_nobody(call: Call) -> Call:
    """Silence, wrong keys, repeats and help."""
    return call.waits().presses("9").presses("*").presses("1").presses("#").presses("2").presses("0").hangs_up()


STORIES = [to_an_extension_and_a_call_back, to_a_duty_desk, to_nobody]


@dataclass(slots=True)
class Counted:
    """A publication that counts how often it is asked."""

    world: World
    current_asked: int = 0
    freshest_asked: int = 0

    def current(self) -> World:
        """The world, counted."""
        self.current_asked += 1
        return self.world

    def freshest(self) -> World:
        """The same."""
        self.freshest_asked += 1
        return self.world


def told(world: World, memory: Memory, story: Story) -> Call:
    """A call through a door of its own."""
    return story(telephone(opened(memory), world).dial(number(world), CALLER))


def steps_of(call: Call) -> list[Attempt]:
    """The requests that a caller or a called person waited for."""
    return [exchange for exchange in call.exchanges if exchange.purpose != "status"]


@pytest.mark.parametrize("story", STORIES)
def test_each_webhook_leaves_exactly_one_record(world: World, story: Story) -> None:
    memory = Memory(world)
    call = told(world, memory, story)
    kinds = [record.kind for record in memory.records]
    assert kinds.count("step") == len(steps_of(call))
    assert kinds.count("status") == len(call.exchanges) - len(steps_of(call))
    assert len({(record.call, record.leg, record.sequence) for record in memory.records}) == len(call.exchanges)
    assert memory.faults == []
    assert call.warnings == ()


@pytest.mark.parametrize("story", STORIES)
def test_another_worker_with_a_world_of_its_own_answers_a_retry_with_the_same_bytes(world: World, story: Story) -> None:
    call = told(world, Memory(world), story)
    folders = (HOME / "plans", HOME / "samples")
    another = WsgiTransport(opened(Memory(world_of(bundle(folders), folders, hashed)), "2026-11-25T10:00:59+00:00"))
    for exchange in steps_of(call):
        answer = another.send(exchange.request)
        assert isinstance(exchange.answer, Response)
        assert (answer.status, answer.body) == (exchange.answer.status, exchange.answer.body)


@pytest.mark.parametrize("story", STORIES)
def test_a_retry_on_the_same_worker_gets_the_same_bytes_and_the_same_keys(world: World, story: Story) -> None:
    memory = Memory(world)
    call = told(world, memory, story)
    first = {(record.call, record.leg, record.sequence): record for record in memory.records}
    memory.records.clear()
    again = WsgiTransport(opened(memory))
    for exchange in call.exchanges:
        assert isinstance(exchange.answer, Response)
        assert again.send(exchange.request).body == exchange.answer.body
    for record in memory.records:
        assert first[record.call, record.leg, record.sequence].body == record.body


@pytest.mark.parametrize("story", STORIES)
def test_no_address_holds_what_was_keyed_or_who_called(world: World, story: Story) -> None:
    call = told(world, Memory(world), story)
    digests = "|".join(world.plans.by_digest)
    written = " ".join(
        text for exchange in call.exchanges if isinstance(exchange.answer, Response)
        for text in (exchange.request.url, *re.findall(r'[^">]*/webhooks/[^"<]*', exchange.answer.body.decode()))
    )  # fmt: skip
    plain = re.sub(rf"{digests}|[?&]t=[^&# ]*|amp;t=[^&# ]*", "", written)  # hashes may hold any digits
    assert "/devon/welcome/k1" in plain.replace("//", "/")
    assert not re.search(r"\d{4}", plain.replace("ct=2000", "").replace("rt=5000", ""))
    for private in (KEYED, OTHER_NUMBER[1:], "2079460777", CALLER[3:], "Sampleton", "Rowan"):
        assert private not in plain


@pytest.mark.parametrize("story", STORIES)
def test_no_number_is_read_aloud_as_one_number(world: World, story: Story) -> None:
    call = told(world, Memory(world), story)
    spoken = " ".join(line.text for line in call.transcript if line.who in ("line", "whisper"))
    assert len(spoken) > 200
    assert not re.search(r"\d{3}", spoken)


def test_the_callers_hang_up_while_a_phone_rings_stops_the_ladder(world: World) -> None:
    memory = Memory(world)
    gone = fields(world, CallStatus="completed", DialCallStatus="canceled", DialBridged="false")
    reply = knock(opened(memory), path_of(place(world, "mash", Stage.LEG)), gone)
    assert (reply.status, reply.text) == (200, '<?xml version="1.0" encoding="UTF-8"?><Response></Response>')
    assert [record.body["ending"] for record in memory.records] == ["caller-gone"]


def test_a_hang_up_after_a_conversation_is_a_call_that_reached_a_person(world: World) -> None:
    memory = Memory(world)
    gone = fields(world, CallStatus="completed", DialCallStatus="completed", DialBridged="true")
    knock(opened(memory), path_of(place(world, "mash", Stage.LEG)), gone)
    assert [record.body["ending"] for record in memory.records] == ["person"]


def test_the_stamp_is_looked_at_once_a_step(world: World) -> None:
    memory, counted = Memory(world), Counted(world)
    to_a_duty_desk(telephone(door(counted, memory, memory), world).dial(number(world), CALLER))
    assert counted.freshest_asked == sum(record.kind == "step" for record in memory.records)
    assert counted.current_asked == 0


def test_a_step_asks_the_database_nothing_and_its_record_is_on_the_disk(
    application: Application, config: Config
) -> None:
    application.upkeep.end()
    asked: list[str] = []
    event.listen(application.database.engine, "before_cursor_execute", lambda *given: asked.append(given[2]))
    world = application.publication.current()
    for hop, target in enumerate(["/webhooks/voice", path_of(place(world, "welcome", Stage.KEYS))], 1):
        pairs = fields(world, Digits="3" * (hop - 1))
        signed = Guard(config.tokens, config.public_url).signature(target, pairs)
        reply = knock(application.flask.wsgi_app, target, pairs, HTTP_X_TWILIO_SIGNATURE=signed)  # type: ignore[arg-type]
        assert reply.status == 200
        own = application.journal.own
        assert own is not None
        assert len(list(frames(own.read_bytes()))) == hop
    assert asked == []
