"""What does Twilio do to get an answer? Connection overrides, retries, redirects, cookies, credentials, fallback."""

import pytest

from telephone import BrokenOff, Response, Telephone, TimedOut, Unreachable
from telephone.overrides import Overrides, overrides
from telephone.story import APPLICATION_ERROR
from tests.telephone.canned_twiml import ACCOUNT, HOST, LINE, Reply, Wire, asked, paths, telephone, twiml

HELLO = twiml("<Response><Say>Hello</Say></Response>")
DOWN = Response(503, (), b"")
MISSING = Response(404, (), b"")


def wired(wire: Wire, fragment: str = "") -> Telephone:
    return Telephone(wire, ACCOUNT, voice_url=f"https://host.example/voice{fragment}")


def headers(wire: Wire, name: str) -> list[str]:
    return [dict(request.headers).get(name, "") for request in wire.requests]


def test_every_request_names_twilio_and_its_form() -> None:
    wire = Wire(HELLO)
    wired(wire).dial(LINE)
    assert headers(wire, "User-Agent") == ["TwilioProxy/1.1"]
    assert headers(wire, "Content-Type") == ["application/x-www-form-urlencoded; charset=UTF-8"]


def test_the_defaults_are_twilios() -> None:
    assert overrides("https://host.example/voice") == Overrides(5.0, 15.0, 15.0, 1, frozenset({"ct"}))


def test_the_fragment_overrides_them_within_bounds() -> None:
    found = overrides("https://host.example/voice#ct=2000&rt=99999&tt=50&rc=9&rp=ct,5xx,zz&e=dublin")
    assert found == Overrides(2.0, 15.0, 0.1, 5, frozenset({"ct", "5xx"}))
    assert overrides("https://host.example/voice#rp=all").retry_on == {"ct", "rt", "4xx", "5xx"}


def test_the_limits_of_the_fragment_reach_the_wire_and_the_fragment_does_not() -> None:
    wire = Wire(HELLO)
    wired(wire, "#ct=2000&rt=5000").dial(LINE)
    assert (wire.requests[0].connect_seconds, wire.requests[0].read_seconds) == (2.0, 5.0)
    assert wire.requests[0].url == "https://host.example/voice"


def test_a_failed_connection_is_tried_once_more_with_the_same_token() -> None:
    wire = Wire(Unreachable("refused"), HELLO)
    wired(wire).dial(LINE).hears("Hello")
    first, second = headers(wire, "I-Twilio-Idempotency-Token")
    assert first == second != ""


def test_another_webhook_has_another_token() -> None:
    wire = Wire(twiml("<Response><Redirect>/next</Redirect></Response>"), HELLO)
    wired(wire).dial(LINE)
    assert len(set(headers(wire, "I-Twilio-Idempotency-Token"))) == 2


@pytest.mark.parametrize("answer", [DOWN, MISSING, TimedOut("slow"), BrokenOff("cut")])
def test_nothing_else_is_tried_again_unless_asked_for(answer: Response | Exception) -> None:
    wire = Wire(answer, HELLO)
    call = wired(wire).dial(LINE).hears(APPLICATION_ERROR)
    assert len(wire.requests) == 1
    assert call.warnings[0].code == 11200


@pytest.mark.parametrize(
    ("answer", "policy"), [(DOWN, "5xx"), (MISSING, "4xx"), (TimedOut("slow"), "rt"), (DOWN, "all")]
)
def test_what_the_policy_names_is_tried_again(answer: Response | Exception, policy: str) -> None:
    wire = Wire(answer, answer, HELLO)
    wired(wire, f"#rt=1000&rc=2&rp=ct,{policy}").dial(LINE).hears("Hello")
    assert len(wire.requests) == 3


def test_retries_end() -> None:
    wire = Wire(DOWN)
    wired(wire, "#rc=2&rp=5xx").dial(LINE).hears(APPLICATION_ERROR)
    assert len(wire.requests) == 3


def test_an_answer_that_broke_off_is_never_tried_again() -> None:
    wire = Wire(BrokenOff("cut"))
    wired(wire, "#rc=5&rp=all").dial(LINE).hears(APPLICATION_ERROR)
    assert len(wire.requests) == 1


def test_fifteen_seconds_are_the_end_whatever_is_asked_for() -> None:
    wire = Wire(Response(503, (), b"", seconds=6.0))
    call = wired(wire, "#rc=5&rp=5xx,rt").dial(LINE).hears(APPLICATION_ERROR)
    assert [request.read_seconds for request in wire.requests] == [15.0, 9.0, 3.0]
    assert call.elapsed == 15.0


