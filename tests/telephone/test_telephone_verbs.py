"""What do Say, Play, Pause, Redirect, Hangup and Reject do?"""

import pytest

from telephone import Circling, Ended
from tests.telephone.canned_twiml import HOST, LINE, paths, telephone


def test_say_takes_about_two_and_a_half_words_a_second_and_digits_singly() -> None:
    assert telephone("<Response><Say>one two three four five</Say></Response>").dial(LINE).elapsed == 2.0
    assert telephone("<Response><Say>0 1 3 9 2</Say></Response>").dial(LINE).elapsed == 2.0
    assert telephone('<Response><Say loop="3">one</Say></Response>').dial(LINE).elapsed == 1.2


def test_ssml_is_spoken_and_its_breaks_take_time() -> None:
    say = '<Say>For <emphasis>duty</emphasis>,<break time="1500ms"/> press <sub alias="one">1</sub>.</Say>'
    call = telephone(f"<Response>{say}</Response>").dial(LINE).hears("For duty, press one.")
    assert call.elapsed == pytest.approx(4 * 0.4 + 1.5)
    assert call.warnings == ()


def test_an_empty_say_is_a_warning() -> None:
    assert telephone("<Response><Say> </Say></Response>").dial(LINE).warnings[0].code == 13520


def test_play_names_its_recording_relative_to_the_document() -> None:
    telephone("<Response><Play>music.wav</Play></Response>").dial(LINE).hears(f"[plays {HOST}/music.wav]")


def test_pause_lasts_a_second_or_as_long_as_it_says() -> None:
    assert telephone('<Response><Pause/><Pause length="4"/></Response>').dial(LINE).elapsed == 5.0


def test_a_pause_in_front_leaves_the_caller_unanswered() -> None:
    voice = "<Response><Pause/><Redirect>/next</Redirect></Response>"
    call = telephone(voice, {"/next": "<Response/>"}).dial(LINE)
    assert call.exchanges[1].parameter("CallStatus") == "ringing"


def test_what_stands_behind_a_redirect_is_not_reached() -> None:
    voice = "<Response><Redirect>/next?a=1&amp;b=2</Redirect><Say>Unreachable</Say></Response>"
    call = telephone(voice, {"/next": "<Response><Say>Next</Say></Response>"}).dial(LINE).hears("Next")
    assert paths(call.does_not_hear("Unreachable").exchanges) == ["/voice", "/next?a=1&b=2"]


def test_hangup_ends_the_call() -> None:
    call = telephone("<Response><Hangup/><Say>Unreachable</Say></Response>").dial(LINE)
    assert call.does_not_hear("Unreachable").state == Ended("the line hung up")


def test_a_document_that_runs_out_of_verbs_ends_the_call() -> None:
    assert telephone("<Response/>").dial(LINE).state == Ended("the line had nothing more to say")


@pytest.mark.parametrize(
    ("reason", "how", "status"),
    [("", "rejected", "no-answer"), ('reason="rejected"', "rejected", "no-answer"), ('reason="busy"', "busy", "busy")],
)
def test_reject_refuses_an_unanswered_call(reason: str, how: str, status: str) -> None:
    phone = telephone(f"<Response><Reject {reason}/></Response>", {"/status": ""}, status_url=f"{HOST}/status")
    call = phone.dial(LINE)
    assert isinstance(call.state, Ended)
    assert call.state.how == how
    assert call.exchanges[-1].parameter("CallStatus") == status


def test_reject_behind_another_verb_comes_too_late() -> None:
    call = telephone("<Response><Say>Hello</Say><Reject/><Say>Still here</Say></Response>").dial(LINE)
    assert call.hears("Still here").warnings[0].code == 12200


def test_documents_that_go_round_in_circles_are_noticed() -> None:
    with pytest.raises(Circling, match="/voice"):
        telephone("<Response><Redirect>/voice</Redirect></Response>").dial(LINE)


def test_a_caller_without_patience_leaves_in_mid_sentence() -> None:
    call = telephone("<Response><Say>one two three four five</Say><Say>six</Say></Response>").dial(LINE, patience=1.0)
    assert call.does_not_hear("six").state == Ended("the caller hung up")
    assert call.elapsed == 1.0
