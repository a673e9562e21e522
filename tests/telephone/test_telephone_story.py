"""Can a call be told as a story, and does the story object where the call goes otherwise?"""

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Unpack

import pytest

from telephone import Call, OutcomeWord, OutOfTurn, Ringing, StoryError, Unheard, Unique, national, play, told
from tests.telephone.canned_twiml import DUTY, LINE, THANKS, WHISPER, Settings, telephone

VOICE = '<Response><Gather numDigits="1" action="/menu"><Say>Welcome to  North\n Devon</Say></Gather></Response>'
MENU = '<Response><Dial action="/after" timeout="15"><Number url="/whisper">+441392388481</Number></Dial></Response>'
AFTER = "<Response><Say>Goodbye</Say><Hangup/></Response>"
DOCUMENTS = {"/menu": MENU, "/whisper": WHISPER, "/screened": THANKS, "/after": AFTER}


def ring(**settings: Unpack[Settings]) -> Call:
    return telephone(VOICE, DOCUMENTS, **settings).dial(LINE)


def test_a_call_reads_like_a_story() -> None:
    ring().hears("north devon").presses("1").rings(DUTY).no_answer().hears("goodbye").has_ended()


def test_hears_knows_only_what_was_said_since_the_last_action() -> None:
    ring().presses("1").no_answer().does_not_hear("Devon")


@pytest.mark.parametrize("spelling", ["01392 388481", "+441392388481", "(01392) 388-481", "+44 (0)1392 388481"])
def test_a_telephone_is_known_by_any_british_spelling(spelling: str) -> None:
    ring().presses("1").rings(spelling)


def test_what_was_not_heard_is_told_with_the_transcript() -> None:
    with pytest.raises(Unheard, match=r"did not hear 'Derby'(?s:.*)0:00  Line    Welcome to North Devon"):
        ring().hears("Derby")
    with pytest.raises(Unheard, match="did hear"):
        ring().does_not_hear("Devon")
    with pytest.raises(Unheard, match="person called"):
        ring().whispers("Devon")


@pytest.mark.parametrize(
    "step",
    [
        lambda call: call.presses("A"),
        lambda call: call.presses(""),
        lambda call: call.rings(DUTY),
        lambda call: call.no_answer(),
        lambda call: call.talks(5),
        lambda call: call.callee_hangs_up(),
        lambda call: call.callee_presses("1"),
        lambda call: call.callee_waits(),
        lambda call: call.hangs_up_in_whisper(),
        lambda call: call.has_ended(),
        lambda call: call.hangs_up().hangs_up(),
        lambda call: call.presses("1").waits(),
        lambda call: call.presses("1").rings("01392 000000"),
        lambda call: call.hangs_up().presses("1"),
    ],
)
def test_nobody_acts_out_of_turn(step: Callable[[Call], Call]) -> None:
    with pytest.raises(OutOfTurn):
        step(ring())


def test_both_objections_are_assertion_errors() -> None:
    assert issubclass(Unheard, StoryError)
    assert issubclass(StoryError, AssertionError)


def test_keys_while_it_rings_are_lost() -> None:
    assert ring().presses("1").presses("5").state == Ringing(("+441392388481",))


def test_a_scripted_call_runs_to_its_end() -> None:
    call = play(ring(), keys=["1"]).has_ended()
    assert told(call.transcript).splitlines() == [
        "  0:00  Line    Welcome to North Devon",
        "  0:01  Caller  presses 1",
        "  0:02  Phone   01392 388481 rings",
        "  0:07  Phone   01392 388481 is answered",
        "  0:07  Callee  hears: Press 1 to accept",
        "  0:08  Callee  presses 1",
        "  0:09  Phone   connected",
        "  1:09  Callee  hangs up",
        "  1:09  Line    Goodbye",
        "  1:09  Call ends: the line hung up",
    ]


@pytest.mark.parametrize(
    ("word", "line"),
    [
        ("no-answer", "01392 388481 is not answered"),
        ("busy", "01392 388481 is engaged"),
        ("failed", "01392 388481 cannot be reached"),
        ("voicemail", "01392 388481 is answered by a mailbox"),
        ("declines", "01392 388481 declines the call"),
        ("Answers", "connected"),
    ],
)
def test_a_script_knows_telephones_by_number_and_outcomes_by_word(word: str, line: str) -> None:
    call = play(ring(), ["1"], {DUTY: OutcomeWord.parse(word).outcome})
    assert line in [each.text for each in call.has_ended().transcript]


def test_a_script_without_keys_waits() -> None:
    assert play(ring()).has_ended().transcript[-1].text == "ends: the line had nothing more to say"


def test_a_script_leaves_a_call_that_never_ends() -> None:
    voice = "<Response><Gather><Say>Again</Say></Gather><Redirect>/voice</Redirect></Response>"
    assert play(telephone(voice).dial(LINE)).has_ended().transcript[-1].text == "ends: the caller hung up"


def test_an_unknown_outcome_is_told_with_those_that_there_are() -> None:
    with pytest.raises(ValueError, match=r"'maybe' is not .* answers, no-answer, busy, failed, voicemail, declines"):
        OutcomeWord.parse("maybe")


@pytest.mark.parametrize(
    ("dialled", "read"),
    [
        ("+441392388481", "01392 388481"),
        ("+442079460101", "020 7946 0101"),
        ("+441142734925", "0114 273 4925"),
        ("+441214960000", "0121 496 0000"),
        ("+447812300329", "07812 300329"),
        ("+443451551071", "0345 155 1071"),
        ("+448081570000", "0808 157 0000"),
        ("+33123456789", "+33123456789"),
        ("anonymous", "anonymous"),
    ],
)
def test_numbers_are_written_as_the_british_read_them(dialled: str, read: str) -> None:
    assert national(dialled) == read


def test_an_application_can_follow_the_clock() -> None:
    moments: list[float] = []
    call = ring(follow=moments.append).presses("1").no_answer()
    assert moments == sorted(moments)
    assert moments[-1] == call.elapsed


def test_a_call_begins_when_it_is_said_to() -> None:
    began = datetime(2026, 3, 29, 0, 59, 59, tzinfo=UTC)
    voice = "<Response><Say>Hello</Say></Response>"
    call = telephone(voice, {"/end": THANKS}, began=began, status_url="http://127.0.0.1:8000/end").dial(LINE)
    assert call.exchanges[-1].parameter("Timestamp") == "Sun, 29 Mar 2026 00:59:59 +0000"


def test_calls_are_numbered_in_turn_or_never_alike() -> None:
    phone = telephone(VOICE)
    assert [phone.dial(LINE).sid[-1], phone.dial(LINE).sid[-1]] == ["1", "2"]
    unique = telephone(VOICE, sids=Unique())
    assert len({unique.dial(LINE).sid, unique.dial(LINE).sid}) == 2
    assert len(phone.dial(LINE).sid) == len(unique.dial(LINE).sid) == 34
