"""What does the log say? Lines for people, or objects; each names the call that was in hand, and none holds anything of a caller."""

import io
import json
import logging
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import pytest

from app import LogAlarm
from cli.log_lines import FORMAT, Lines, Objects
from ivr.in_hand import IN_HAND, InHand, holding
from ivr.legs import Belonging, LegEvent, LegPlace, LegStage
from ivr.moment import World
from ivr.position import Stage
from ivr.record import Record
from ivr.replies import Reply
from rehearsal.staging import Memory
from tests.conftest import WEDNESDAY
from tests.webhooks.knocking import PUBLIC, SID, TOKEN, door, fields, knock, place
from webhooks.guard import Guard
from webhooks.links import leg_path_of, path_of
from webhooks.ports import Unplugged
from webhooks.voice import Door, Ports

CALLER, KEYED, NAME = "+442079460987", "730991", "Zyxcanary"
LOG = logging.getLogger("dutyline")
FORMS = {"text": Lines(FORMAT), "json": Objects()}
PARENT = "CA" + "8" * 32


@contextmanager
def logged(form: str) -> Iterator[io.StringIO]:
    """What our log says meanwhile, and nobody else hears it."""
    written = io.StringIO()
    handler = logging.StreamHandler(written)
    handler.setFormatter(FORMS[form])
    LOG.addHandler(handler)
    LOG.propagate = False
    try:
        yield written
    finally:
        LOG.removeHandler(handler)
        LOG.propagate = True


def objects(written: io.StringIO) -> list[dict[str, Any]]:
    """The lines, each of which must be an object."""
    return [json.loads(line) for line in written.getvalue().splitlines()]


@dataclass(frozen=True, slots=True)
class Broken:
    """A world that cannot be had, in words that the caller brought."""

    memory: Memory

    def current(self) -> World:
        return self.memory.world

    def freshest(self) -> World:
        raise ValueError(f"{NAME} rang from {CALLER} and keyed {KEYED}")


@dataclass(slots=True)
class Unkept:
    """A journal that cannot be had, once."""

    memory: Memory
    is_over: bool = False

    def append(self, record: Record) -> None:
        if not self.is_over:
            self.is_over = True
            raise ValueError(f"{NAME} rang from {CALLER} and keyed {KEYED}")
        self.memory.append(record)


class Grumbling(Unplugged):
    """A desk that says something in the log, from whichever thread it is asked in."""

    def belongs(self, call: str, came_from: int | None, now: datetime) -> Belonging:
        LOG.warning("asked")
        return super().belongs(call, came_from, now)

    def leg(self, place: LegPlace, sid: str, event: LegEvent, now: datetime) -> tuple[Reply, ...]:
        LOG.warning("asked of a leg")
        return super().leg(place, sid, event, now)


def test_a_line_for_people_is_as_it_was_with_the_call_behind_it(world: World) -> None:
    with logged("text") as written:
        knock(door(Memory(world), Memory(world), LogAlarm()), "/webhooks/voice/junk", fields(world))
        LOG.warning("and of no call")
    first, second = written.getvalue().splitlines()
    assert first.endswith(
        f" ERROR a caller met a fault: UnknownPositionError (webhooks.voice:{_line(first)}) (call {SID})"
    )
    assert second.endswith(" WARNING and of no call")


def _line(text: str) -> str:
    return text.partition("webhooks.voice:")[2].partition(")")[0]


def test_an_object_says_when_how_bad_who_what_and_of_which_call_and_line(world: World) -> None:
    gone = place(world, "a-node-of-nowhere", Stage.KEYS)
    with logged("json") as written:
        memory = Memory(world)
        knock(
            door(memory, Unkept(memory), LogAlarm()),
            path_of(place(world, "welcome", Stage.KEYS)),
            fields(world, Digits="2"),
        )
        knock(door(memory, memory, LogAlarm()), path_of(gone), fields(world, ParentCallSid=PARENT))
    told, unknown = objects(written)[0], objects(written)[-1]
    assert datetime.fromisoformat(told["time"]).utcoffset() == datetime.fromisoformat("2026-01-01T00:00Z").utcoffset()
    assert (told["level"], told["logger"], told["call"], told["line"]) == ("ERROR", "dutyline", SID, "devon")
    assert told["message"].startswith("a caller met a fault: ")
    assert told["pid"] > 1
    assert (unknown["call"], "line" in unknown) == (PARENT, False)


@pytest.mark.parametrize("form", FORMS)
def test_nothing_of_a_caller_stands_in_the_log_whatever_a_fault_says(world: World, form: str) -> None:
    with logged(form) as written:
        memory = Memory(world)
        knock(
            door(Broken(memory), memory, LogAlarm()), "/webhooks/voice",
            fields(world, From=CALLER, Digits=KEYED, CallerName=NAME),
        )  # fmt: skip
        with holding(NAME):
            try:
                Broken(memory).freshest()
            except ValueError:
                LOG.exception("upkeep met a fault and goes on")
    assert written.getvalue().count("ValueError") == 2 + (form == "json")
    assert [one for one in (CALLER, CALLER[3:], KEYED, NAME) if one in written.getvalue()] == []


def test_a_fault_is_told_by_its_type_its_places_and_those_behind_it() -> None:
    with logged("json") as written, holding(SID):
        try:
            try:
                open("/nowhere/at/all", encoding="utf-8")  # noqa: SIM115  # it is not there
            except OSError as fault:
                raise KeyError(CALLER) from fault
        except KeyError:
            LOG.exception("met")
    (told,) = objects(written)
    assert (told["exception"], told["call"]) == ("KeyError", SID)
    lines = told["traceback"].splitlines()
    assert (lines[1], lines[2], lines[-1]) == (
        "FileNotFoundError: No such file or directory",
        "which led to",
        "KeyError",
    )
    assert [line for line in lines if line.startswith("  ") and "test_log_lines.py:" not in line] == []


@pytest.mark.parametrize(
    ("target", "said"),
    [
        (path_of, "asked"),
        (lambda _: leg_path_of(LegPlace("p" * 16, LegStage.WHISPER)), "asked of a leg"),
    ],
    ids=["a-caller-out-of-a-room", "a-leg-of-the-desk"],
)  # fmt: skip
def test_what_the_desk_says_in_a_thread_of_its_own_names_the_call(world: World, target: Any, said: str) -> None:
    memory = Memory(world)
    ports = Ports(memory, memory, memory, WEDNESDAY, switchboard=Grumbling())
    with logged("json") as written:
        knock(
            Door(_nobody, Guard([TOKEN], PUBLIC), ports, ""),
            target(place(world, "welcome", Stage.AFTER)),
            fields(world),
        )
    assert [(one["message"], one["call"]) for one in objects(written)] == [(said, SID)]


def _nobody(*_: object) -> list[bytes]:
    return []


def test_when_a_webhook_is_answered_no_call_is_in_hand(world: World) -> None:
    memory = Memory(world)
    knock(door(memory, memory, memory), "/webhooks/voice", fields(world))
    assert IN_HAND.get() is None


@pytest.mark.parametrize("text", ["+442079460987", "020 7946 0987", "Zyxcanary", "2301", "CA1\nCA2", ""])
def test_what_is_no_sid_is_not_told_as_one(text: str) -> None:
    assert InHand(text).told == ""
