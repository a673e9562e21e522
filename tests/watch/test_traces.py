"""What does a collector learn of a call? One trace with every step of it, whoever answered, and nothing that is anybody's."""

import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from statistics import median

import pytest
from flask import Flask

from admin.log_settings import Logs
from app import Application, Config, build
from ivr.moment import World
from ivr.record import Record
from rehearsal.staging import Memory
from telephone import Account, Call, Telephone, WsgiTransport
from tests.conftest import TOKEN, WEDNESDAY
from tests.desk.stage import BASE, staged
from tests.reliability.answered import soon
from tests.watch.collecting import Span, collector, silent
from tests.webhooks.knocking import PUBLIC, SID, fields, knock, opened
from tests.webhooks.knocking import TOKEN as DOOR_TOKEN
from watch.spans import SECONDS, ids_of
from watch.traces import AWAY, BACK, EVERY_SECONDS, MOST_AT_ONCE, MOST_MARKS, Traces, traces_of
from webhooks.guard import Guard
from webhooks.voice import Door, Ports

DEVON, CALLER = "+442079460101", "+442079460987"
NOBODYS = ("2079460987", "2301", "79460201", "79460204", "79460101", "Sampleton", "Rowan", "Example-Hart")
"""The caller, what they keyed, who was rung, what was dialled, and who they are."""

NOWHERE = "http://127.0.0.1:9"


@contextmanager
def traced(config: Config, address: str) -> Iterator[Application]:
    """An application whose traces go there."""
    built = build(replace(config, logs=Logs(traces_to=address)), WEDNESDAY)
    try:
        yield built
    finally:
        built.close()


def told(application: Application) -> Call:
    """A call to its end: the worker's phone goes to a mailbox, and their manager takes it."""
    phone = Telephone(
        WsgiTransport(application.flask), Account("AC" + "0" * 32, TOKEN), f"{BASE}/webhooks/voice",
        status_url=f"{BASE}/webhooks/status", owned=[DEVON],
    )  # fmt: skip
    call = phone.dial(DEVON, CALLER).presses("1").presses("2301")
    call.rings("020 7946 0201").voicemail().rings("020 7946 0204").answers("1").talks(30).callee_hangs_up()
    return call.has_ended()


@contextmanager
def tracing(address: str, said: list[str] | None = None) -> Iterator[Traces]:
    """The traces alone; what is told of them is kept in ``said``."""
    kept: list[str] = [] if said is None else said
    made = traces_of(address, WEDNESDAY, kept.append)
    assert isinstance(made, Traces)
    yield made
    made.close()


def plugged(memory: Memory, traces: Traces) -> Door:
    """A door whose answers are traced."""
    ports = Ports(memory, memory, memory, WEDNESDAY)
    return Door(Flask("elsewhere").wsgi_app, Guard([DOOR_TOKEN], PUBLIC), traces.around(ports), "")


def of(spans: list[Span], name: str) -> list[Span]:
    return [span for span in spans if span.name == name]


def test_a_call_is_one_trace_below_one_span_whoever_of_its_legs_asks(config: Config) -> None:
    with collector() as there:
        with traced(config, there.address) as application:
            call = told(application)
            there.named("call", "drain")
        spans = there.spans
    assert {span.trace for span in spans} == {call.sid[2:]}
    assert {span.about["dutyline.call"] for span in spans} == {call.sid}
    (whole,) = of(spans, "call")
    assert (whole.above, {span.above for span in spans if span is not whole}) == ("", {whole.id})
    steps = [span for span in spans if span.name.startswith("step ")]
    assert {span.name for span in steps} == {"step enter", "step keys", "step leg", "step whisper", "step accept"}
    assert {span.about["dutyline.line"] for span in steps} == {"devon"}
    assert {span.about["dutyline.node"] for span in steps} == {"welcome", "worker"}
    assert len({span.about["dutyline.leg"] for span in of(steps, "step whisper")} - {call.sid}) == 2


def test_a_span_says_how_it_was_answered_why_and_how_long_it_took(config: Config) -> None:
    with collector() as there:
        with traced(config, there.address) as application:
            told(application)
            there.named("call")
        spans = there.spans
    first = of(spans, "step enter")[0]
    assert first.about["dutyline.how"] == "step"
    assert 0 < first.about["dutyline.journal_seconds"] < first.seconds
    assert ["accepted"] in [span.about["dutyline.reasons"] for span in of(spans, "step accept")]
    assert [span.about["dutyline.ending"] for span in spans if "dutyline.ending" in span.about] == ["person"]
    assert [span for span in spans if span.is_fault] == []


def test_nobodys_number_name_or_key_is_sent(config: Config) -> None:
    with collector() as there:
        with traced(config, there.address) as application:
            told(application)
            there.named("call", "drain")
        sent, words = b"".join(there.bodies), [value for span in there.spans for value in span.about.values()]
    kept = b"".join(path.read_bytes() for path in (config.state / "journal").rglob("*.journal"))
    assert [one for one in NOBODYS[:4] if one.encode() not in kept] == []
    assert [one for one in NOBODYS if one.encode() in sent] == []
    assert [word for word in words if "?" in str(word)] == []


