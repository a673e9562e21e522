"""Where does a call go after a Gather? Row for row, Twilio: voice/twiml/gather."""

import pytest

from telephone import Call, Listening
from tests.telephone.canned_twiml import LINE, asked, paths, telephone

THEN = {"/chosen": "<Response><Say>Chosen</Say></Response>"}


def gathers(attributes: str = "", inside: str = "<Say>Press a key</Say>") -> Call:
    voice = f'<Response><Gather action="/chosen" {attributes}>{inside}</Gather><Say>Nothing chosen</Say></Response>'
    return telephone(voice, THEN).dial(LINE)


def digits(call: Call) -> str | None:
    return asked(call.exchanges, "/chosen").parameter("Digits")


def test_silence_goes_to_the_next_verb_after_five_seconds() -> None:
    call = gathers()
    began = call.elapsed
    call.waits().hears("Nothing chosen").has_ended()
    assert paths(call.exchanges) == ["/voice"]
    assert call.transcript[-2].at == began + 5


def test_silence_with_action_on_empty_result_goes_to_the_action_with_blank_digits() -> None:
    assert digits(gathers('actionOnEmptyResult="true"').waits().hears("Chosen")) == ""


def test_the_finish_key_first_is_no_input() -> None:
    gathers().presses("#").hears("Nothing chosen")


def test_the_finish_key_first_with_action_on_empty_result_goes_to_the_action() -> None:
    call = gathers('actionOnEmptyResult="true"').presses("#").hears("Chosen")
    assert digits(call) == ""


def test_too_few_keys_go_to_the_action_after_the_timeout() -> None:
    call = gathers('numDigits="4" timeout="7"')
    began = call.elapsed
    assert digits(call.presses("84")) == "84"
    assert asked(call.exchanges, "/chosen").at == began + 1 + 7


def test_enough_keys_go_to_the_action_at_once() -> None:
    call = gathers('numDigits="4"')
    began = call.elapsed
    assert digits(call.presses("8481")) == "8481"
    assert asked(call.exchanges, "/chosen").at == began + 2


def test_keys_beyond_the_last_are_not_kept_for_the_next_gather() -> None:
    again = '<Response><Gather numDigits="1" action="/end"/></Response>'
    voice = '<Response><Gather numDigits="1" action="/again"/></Response>'
    call = telephone(voice, {"/again": again, "/end": "<Response/>"}).dial(LINE).presses("12")
    assert asked(call.exchanges, "/again").parameter("Digits") == "1"
    assert isinstance(call.state, Listening)


def test_a_finish_key_ends_a_gather_without_number_of_digits_and_is_not_sent() -> None:
    call = gathers().presses("8481#")
    assert digits(call) == "8481"
    assert asked(call.exchanges, "/chosen").parameter("FinishedOnKey") == "#"


def test_an_empty_finish_key_makes_every_key_data() -> None:
    assert digits(gathers('finishOnKey="" numDigits="3"').presses("*1#")) == "*1#"


def test_another_finish_key_makes_the_hash_data() -> None:
    assert digits(gathers('finishOnKey="*"').presses("1#2*")) == "1#2"


def test_a_caller_who_hangs_up_makes_no_request() -> None:
    call = gathers().hangs_up().has_ended()
    assert paths(call.exchanges) == ["/voice"]


def test_without_an_action_the_keys_go_to_the_document_itself() -> None:
    again = ['<Response><Gather numDigits="1"/></Response>', "<Response><Say>Again</Say></Response>"]
    call = telephone(again).dial(LINE).presses("1").hears("Again")
    assert paths(call.exchanges) == ["/voice", "/voice"]
    assert call.exchanges[1].parameter("Digits") == "1"


def test_the_method_may_be_get() -> None:
    call = gathers('method="GET" numDigits="1"').presses("5")
    assert "Digits=5" in asked(call.exchanges, "/chosen").request.url


def test_a_gather_for_speech_alone_does_not_take_keys() -> None:
    gathers('input="speech"').presses("1").hears("Nothing chosen")


def test_the_timeout_starts_when_everything_nested_has_been_heard() -> None:
    call = gathers(inside='<Say>one two</Say><Pause length="3"/><Play digits="1w"/>')
    assert call.elapsed == pytest.approx(0.8 + 3 + 1)


def test_a_key_stops_what_is_nested() -> None:
    voice = '<Response><Gather numDigits="1" action="/chosen"><Say>one two three four five</Say></Gather></Response>'
    call = telephone(voice, THEN).dial(LINE, typing=[(1.0, "7")]).hears("one two ...").has_ended()
    assert digits(call) == "7"
    assert asked(call.exchanges, "/chosen").at == 1.5


def test_a_key_in_a_say_outside_a_gather_is_lost() -> None:
    voice = '<Response><Say>one two three</Say><Gather numDigits="1" action="/chosen"/></Response>'
    call = telephone(voice, THEN).dial(LINE, typing=[(1.0, "7")])
    assert isinstance(call.state, Listening)
    assert "presses 7 (nobody listens)" in [line.text for line in call.transcript]


@pytest.mark.parametrize("inside", ["<Dial>+441392388481</Dial>", "<Redirect>/x</Redirect>", "<Gather/>"])
def test_only_say_play_and_pause_may_be_nested(inside: str) -> None:
    call = gathers(inside=inside)
    assert [warned.code for warned in call.warnings] == [13320]
    assert isinstance(call.state, Listening)


def test_the_rules_can_be_read_while_it_listens() -> None:
    state = gathers('numDigits="4" timeout="10"').state
    assert isinstance(state, Listening)
    assert (state.gather.num_digits, state.gather.timeout, state.gather.finish_on_key) == (4, 10.0, "#")
