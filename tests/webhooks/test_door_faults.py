"""Whatever goes wrong behind the door: is a person rung, or the whole safe message spoken?"""

import re
from dataclasses import dataclass, replace

import pytest

from directory.model import LONGEST_SLUG, Accept, DutyNumber, Team
from directory.numbers import Number, number_from
from directory.snapshot import Change, Snapshot, written
from ivr.moment import World
from ivr.plan import Plans
from ivr.position import Stage
from ivr.record import Record
from rehearsal.staging import Memory
from telephone.document import Document
from telephone.document import read as as_twilio_reads
from tests.webhooks.knocking import (
    CALLER,
    EDT,
    MASH,
    Answered,
    door,
    fields,
    knock,
    opened,
    place,
    redirected,
    telephone,
)
from webhooks.last_resort import DANGER, SAFE, SORRY
from webhooks.links import AFTER_FALLBACK, path_of
from webhooks.twiml import say

VOICE = "/webhooks/voice"
JUNK = ["/junk", "/1/zz/devon/mash/d3", "/1/000000000000/devon/mash/z3", "/", "//", "/1/000000000000/devon/mash/d3/e",
        "/fallback/", "/" + "a" * 3000, "/é"]  # fmt: skip


class Broken(Exception):  # noqa: N818 - a thing that is broken
    """Something of ours is broken."""


@dataclass(slots=True)
class Breaks:
    """A world that cannot be had: at a call's beginning only, or at all."""

    memory: Memory
    at_all: bool = False

    def current(self) -> World:
        """The world, unless nothing works."""
        if self.at_all:
            raise Broken
        return self.memory.world

    def freshest(self) -> World:
        """Never."""
        raise Broken

    def append(self, record: Record) -> None:
        """Never."""
        raise Broken(record.kind)


@pytest.fixture
def memory(world: World) -> Memory:
    return Memory(world)


def rings(reply: Answered) -> str:
    """The one number that a reply rings, without a whisper and coming back to the fixed address."""
    assert reply.status == 200
    assert f'action="{AFTER_FALLBACK}#ct=2000&amp;rt=5000&amp;rc=2&amp;rp=ct,rt,5xx"' in reply.text
    assert DANGER in reply.text
    found = as_twilio_reads(reply.body, "http://door.invalid/webhooks/voice")
    assert isinstance(found, Document)
    assert found.warnings == ()
    numbers: list[str] = re.findall(r"<Number>([^<]*)</Number>", reply.text)
    assert len(numbers) == 1
    return numbers[0]


def is_whole_safe_message(reply: Answered) -> bool:
    """Sorry, and what to do in danger, then the end."""
    return reply.status == 200 and reply.body == SAFE and SORRY in reply.text and DANGER in reply.text


@pytest.mark.parametrize("path", JUNK)
def test_an_address_that_is_not_ours_rings_the_default_destination(memory: Memory, path: str) -> None:
    assert rings(knock(opened(memory), VOICE + path, fields(memory.world))) == MASH
    assert [record.kind for record in memory.records] == ["fault"]
    assert len(memory.faults) == 1


@pytest.mark.parametrize("query", ["x=-1", "t=abc", "s=..%2F", "b=1.2.3.4.5", "m=%00"])
def test_a_damaged_query_rings_the_default_destination(memory: Memory, query: str) -> None:
    target = f"{path_of(place(memory.world, 'welcome', Stage.KEYS))}?{query}"
    assert rings(knock(opened(memory), target, fields(memory.world, Digits="2"))) == MASH


def test_out_of_hours_a_fault_rings_the_emergency_duty_team(memory: Memory) -> None:
    assert rings(knock(opened(memory, "Sun 03:00"), f"{VOICE}/junk", fields(memory.world))) == EDT


@pytest.mark.parametrize("field", ["From", "ForwardedFrom"])
def test_a_fault_never_rings_whoever_is_calling(memory: Memory, field: str) -> None:
    assert rings(knock(opened(memory), f"{VOICE}/junk", fields(memory.world, **{field: MASH}))) != MASH


def test_a_withheld_caller_is_rung_through_with_our_number(memory: Memory) -> None:
    reply = knock(opened(memory), f"{VOICE}/junk", fields(memory.world, From="anonymous"))
    assert rings(reply) == MASH
    assert f'callerId="{dict(fields(memory.world))["To"]}"' in reply.text
    assert "callerId" not in knock(opened(memory), f"{VOICE}/junk", fields(memory.world)).text


