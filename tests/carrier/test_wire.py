"""What if the answer is no answer: rubbish, a page of somebody else's, a redirect, a drip, or nobody at all?"""

import json
import socket
from datetime import UTC, datetime
from threading import Event
from time import monotonic

import pytest

from carrier.account import Account
from carrier.patience import AT_ONCE, Patience
from carrier.port import Busy, Done, Gone, Refused, Result, RingOrder, Unknown
from carrier.twilio import Twilio
from directory.numbers import Number
from tests.carrier.stand_in import SILENCE, Answer, answering

SID = "AC" + "0" * 32
PLACED: Answer = (201, '{"sid": "CA1"}')
DENIED: Answer = (401, '{"code": 20003, "message": "Authenticate", "status": 401}')
ORDER = RingOrder(
    Number("+442079460201"), Number("+442079460101"), "https://calls.example.org/a", "https://calls.example.org/b"
)
AT = datetime(2026, 10, 14, 9, 0, tzinfo=UTC)


def rung(url: str, tokens: tuple[str, ...] = ("first-token",), seconds: float = 2.0) -> Result:
    carrier = Twilio(Account(SID, tokens, url), seconds)
    try:
        return carrier.ring(ORDER)
    finally:
        carrier.close()


@pytest.mark.parametrize(
    ("answer", "result"),
    [
        (PLACED, Done("CA1")),
        ((201, "<html>"), Unknown()),
        ((201, "[]"), Unknown()),
        ((201, "{}"), Unknown()),
        ((201, '{"sid": null}'), Unknown()),
        ((302, '{"sid": "CA1"}'), Unknown()),
        ((404, "<html>no such page</html>"), Unknown()),
        ((503, "away"), Unknown()),
        ((429, ""), Busy()),
    ],
)
def test_what_is_not_twilios_word_says_nothing(answer: Answer, result: Result) -> None:
    with answering(answer) as server:
        assert rung(server.url) == result
        assert [method for method, _, _ in server.asked] == ["POST"]


def test_an_account_that_is_not_known_is_no_phone_that_has_gone() -> None:
    with answering((404, '{"code": 20404, "status": 404}')) as server:
        result = rung(server.url)
    assert isinstance(result, Refused)
    assert result.code == 20404


def test_the_next_token_is_used_where_the_first_is_not_taken_any_more() -> None:
    with answering(DENIED, PLACED) as server:
        assert rung(server.url, ("first-token", "second-token")) == Done("CA1")
        assert [token for _, _, token in server.asked] == ["first-token", "second-token"]


def test_tokens_that_are_all_refused_are_told_once_each() -> None:
    with answering(DENIED, DENIED) as server:
        result = rung(server.url, ("first-token", "second-token"))
        assert len(server.asked) == 2
    assert isinstance(result, Refused)
    assert result.code == 20003


def test_a_token_is_shown_to_nobody() -> None:
    assert "first-token" not in repr(Account(SID, ("first-token",), "https://api.example.org"))


def test_an_answer_that_drips_is_not_waited_for() -> None:
    began = monotonic()
    with answering(SILENCE) as server:
        assert rung(server.url, seconds=0.3) == Unknown()
        assert monotonic() - began < 2


@pytest.mark.parametrize("host", ["127.0.0.1", "nobody.invalid"])
def test_what_never_had_a_connection_was_not_done(host: str) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        assert rung(f"http://{host}:{taken.getsockname()[1]}", seconds=10) == Busy()


def test_a_call_is_looked_for_on_the_next_page_too() -> None:
    other = {"sid": "CA2", "direction": "outbound-dial", "date_created": "Wed, 14 Oct 2026 09:00:05 +0000"}
    ours = other | {"sid": "CA1", "direction": "outbound-api"}
    first = {"calls": [other], "next_page_uri": "/2010-04-01/next?Page=1"}
    with answering((200, json.dumps(first)), (200, json.dumps({"calls": [ours]}))) as server:
        carrier = Twilio(Account(SID, ("first-token",), server.url), 2.0)
        assert carrier.find_ring(ORDER.to, AT) == Done("CA1")
        carrier.close()
        assert [path for _, path, _ in server.asked][1:] == ["/2010-04-01/next?Page=1"]


def test_a_room_that_has_ended_is_passed_over() -> None:
    rooms = {"conferences": [{"sid": "CF1", "status": "completed"}, {"sid": "CF2", "status": "in-progress"}]}
    with answering((200, json.dumps(rooms)), (200, "{}")) as server:
        carrier = Twilio(Account(SID, ("first-token",), server.url), 2.0)
        assert carrier.unhold("room", "caller / 1") == Done()
        carrier.close()
        assert server.asked[1][1].endswith("/Conferences/CF2/Participants/caller%20%2F%201.json")


@pytest.mark.parametrize(
    ("body", "result"),
    [
        ({"calls": []}, Gone()),
        ({"calls": [], "next_page_uri": "@elsewhere.example.org/"}, Gone()),
        ({}, Unknown()),
        ({"calls": [{"sid": "CA1", "direction": "outbound-api", "date_created": "soon"}]}, Unknown()),
        ({"calls": [{"sid": "CA1", "direction": "outbound-api", "date_created": None}]}, Unknown()),
    ],
)
def test_a_list_that_cannot_be_read_says_nothing(body: object, result: Result) -> None:
    with answering((200, json.dumps(body))) as server:
        carrier = Twilio(Account(SID, ("first-token",), server.url), 2.0)
        assert carrier.find_ring(ORDER.to, AT) == result
        carrier.close()


def test_a_request_that_was_not_even_begun_was_not_done() -> None:
    patience, gate = Patience(0.05), Event()

    def waits() -> Result:
        gate.wait()
        return Done()

    assert [patience.within(waits) for _ in range(AT_ONCE)] == [Unknown()] * AT_ONCE
    assert patience.within(waits) == Busy()
    gate.set()
    patience.close()
