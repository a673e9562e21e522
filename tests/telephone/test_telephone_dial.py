"""What does the action of a Dial hear? Row for row, facts sheet 4.3 (Twilio: voice/twiml/dial, number)."""

from typing import Unpack

import pytest

from telephone import Call, Ringing, ScreeningFailure, Talking, Whispering
from telephone.fetching import Attempt
from tests.telephone.canned_twiml import DUTY, LINE, MANAGER, THANKS, WHISPER, Settings, asked, paths, telephone

AFTER = {"/after": "<Response><Say>Afterwards</Say></Response>"}
ONE = '<Number url="/whisper">+441392388481</Number>'
TWO = "<Number>+441392388481</Number><Number>+442079460201</Number>"


def dials(nouns: str = ONE, attributes: str = "", whisper: str = WHISPER, **settings: Unpack[Settings]) -> Call:
    voice = f'<Response><Dial action="/after" timeout="15" {attributes}>{nouns}</Dial><Say>Unreachable</Say></Response>'
    return telephone(voice, {**AFTER, "/whisper": whisper, "/screened": THANKS}, **settings).dial(LINE)


def told(call: Call) -> tuple[str | None, str | None, str | None]:
    action = asked(call.exchanges, "/after")
    return action.parameter("DialCallStatus"), action.parameter("DialBridged"), action.parameter("CallStatus")


def action(call: Call) -> Attempt:
    return asked(call.exchanges, "/after")


def test_answered_accepted_and_the_called_person_hangs_up() -> None:
    call = dials().rings(DUTY).answers(presses="1").whispers("press 1").talks(60).callee_hangs_up()
    call.hears("Afterwards").does_not_hear("Unreachable").has_ended()
    assert told(call) == ("completed", "true", "in-progress")
    assert int(action(call).parameter("DialCallDuration") or 0) >= 60


def test_answered_accepted_and_the_caller_hangs_up() -> None:
    call = dials().answers(presses="1").talks(60).hangs_up().does_not_hear("Afterwards").has_ended()
    assert told(call) == ("completed", "true", "completed")


@pytest.mark.parametrize("keys", ["2", ""])
def test_answered_but_a_wrong_key_or_none_is_completed_and_not_bridged(keys: str) -> None:
    refused = {"/screened": "<Response><Hangup/></Response>"}
    voice = f'<Response><Dial action="/after">{ONE}</Dial></Response>'
    call = telephone(voice, {**AFTER, "/whisper": WHISPER, **refused}).dial(LINE).answers(presses=keys)
    assert told(call.hears("Afterwards")) == ("completed", "false", "in-progress")


def test_a_mailbox_that_answers_is_completed_and_not_bridged() -> None:
    assert told(dials().voicemail().hears("Afterwards")) == ("completed", "false", "in-progress")


def test_hanging_up_in_the_whisper_is_completed_and_not_bridged() -> None:
    assert told(dials().hangs_up_in_whisper().hears("Afterwards")) == ("completed", "false", "in-progress")
    assert told(dials().picks_up().hangs_up_in_whisper().hears("Afterwards")) == ("completed", "false", "in-progress")


def test_hanging_up_in_the_whisper_cuts_it_short() -> None:
    call = dials().hangs_up_in_whisper()
    assert action(call).at == 6
    assert "hangs up" in [line.text for line in call.transcript if line.who == "callee"]


def test_a_whisper_without_a_hangup_behind_it_connects_the_caller_to_the_mailbox() -> None:
    call = dials(whisper='<Response><Gather numDigits="1" action="/screened"/></Response>').voicemail()
    assert call.state == Talking("+441392388481")
    assert told(call.callee_hangs_up()) == ("completed", "true", "in-progress")


def test_not_answered_rings_five_seconds_longer_and_has_no_duration() -> None:
    call = dials().no_answer().hears("Afterwards")
    assert told(call) == ("no-answer", "false", "in-progress")
    assert action(call).parameter("DialCallDuration") is None
    assert action(call).parameter("DialCallSid")
    assert action(call).at == 20


def test_engaged_and_declined_are_busy() -> None:
    assert told(dials().busy()) == ("busy", "false", "in-progress")
    assert told(dials().declines()) == ("busy", "false", "in-progress")


def test_unreachable_is_failed() -> None:
    assert told(dials().fails()) == ("failed", "false", "in-progress")


def test_a_number_that_is_not_e164_fails_at_once_with_a_warning() -> None:
    call = dials("<Number>01392 388481</Number>").hears("Afterwards")
    assert told(call) == ("failed", "false", "in-progress")
    assert [warned.code for warned in call.warnings] == [13223]


def test_a_caller_who_hangs_up_while_it_rings_cancels_and_the_reply_is_ignored() -> None:
    call = dials().rings(DUTY).hangs_up().does_not_hear("Afterwards").has_ended()
    assert told(call) == ("canceled", "false", "completed")
    assert paths(call.exchanges) == ["/voice", "/after"]


def test_a_caller_who_hangs_up_in_the_whisper_is_not_bridged() -> None:
    call = dials().picks_up().hangs_up().has_ended()
    assert told(call) == ("completed", "false", "completed")


def test_a_caller_whose_patience_ends_hangs_up_while_it_rings() -> None:
    voice = f'<Response><Dial action="/after">{ONE}</Dial></Response>'
    call = telephone(voice, AFTER).dial(LINE, patience=12.0).no_answer().has_ended()
    assert told(call) == ("canceled", "false", "completed")
    assert call.elapsed == 12.0