def test_a_key_for_a_menu_that_is_gone_is_dropped_and_the_current_menu_is_said(memory: Memory) -> None:
    gone = place(memory.world, "areas", Stage.KEYS, digest="0" * 12, back=(1, 2))
    reply = knock(opened(memory), path_of(gone), fields(memory.world, Digits="1"))
    assert "Which area is the team in?" in reply.text
    assert "Initial Response North" not in reply.text
    assert [reason["code"] for reason in memory.records[0].body["reasons"]] == ["plan-replaced"]
    assert memory.faults == []


def test_a_ladder_whose_plan_is_gone_is_climbed_on_in_the_current_one(memory: Memory) -> None:
    here = place(memory.world, "ir-north", Stage.LEG)
    gone = replace(here, digest="0" * 12, back=(1, 2))
    missed = fields(memory.world, DialCallStatus="no-answer", DialBridged="false")
    assert knock(opened(memory), path_of(gone), missed) == knock(opened(memory), path_of(here), missed)
    assert memory.records[0].body["reasons"][0]["code"] == "plan-replaced"
    assert memory.faults == []


def test_a_node_that_is_gone_with_its_plan_begins_again_and_says_so(memory: Memory) -> None:
    gone = place(memory.world, "a-node-of-old", Stage.KEYS, digest="0" * 12)
    reply = knock(opened(memory), path_of(gone), fields(memory.world, Digits="2"))
    assert "Our menu has just changed." in reply.text
    assert "<Gather" in reply.text
    assert memory.faults == []


def test_a_node_that_never_was_rings_the_default_destination(memory: Memory) -> None:
    never = place(memory.world, "a-node-of-nowhere", Stage.KEYS)
    assert rings(knock(opened(memory), path_of(never), fields(memory.world))) == MASH


def test_a_line_that_is_not_here_rings_the_default_destination_of_the_number_dialled(memory: Memory) -> None:
    nowhere = place(memory.world, "welcome", Stage.KEYS, digest="0" * 12, line="nowhere")
    assert rings(knock(opened(memory), path_of(nowhere), fields(memory.world))) == MASH


@pytest.mark.parametrize("to", ["+442079460777", "", "anonymous", "client:x", "+1"])
def test_a_number_that_no_line_answers_hears_the_safe_message_and_somebody_is_told(memory: Memory, to: str) -> None:
    assert is_whole_safe_message(knock(opened(memory), VOICE, fields(memory.world, To=to)))
    assert memory.faults == [f"no line answers the number {to}, which was dialled: list it under a line, or give it up"]
    (record,) = memory.records
    assert (record.kind, record.body["reasons"][0]["code"]) == ("fault", "no-line-answers")


def test_a_called_person_in_whose_whisper_a_fault_occurs_is_never_connected(memory: Memory) -> None:
    reply = knock(opened(memory), f"{VOICE}/junk", fields(memory.world, To="+441392388481", ParentCallSid="CA1"))
    assert reply.text.endswith("<Hangup/></Response>")
    assert "<Dial" not in reply.text


def test_a_caller_who_has_gone_is_not_rung_for_even_in_a_fault(memory: Memory) -> None:
    for status in ("completed", "canceled", "failed", "busy", "no-answer"):
        reply = knock(opened(memory), f"{VOICE}/junk", fields(memory.world, CallStatus=status))
        assert (reply.status, reply.text) == (200, '<?xml version="1.0" encoding="UTF-8"?><Response></Response>')


def test_an_engine_that_fails_rings_the_default_destination(world: World) -> None:
    def fails(text: str) -> str:
        raise Broken(text)

    memory = Memory(replace(world, keyed=fails))
    to_mash = path_of(place(world, "welcome", Stage.KEYS))
    assert rings(knock(opened(memory), to_mash, fields(world, Digits="3"))) == MASH
    assert "Broken" in memory.faults[0]
    (record,) = memory.records
    assert {name: record.body[name] for name in ("fault", "line", "rings", "ending")} == {
        "fault": "Broken", "line": "devon", "rings": MASH, "ending": None,
    }  # fmt: skip
    assert [reason["code"] for reason in record.body["reasons"]] == ["rescue-rings"]


def test_a_publication_that_fails_as_a_call_begins_rings_the_default_destination(memory: Memory) -> None:
    broken = door(Breaks(memory), memory, memory)
    assert rings(knock(broken, VOICE, fields(memory.world))) == MASH
    assert rings(knock(broken, f"{VOICE}/fallback", fields(memory.world))) == MASH


def test_a_publication_that_fails_altogether_speaks_the_safe_message(memory: Memory) -> None:
    broken = door(Breaks(memory, at_all=True), memory, memory)
    for path in (
        VOICE,
        f"{VOICE}/fallback",
        f"{VOICE}/fallback/after",
        path_of(place(memory.world, "mash", Stage.LEG)),
    ):
        assert is_whole_safe_message(knock(broken, path, fields(memory.world)))
    assert len(memory.faults) >= 4


