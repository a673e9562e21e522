"""What is heard at each end, and for how long is it silent?"""

import pytest

from telephone import Person, Voicemail
from telephone.exchange.hearing import Ears
from telephone.exchange.timeline import Timeline
from telephone.speech import Sound
from tests.telephone.canned_twiml import LINE
from tests.telephone.exchange.world import CALLER, HANDLER, Room, World


def test_the_longest_silence_lies_between_what_is_heard() -> None:
    timeline = Timeline()
    ears = Ears(timeline)
    for at, kind, text in ((1, "speech", "one"), (4, "music", "tune"), (10, "act", "presses 1")):
        timeline.advance(at - timeline.now)
        span = ears.begins(kind, text)  # type: ignore[arg-type]
        timeline.advance(1)
        ears.ends(span)
    silence = ears.longest_silence(0, 20)
    assert (silence.at, silence.seconds) == (5, 15)


def test_sounds_that_overlap_are_no_silence() -> None:
    timeline = Timeline()
    ears = Ears(timeline)
    with ears.during("music", "tune"):
        timeline.advance(3)
        with ears.during("speech", "hello"):
            timeline.advance(3)
        timeline.advance(3)
    assert ears.longest_silence(0, 9).seconds == 0


def test_a_short_sound_within_a_long_one_does_not_end_it() -> None:
    timeline = Timeline()
    ears = Ears(timeline)
    with ears.during("music", "tune"):
        with ears.during("speech", "hello"):
            timeline.advance(1)
        timeline.advance(5)
    assert ears.longest_silence(0, 7).seconds == 1


def test_what_is_cut_short_is_told_as_far_as_it_was_heard() -> None:
    timeline = Timeline()
    ears = Ears(timeline)
    with ears.sound("speech", Sound("one two three four", 4)):
        timeline.advance(2)
    assert ears.heard[0].text == "one two ..."


def test_silence_leaves_no_trace() -> None:
    ears = Ears(Timeline())
    with ears.sound("speech", Sound("", 4)):
        pass
    assert ears.heard == []


def test_a_pause_and_an_unanswered_prompt_are_silence() -> None:
    world = World("<Response><Say>One</Say><Pause length='7'/><Gather timeout='4'><Say>Two</Say></Gather></Response>")
    caller = world.exchange.dial(LINE, CALLER)
    world.exchange.advance(60)
    assert (world.exchange.longest_silence(caller).at, world.exchange.longest_silence(caller).seconds) == (0.4, 7.0)


def test_before_the_answer_there_is_no_silence() -> None:
    world = World("<Response><Pause length='20'/><Say>Hello</Say></Response>")
    caller = world.exchange.dial(LINE, CALLER)
    world.exchange.advance(60)
    assert world.exchange.longest_silence(caller).seconds == 0


def test_a_mailbox_is_heard_for_its_greeting_and_then_no_more() -> None:
    world = World(f"<Response><Dial><Number>{HANDLER}</Number></Dial></Response>")
    world.exchange.phone(HANDLER).will(Voicemail(after=2))
    caller = world.exchange.dial(LINE, CALLER)
    world.exchange.advance(5)
    mailbox = world.exchange.phone(HANDLER).leg
    assert world.exchange.who_hears(caller) == [mailbox]
    world.exchange.advance(15)
    assert world.exchange.who_hears(caller) == []
    assert world.exchange.longest_silence(caller).seconds == 12


def test_ringing_is_heard_by_the_caller() -> None:
    world = World(f"<Response><Dial timeout='20'><Number>{HANDLER}</Number></Dial></Response>")
    caller = world.exchange.dial(LINE, CALLER)
    world.exchange.advance(10)
    assert [heard.kind for heard in caller.hears_now] == ["ringing"]


def test_with_answer_on_bridge_the_caller_is_not_answered_before_the_other() -> None:
    world = World(f"<Response><Dial answerOnBridge='true'><Number url='/whisper'>{HANDLER}</Number></Dial></Response>")
    world.exchange.phone(HANDLER).will(Person(after=6))
    caller = world.exchange.dial(LINE, CALLER)
    world.exchange.advance(20)
    handler = world.exchange.phone(HANDLER).leg
    assert handler.answered_at == 6.0
    assert caller.answered_at is not None
    assert caller.answered_at > 7


def test_people_who_talk_are_no_silence_and_one_left_alone_is() -> None:
    room = Room()
    handler = room.joins(HANDLER)
    room.exchange.advance(30)
    assert room.exchange.longest_silence(room.caller).seconds == 0
    handler.hangs_up()
    room.exchange.advance(11)
    assert room.exchange.longest_silence(room.caller).seconds == 11


@pytest.mark.parametrize("words", ["please hold", "Please  HOLD the line"])
def test_words_are_found_whatever_their_case_and_spaces(words: str) -> None:
    world = World("<Response><Say>Please hold the line</Say></Response>")
    caller = world.exchange.dial(LINE, CALLER)
    assert caller.has_heard(words)
    assert not caller.has_heard(words, since=1)
    assert "speech" in caller.told()