@pytest.mark.parametrize(
    ("policy", "bridged"), [(ScreeningFailure.DROPS, "false"), (ScreeningFailure.CONNECTS, "true")]
)
@pytest.mark.parametrize("whisper", ["<Nonsense/>", "<Response><Dial>+442079460201</Dial></Response>"])
def test_what_a_broken_whisper_does_can_be_chosen(policy: ScreeningFailure, bridged: str, whisper: str) -> None:
    call = dials(whisper=whisper, screening_failure=policy).answers()
    if isinstance(call.state, Talking):
        call.callee_hangs_up()
    assert told(call) == ("completed", bridged, "in-progress")


def test_a_whisper_may_not_dial() -> None:
    call = dials(whisper="<Response><Dial>+442079460201</Dial></Response>").answers()
    assert 13201 in [warned.code for warned in call.warnings]


def test_a_whisper_that_only_speaks_connects_when_it_has_spoken() -> None:
    call = dials(whisper="<Response><Say>A call for duty</Say></Response>").answers().whispers("for duty")
    assert call.state == Talking("+441392388481")


def test_the_person_called_may_take_their_time() -> None:
    call = dials().rings(DUTY).picks_up().whispers("press 1")
    assert isinstance(call.state, Whispering)
    assert call.callee_presses("1").state == Talking("+441392388481")


def test_without_an_action_the_next_verb_follows() -> None:
    call = telephone("<Response><Dial>+441392388481</Dial><Say>Next</Say></Response>").dial(LINE)
    call.rings(DUTY).no_answer().hears("Next").has_ended()


def test_of_several_telephones_the_first_that_is_answered_wins() -> None:
    call = dials(TWO).rings(DUTY).rings(MANAGER).answers()
    assert call.state == Talking("+442079460201")
    assert "01392 388481 stops ringing" in [line.text for line in call.transcript]


def test_the_first_answer_wins_even_if_it_is_a_mailbox() -> None:
    nouns = ONE + '<Number url="/whisper">+442079460201</Number>'
    assert told(dials(nouns).rings(MANAGER).voicemail()) == ("completed", "false", "in-progress")


def test_several_telephones_of_which_one_is_engaged_go_on_ringing() -> None:
    call = dials(TWO).rings(DUTY).busy().rings(MANAGER)
    assert call.state == Ringing(("+442079460201",))
    assert told(call.no_answer()) == ("no-answer", "false", "in-progress")


def test_several_telephones_that_nobody_answers_ring_out_together() -> None:
    call = dials(TWO).rings(DUTY).no_answer().rings(MANAGER).no_answer()
    assert action(call).at == 20


def test_sequential_telephones_ring_one_after_the_other() -> None:
    call = dials(TWO, 'sequential="true"').rings(DUTY)
    assert call.state == Ringing(("+441392388481",))
    call.no_answer().rings(MANAGER).answers()
    assert call.elapsed == 25


def test_the_time_limit_ends_a_talk() -> None:
    call = dials("<Number>+441392388481</Number>", 'timeLimit="30"').answers().talks(3600).hears("Afterwards")
    assert action(call).parameter("DialCallDuration") == "30"


def test_a_star_ends_a_talk_where_it_may() -> None:
    noun = "<Number>+441392388481</Number>"
    dials(noun, 'hangupOnStar="true"').answers().presses("*").hears("Afterwards")
    assert isinstance(dials(noun).answers().presses("*").state, Talking)


def test_a_strange_caller_id_fails_the_dial() -> None:
    call = dials(ONE, 'callerId="+441111111111"').hears("Afterwards")
    assert told(call) == ("failed", "false", "in-progress")
    assert [warned.code for warned in call.warnings] == [13214]


def test_a_called_person_sees_the_number_of_the_line_where_it_asks_for_that() -> None:
    call = dials(ONE, f'callerId="{LINE}"').answers(presses="1")
    assert asked(call.exchanges, "/whisper").parameter("From") == LINE


def test_with_answer_on_bridge_the_call_rings_until_it_is_connected() -> None:
    call = dials(ONE, 'answerOnBridge="true"').no_answer()
    assert told(call) == ("no-answer", "false", "ringing")
    assert told(dials(ONE, 'answerOnBridge="true"').answers(presses="1").callee_hangs_up())[2] == "in-progress"


def test_a_mailbox_that_rings_longer_than_twilio_waits_is_no_answer() -> None:
    assert told(dials().voicemail(after=25.0)) == ("no-answer", "false", "in-progress")


def test_at_most_ten_telephones_ring() -> None:
    nouns = "".join(f"<Number>+4413923884{count:02d}</Number>" for count in range(11))
    call = dials(nouns)
    assert isinstance(call.state, Ringing)
    assert len(call.state.numbers) == 10
    assert [warned.code for warned in call.warnings] == [13250]


def test_a_whisper_may_redirect_pause_and_ask_again() -> None:
    again = '<Response><Pause length="2"/><Gather numDigits="1" action="/screened"/><Hangup/></Response>'
    voice = f'<Response><Dial action="/after">{ONE}</Dial></Response>'
    first = '<Response><Gather numDigits="1" action="/again"/><Redirect>/again</Redirect></Response>'
    documents = {**AFTER, "/whisper": first, "/again": again, "/screened": THANKS}
    call = telephone(voice, documents).dial(LINE).answers(presses="21")
    assert call.state == Talking("+441392388481")
    assert [each.parameter("Digits") for each in call.exchanges if each.purpose == "child"] == [None, "2", "1"]


def test_a_dial_of_a_bare_number_rings_it() -> None:
    telephone("<Response><Dial>+441392388481</Dial></Response>").dial(LINE).rings(DUTY)


def test_a_dial_that_names_nobody_fails() -> None:
    assert told(dials("")) == ("failed", "false", "in-progress")