def test_a_journal_that_fails_still_leads_to_a_person_or_the_safe_message(memory: Memory) -> None:
    reply = knock(door(memory, Breaks(memory), memory), VOICE, fields(memory.world))
    assert is_whole_safe_message(reply) or rings(reply) == MASH


def test_a_world_without_anything_speaks_the_safe_message(world: World) -> None:
    empty = Memory(replace(world, directory=Snapshot(), plans=Plans()))
    assert is_whole_safe_message(knock(opened(empty), VOICE, fields(world)))


def test_a_line_whose_teams_lost_their_numbers_speaks_its_own_safe_message(world: World) -> None:
    bare = [written(replace(team, duty_numbers=())) for team in world.directory.teams.values()]
    memory = Memory(replace(world, directory=world.directory.changed(1, bare)))
    reply = knock(opened(memory), f"{VOICE}/junk", fields(world))
    safe = redirected(opened(memory), world, reply, say(DANGER))
    assert "Nobody could take your call just now." in safe.text
    assert "If a child is in danger now, dial 9 9 9." in safe.text
    assert "For a call back, press 1." in safe.text
    assert memory.records[0].body["reasons"][0]["code"] == "rescue-safe-message"


def test_a_fault_in_the_safe_message_itself_ends_in_words_that_need_nothing_of_ours(world: World) -> None:
    bare = [written(replace(team, duty_numbers=())) for team in world.directory.teams.values()]
    memory = Memory(replace(world, directory=world.directory.changed(1, bare)))
    damaged = f"{path_of(place(world, 'safe', Stage.KEYS))}?x=-1"
    assert is_whole_safe_message(knock(opened(memory), damaged, fields(world)))
    assert memory.records[0].body["ending"] == "safe-message"


def test_a_fault_rings_the_first_number_that_connects_on_answer_else_the_first(world: World) -> None:
    for slugs, expected in ((("devon-mash",), EDT), (("devon-mash", "devon-edt"), MASH)):
        memory = Memory(replace(world, directory=world.directory.changed(1, [keyed(world, slug) for slug in slugs])))
        assert rings(knock(opened(memory), f"{VOICE}/junk", fields(world))) == expected


def keyed(world: World, slug: str) -> Change:
    """A team whose numbers must all be accepted by key."""
    team = world.directory.teams[slug]
    return written(replace(team, duty_numbers=tuple(replace(duty, accept=Accept.KEY) for duty in team.duty_numbers)))


@pytest.mark.parametrize("path", [f"{VOICE}/junk", f"{VOICE}/fallback", f"{VOICE}/fallback/after"])
def test_a_fault_after_a_conversation_says_goodbye(memory: Memory, path: str) -> None:
    reply = knock(opened(memory), path, fields(memory.world, DialCallStatus="completed", DialBridged="true"))
    assert reply.text.endswith("The call has ended. Goodbye.</Say><Hangup/></Response>")
    assert memory.records[0].body["ending"] == "person"


def test_words_too_long_for_twilio_ring_the_default_destination(world: World) -> None:
    plan = world.plans.of_line("devon")
    assert plan is not None
    memory = Memory(replace(world, plans=Plans().with_current(replace(plan, opening="é" * 40_000))))
    assert rings(knock(opened(memory), VOICE, fields(world))) == MASH
    assert "TooLongError" in memory.faults[0]


def test_no_fault_tells_the_alarm_who_called(memory: Memory) -> None:
    knock(opened(memory), f"{VOICE}/junk", fields(memory.world))
    knock(opened(memory), f"{VOICE}/fallback", fields(memory.world, ErrorCode=CALLER, ErrorUrl=f"http://x/?{CALLER}"))
    told = " ".join(memory.faults)
    assert CALLER not in told
    assert CALLER[3:] not in told


def test_the_ladder_of_a_team_with_the_longest_slug_goes_on_when_nobody_answers(world: World) -> None:
    duty = number_from("01392 389999")
    assert isinstance(duty, Number)
    team = Team("t" * LONGEST_SLUG, "Long North", "devon", duty_numbers=(DutyNumber(duty),))
    memory = Memory(replace(world, directory=world.directory.changed(1, [written(team)])))
    call = telephone(opened(memory), world).dial(dict(fields(world))["To"], CALLER).presses("1").presses("9999")
    call.rings("01392 389999").no_answer()
    assert memory.faults == []
    assert all(len(exchange.request.url) < 240 for exchange in call.exchanges)
