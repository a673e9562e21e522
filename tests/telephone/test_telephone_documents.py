"""What does Twilio take for TwiML?"""

import pytest

from telephone import Untaught
from telephone.story import APPLICATION_ERROR
from tests.telephone.canned_twiml import LINE, Reply, telephone

HELLO = "<Response><Say>Hello</Say></Response>"


@pytest.mark.parametrize(
    "body",
    [
        "<Response><Say>Hello</Response>",
        "",
        "Hello",
        "<response><Say>Hello</Say></response>",
        "<Resp/>",
        '\n<?xml version="1.0"?><Response/>',
        ' <?xml version="1.0"?><Response/>',
        "<Response><say>Hello</say></Response>",
        "<Response><Greet/></Response>",
        "<Response><Say>Bell \x07</Say></Response>",
    ],
)
def test_what_is_not_twiml_ends_the_call_with_twilios_own_message(body: str) -> None:
    call = telephone(body).dial(LINE).hears(APPLICATION_ERROR).has_ended()
    assert [warned.code for warned in call.warnings] == [12100]
    assert call.transcript[0].who == "twilio"


@pytest.mark.parametrize(
    "body",
    [
        '<Response><Say pitch="high">Hello</Say></Response>',
        '<Response><Say Voice="alice">Hello</Say></Response>',
        '<Response><Say loop="often">Hello</Say></Response>',
        "<Response><Say>Hello<Pause/></Say></Response>",
        "<Response><Number>+441392388481</Number><Say>Hello</Say></Response>",
        '<Response version="2"><Say>Hello</Say></Response>',
    ],
)
def test_what_breaks_the_schema_is_a_warning_and_the_call_goes_on(body: str) -> None:
    call = telephone(body).dial(LINE).hears("Hello").has_ended()
    assert [warned.code for warned in call.warnings] == [12200]


def test_a_wrong_value_means_the_default() -> None:
    call = telephone('<Response><Gather timeout="soon" action="/x"/><Say>Next</Say></Response>').dial(LINE)
    assert call.waits().hears("Next").transcript[-2].at == 5


def test_a_declaration_an_encoding_and_comments_are_welcome() -> None:
    body = '<?xml version="1.0" encoding="UTF-8"?>\n<!-- for the caller -->\n<Response><Say>Grüße</Say></Response>\n'
    assert telephone(body).dial(LINE).hears("grüße").warnings == ()


@pytest.mark.parametrize("kind", ["text/xml", "application/xml; charset=utf-8", "text/html", "text/plain"])
def test_twiml_is_known_by_these_content_types(kind: str) -> None:
    telephone(Reply(HELLO, kind)).dial(LINE).hears("Hello").has_ended()


@pytest.mark.parametrize("kind", [None, "application/json", "image/png"])
def test_other_content_types_are_errors(kind: str | None) -> None:
    call = telephone(Reply(HELLO, kind)).dial(LINE).hears(APPLICATION_ERROR)
    assert [warned.code for warned in call.warnings] == [12300]


def test_plain_text_that_is_not_twiml_is_read_aloud() -> None:
    telephone(Reply("Internal notes", "text/plain")).dial(LINE).hears("Internal notes").has_ended()


def test_a_recording_is_played() -> None:
    telephone(Reply(b"RIFF", "audio/wav")).dial(LINE).hears("[plays http://127.0.0.1:8000/voice]").has_ended()


def test_more_than_64_kilobytes_are_too_many() -> None:
    call = telephone("<Response>" + " " * 64 * 1024 + "</Response>").dial(LINE).hears(APPLICATION_ERROR)
    assert [warned.code for warned in call.warnings] == [11750]


def test_a_verb_that_this_telephone_has_not_been_taught_is_said_so() -> None:
    for body in ("<Response><Record/></Response>", "<Response><Dial><Queue>q</Queue></Dial></Response>"):
        with pytest.raises(Untaught, match="does not know"):
            telephone(body).dial(LINE)