def test_a_fault_and_a_refusal_differ_the_one_is_told_by_its_type_and_the_other_is_nobodys(world: World) -> None:
    with collector() as there:
        memory = Memory(world)
        with tracing(there.address) as traces:
            door = plugged(memory, traces)
            knock(door, "/webhooks/voice/junk", fields(world))
            knock(door, "/webhooks/voice", fields(world), HTTP_X_TWILIO_SIGNATURE="forged")
            there.named("rescue")
        (span,) = there.spans
    assert (span.name, span.is_fault, span.about["error.type"]) == ("rescue", True, "UnknownPositionError")
    assert (span.about["dutyline.how"], span.about["dutyline.node"]) == ("rescue", "last-resort")


def test_what_the_desk_asks_of_the_carrier_stands_in_the_callers_trace_with_a_link_to_the_leg(config: Config) -> None:
    with collector() as there:
        stage = staged(replace(config, logs=Logs(traces_to=there.address)))
        stage.signs_in()
        caller = stage.talking()
        there.named("errand ring", "leg whisper", "leg accept")
        stage.application.close()
        rang = of(there.spans, "errand ring")[0]
        legs = [span for span in there.spans if span.name.startswith("leg ")]
    assert (rang.trace, rang.about["dutyline.result"]) == (caller.sid[2:], "done")
    assert rang.links == (rang.about["dutyline.leg"][2:],)
    assert {"leg whisper", "leg accept"} <= {span.name for span in legs}
    assert {span.trace for span in legs if span.name == "leg whisper"} == set(rang.links)


@pytest.mark.parametrize("is_there", [True, False], ids=["hangs", "is-away"])
def test_a_collector_that_hangs_or_is_away_costs_a_caller_no_time_and_keeps_no_worker_from_its_end(
    world: World, is_there: bool
) -> None:
    memory = Memory(world)
    with silent() as hung, tracing(hung if is_there else NOWHERE) as traces:
        doors = opened(memory), plugged(memory, traces)
        taken: tuple[list[float], list[float]] = [], []
        until = time.monotonic() + 2 * EVERY_SECONDS
        while time.monotonic() < until:
            for door, seconds in zip(doors, taken, strict=True):
                began = time.perf_counter()
                assert knock(door, "/webhooks/voice", fields(world)).status == 200
                seconds.append(time.perf_counter() - began)
            memory.records.clear()
        without, with_it = map(median, taken)
        assert with_it < 2 * without
        assert max(taken[1]) < SECONDS
        began = time.monotonic()
        traces.close()
        assert time.monotonic() - began < SECONDS


def test_a_whole_call_is_answered_while_the_collector_hangs(config: Config) -> None:
    with silent() as hung, traced(config, hung) as application:
        assert told(application).warnings == ()


def test_while_no_trace_is_taken_one_line_says_so_and_one_that_it_is_over(
    world: World, caplog: pytest.LogCaptureFixture
) -> None:
    said: list[str] = []
    with collector() as there, tracing(there.address, said) as traces:
        door, there.refuses = plugged(Memory(world), traces), True
        for times in range(1, 4):
            knock(door, "/webhooks/voice", fields(world))
            assert soon(lambda times=times: there.turned_away == times)  # type: ignore[misc]  # bound now
        there.refuses = False
        knock(door, "/webhooks/voice", fields(world))
        there.named("step enter")
    assert said == [AWAY, BACK.format(lost=3)]
    assert len([record for record in caplog.records if record.name.startswith("opentelemetry")]) <= 1


def test_what_does_not_fit_is_lost_and_counted() -> None:
    with silent() as hung, tracing(hung) as traces:
        for _ in range(MOST_MARKS + MOST_AT_ONCE + 10):
            traces.moved((Record(SID, "", "h1", "step", WEDNESDAY.now(), {}),), 0.0)
        assert traces.lost >= 10


def test_without_a_collector_nothing_stands_in_front_of_anything(world: World) -> None:
    memory = Memory(world)
    ports = Ports(memory, memory, memory, WEDNESDAY)
    assert traces_of("", WEDNESDAY, pytest.fail).around(ports) is ports


@pytest.mark.parametrize("sid", ["CA" + "0" * 32, "CA" + "7" * 16 + "0" * 16, "CA1", "", "a-provider-of-another-kind"])
def test_a_sid_that_makes_no_ids_is_hashed_so_that_every_worker_has_the_same(sid: str) -> None:
    assert ids_of(sid).is_valid
    assert ids_of(sid) == ids_of(sid)
    assert ids_of(sid).trace_id != ids_of(f"{sid}0").trace_id