def test_an_answer_that_comes_too_late_is_no_answer() -> None:
    late = twiml("<Response><Say>Late</Say></Response>", seconds=16.0)
    call = wired(Wire(late)).dial(LINE).does_not_hear("Late").hears(APPLICATION_ERROR)
    assert call.elapsed == 15.0


@pytest.mark.parametrize("code", [11205, 11210, 11220])
def test_a_failed_connection_has_twilios_code(code: int) -> None:
    assert wired(Wire(Unreachable("no", code))).dial(LINE).warnings[0].code == code


def test_redirects_are_followed_ten_times() -> None:
    hop = Reply("", status=307, headers=(("Location", "/voice"),))
    hello = "<Response><Say>Hello</Say></Response>"
    ten: list[str | Reply] = [hop] * 10
    telephone([*ten, hello]).dial(LINE).hears("Hello")
    assert telephone([*ten, hop, hello]).dial(LINE).hears(APPLICATION_ERROR).warnings[0].code == 11215


def test_a_302_becomes_a_get_and_a_307_stays_a_post() -> None:
    for status, method in ((302, "GET"), (307, "POST")):
        voice = Reply("", status=status, headers=(("Location", "/moved"),))
        call = telephone(voice, {"/moved": "<Response/>"}).dial(LINE)
        assert asked(call.exchanges, "/moved").request.method == method


def test_links_of_a_redirected_document_start_from_where_it_came_from() -> None:
    voice = Reply("", status=307, headers=(("Location", "/deep/moved"),))
    moved = "<Response><Redirect>next</Redirect></Response>"
    call = telephone(voice, {"/deep/moved": moved, "/deep/next": "<Response/>"}).dial(LINE)
    assert paths(call.exchanges)[-1] == "/deep/next"


def test_cookies_are_kept_for_the_call() -> None:
    voice = Reply("<Response><Redirect>/next</Redirect></Response>", headers=(("Set-Cookie", "seen=1; Path=/"),))
    call = telephone(voice, {"/next": "<Response/>"}).dial(LINE)
    assert [dict(each.request.headers).get("Cookie") for each in call.exchanges] == [None, "seen=1"]


def test_credentials_are_sent_only_after_a_401() -> None:
    voice: list[str | Reply] = [Reply("", status=401), "<Response><Say>Hello</Say></Response>"]
    call = telephone(voice, voice_url="http://user:pass@127.0.0.1:8000/voice").dial(LINE).hears("Hello")
    sent = [dict(each.request.headers).get("Authorization") for each in call.exchanges]
    assert sent == [None, "Basic dXNlcjpwYXNz"]
    assert "user" not in call.exchanges[0].request.url


FALLBACK = {"/fallback": "<Response><Say>One moment</Say></Response>"}


@pytest.mark.parametrize(
    ("voice", "code"),
    [(Reply("", status=500), "11200"), (Reply("oops"), "12100"), (Reply("{}", "application/json"), "12300")],
)
def test_the_fallback_is_told_what_went_wrong_and_takes_over(voice: Reply, code: str) -> None:
    call = telephone(voice, FALLBACK, fallback_url=f"{HOST}/fallback").dial(LINE).hears("One moment").has_ended()
    sent = asked(call.exchanges, "/fallback")
    assert (sent.parameter("ErrorCode"), sent.parameter("ErrorUrl")) == (code, f"{HOST}/voice")
    assert sent.parameter("CallSid") == call.sid


def test_the_fallback_serves_any_document_of_the_call() -> None:
    voice = '<Response><Gather numDigits="1" action="/broken"/></Response>'
    call = telephone(voice, FALLBACK, fallback_url=f"{HOST}/fallback").dial(LINE).presses("1").hears("One moment")
    assert asked(call.exchanges, "/fallback").parameter("ErrorUrl") == f"{HOST}/broken"


def test_the_fallback_may_be_got() -> None:
    call = telephone("", FALLBACK, fallback_url=f"{HOST}/fallback", fallback_method="GET").dial(LINE)
    assert "ErrorCode=12100" in asked(call.exchanges, "/fallback").request.url


def test_when_the_fallback_fails_too_twilio_apologises() -> None:
    call = telephone("", fallback_url=f"{HOST}/fallback").dial(LINE).hears(APPLICATION_ERROR).has_ended()
    assert [warned.code for warned in call.warnings] == [12100, 11200]


def test_the_last_line_of_a_traceback_is_told() -> None:
    call = telephone(Reply("Traceback ...\nKeyError: 'To'", "text/plain", 500)).dial(LINE)
    assert "KeyError: 'To'" in call.warnings[0].text
