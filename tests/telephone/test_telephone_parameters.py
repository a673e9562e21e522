"""What does Twilio send with a request?"""

from telephone.leg import PLACES
from tests.telephone.canned_twiml import ACCOUNT, DUTY, LINE, asked, paths, telephone

DIALS = '<Response><Dial action="/after"><Number url="/whisper">+441392388481</Number></Dial></Response>'


def test_the_first_request_tells_of_a_ringing_inbound_call() -> None:
    call = telephone("<Response/>").dial(LINE, "+442079460999")
    sent = dict(call.exchanges[0].parameters)
    assert sent == {
        "CallSid": call.sid,
        "AccountSid": ACCOUNT.sid,
        "From": "+442079460999",
        "To": LINE,
        "Caller": "+442079460999",
        "Called": LINE,
        "CallStatus": "ringing",
        "ApiVersion": "2010-04-01",
        "Direction": "inbound",
    } | dict(PLACES)


def test_blank_places_are_sent_in_the_body_too() -> None:
    call = telephone("<Response/>").dial(LINE)
    assert b"CallerCity=&CallerState=&CallerZip=&CallerCountry=" in call.exchanges[0].request.body


def test_once_somebody_has_heard_something_the_call_is_in_progress() -> None:
    call = telephone("<Response><Say>Hello</Say><Redirect>/next</Redirect></Response>", {"/next": "<Response/>"})
    assert asked(call.dial(LINE).exchanges, "/next").parameter("CallStatus") == "in-progress"


def test_a_called_persons_requests_carry_their_own_call_and_its_parent() -> None:
    call = telephone(DIALS, {"/whisper": "<Response/>"}).dial(LINE, "+442079460999").rings(DUTY).answers()
    sent = asked(call.exchanges, "/whisper")
    assert sent.parameter("ParentCallSid") == call.sid != sent.parameter("CallSid")
    assert sent.parameter("Direction") == "outbound-dial"
    assert sent.parameter("To") == sent.parameter("Called") == "+441392388481"
    assert sent.parameter("From") == "+442079460999"
    assert sent.purpose == "child"


def test_a_forwarded_call_says_from_where() -> None:
    call = telephone("<Response/>").dial(LINE, forwarded_from="+441629532600")
    assert call.exchanges[0].parameter("ForwardedFrom") == "+441629532600"


def test_a_withheld_number_is_sent_as_twilio_spells_it() -> None:
    for spelling in ("anonymous", "+266696687"):
        call = telephone("<Response/>").dial(LINE, spelling)
        assert call.exchanges[0].parameter("From") == call.exchanges[0].parameter("Caller") == spelling


def test_a_get_carries_its_parameters_in_the_query_and_no_body() -> None:
    call = telephone('<Response><Redirect method="GET">/next?a=1</Redirect></Response>', {"/next": "<Response/>"})
    request = call.dial(LINE).exchanges[1].request
    assert request.url.startswith("http://127.0.0.1:8000/next?a=1&CallSid=CA")
    assert request.body == b""


def test_relative_links_start_from_the_document_and_not_from_the_line() -> None:
    documents = {"/deep/menu": "<Response><Redirect>sibling</Redirect></Response>", "/deep/sibling": "<Response/>"}
    call = telephone("<Response><Redirect>deep/menu</Redirect></Response>", documents).dial(LINE)
    assert paths(call.exchanges) == ["/voice", "/deep/menu", "/deep/sibling"]
