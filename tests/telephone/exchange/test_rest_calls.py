"""How are calls placed, changed and found by REST? (Twilio: voice/api/call-resource)"""

import pytest

from telephone import Busy, Declines, Fails, NoAnswer, Person, Persona, Voicemail
from tests.telephone.canned_twiml import ACCOUNT, HOST, LINE
from tests.telephone.exchange.world import AUTH, BASE, CALLER, CONSULTED, HANDLER, THIRD, World

TALK = {"/hello": "<Response><Say>Hello</Say><Pause length='20'/></Response>"}
ALL = ["initiated", "ringing", "answered", "completed"]


def test_whoever_answers_hears_the_document() -> None:
    world = World(documents=TALK)
    world.exchange.phone(HANDLER).will(Person(after=3))
    leg = world.calls(HANDLER, "/hello")
    assert (leg.status, leg.direction) == ("queued", "outbound-api")
    world.exchange.advance(5)
    assert leg.has_heard("Hello")
    (asked,) = world.asked("/hello")
    assert (asked.at, asked.parameter("CallStatus"), asked.parameter("Direction")) == (
        3.0,
        "in-progress",
        "outbound-api",
    )


@pytest.mark.parametrize(
    ("persona", "status"),
    [
        (Person(talks=None), "completed"),
        (Voicemail(), "completed"),
        (Busy(), "busy"),
        (Declines(), "busy"),
        (NoAnswer(), "no-answer"),
        (Fails(), "failed"),
    ],
)
def test_one_completed_event_tells_the_end_whatever_it_was(persona: Persona, status: str) -> None:
    world = World(documents=TALK)
    world.exchange.phone(HANDLER).will(persona)
    world.calls(HANDLER, "/hello", StatusCallback=f"{HOST}/status", Timeout=10)
    world.exchange.advance(60)
    assert world.told("/status", "CallStatus") == [status]
    assert world.told("/status", "SequenceNumber") == ["0"]


def test_all_events_come_in_order_with_their_status() -> None:
    world = World(documents=TALK)
    world.exchange.phone(HANDLER).will(Person(after=3))
    world.calls(HANDLER, "/hello", StatusCallback=f"{HOST}/status", StatusCallbackEvent=ALL)
    world.exchange.advance(60)
    assert world.told("/status", "CallStatus") == ["initiated", "ringing", "in-progress", "completed"]
    assert world.told("/status", "CallbackSource") == ["call-progress-events"] * 4
    assert world.told("/status", "CallDuration")[-1] == "20"


def test_a_call_rings_for_its_timeout_and_five_seconds() -> None:
    world = World()
    leg = world.calls(HANDLER, "/hello", Timeout=10)
    world.exchange.advance(60)
    assert (leg.status, leg.ended_at) == ("no-answer", 15.0)


def test_calls_start_one_a_second_and_the_rest_stay_queued() -> None:
    world = World()
    legs = [world.calls(number, "/hello") for number in (HANDLER, CONSULTED, THIRD)]
    world.exchange.advance(0.5)
    assert [leg.status for leg in legs] == ["ringing", "queued", "queued"]
    world.exchange.advance(2)
    assert [leg.rang_at for leg in legs] == [0.0, 1.0, 2.0]
    assert [world.rest("GET", f"/Calls/{leg.sid}.json")[1]["queue_time"] for leg in legs] == ["0", "1000", "2000"]


def test_a_call_canceled_while_queued_never_rings_and_nobody_is_told() -> None:
    world = World()
    world.calls(HANDLER, "/hello")
    leg = world.calls(CONSULTED, "/hello", StatusCallback=f"{HOST}/status", StatusCallbackEvent=ALL)
    assert world.post(f"/Calls/{leg.sid}.json", Status="canceled")["status"] == "canceled"
    world.exchange.advance(30)
    assert (leg.rang_at, world.asked("/status")) == (None, [])


@pytest.mark.parametrize("status", ["canceled", "completed"])
def test_a_ringing_call_can_be_ended(status: str) -> None:
    world = World()
    leg = world.calls(HANDLER, "/hello", StatusCallback=f"{HOST}/status")
    world.exchange.advance(3)
    world.post(f"/Calls/{leg.sid}.json", Status=status)
    world.exchange.settle()
    assert leg.status == "canceled"
    assert world.told("/status", "CallStatus") == ["canceled"]


def test_an_answered_call_is_completed_and_not_canceled() -> None:
    world = World(documents=TALK)
    world.exchange.phone(HANDLER).will(Person(after=1))
    leg = world.calls(HANDLER, "/hello")
    world.exchange.advance(3)
    assert world.refusal(f"/Calls/{leg.sid}.json", Status="canceled") == (400, 21220)
    world.post(f"/Calls/{leg.sid}.json", Status="completed")
    world.exchange.settle()
    assert leg.status == "completed"


def test_a_child_that_rings_is_ended_with_completed_and_not_canceled() -> None:
    world = World(f"<Response><Dial action='/after'>{HANDLER}</Dial></Response>")
    world.exchange.dial(LINE, CALLER)
    child = world.exchange.phone(HANDLER).leg
    assert world.refusal(f"/Calls/{child.sid}.json", Status="canceled") == (400, 21220)
    world.post(f"/Calls/{child.sid}.json", Status="completed")
    world.exchange.settle()
    assert world.told("/after", "DialCallStatus") == ["canceled"]


def test_what_is_over_can_neither_be_ended_nor_redirected() -> None:
    world = World()
    caller = world.exchange.dial(LINE, CALLER)
    assert caller.is_over
    assert world.refusal(f"/Calls/{caller.sid}.json", Status="completed") == (400, 21220)
    assert world.refusal(f"/Calls/{caller.sid}.json", Url=f"{HOST}/elsewhere") == (400, 21220)


def test_a_redirect_cuts_what_is_being_said() -> None:
    world = World("<Response><Say>One two three four five six</Say><Say>Seven</Say></Response>")
    caller = world.exchange.dial(LINE, CALLER)
    world.exchange.advance(1)
    world.post(f"/Calls/{caller.sid}.json", Url=f"{HOST}/elsewhere")
    world.exchange.advance(5)
    assert caller.has_heard("One two ...")
    assert caller.has_heard("Somewhere else")
    assert not caller.has_heard("Seven")


def test_twiml_is_executed_as_it_is_handed_over_but_not_beyond_4000_characters() -> None:
    world = World()
    caller = world.exchange.dial(LINE, CALLER)
    del caller
    world.exchange.phone(HANDLER).will(Person(after=1))
    body = world.post("/Calls.json", To=HANDLER, From=LINE, Twiml="<Response><Say>Handed over</Say></Response>")
    world.exchange.advance(3)
    assert world.exchange.leg(body["sid"]).has_heard("Handed over")
    long = "<Response>" + " " * 4000 + "</Response>"
    assert world.refusal("/Calls.json", To=HANDLER, From=LINE, Twiml=long) == (400, 32018)


@pytest.mark.parametrize(
    ("parameters", "code"),
    [
        ({"From": LINE, "Url": HOST}, 21201),
        ({"To": "01392 388481", "From": LINE, "Url": HOST}, 21211),
        ({"To": HANDLER, "Url": HOST}, 21213),
        ({"To": HANDLER, "From": "anonymous", "Url": HOST}, 21212),
        ({"To": HANDLER, "From": CALLER, "Url": HOST}, 21210),
        ({"To": HANDLER, "From": LINE}, 21205),
        ({"To": HANDLER, "From": LINE, "Url": "/relative"}, 21205),
    ],
)
def test_what_cannot_be_called_is_refused_with_twilios_code(parameters: dict[str, str], code: int) -> None:
    world = World()
    assert world.refusal("/Calls.json", **parameters) == (400, code)
    assert world.exchange.legs == ()


def test_a_callers_own_number_is_shown_with_their_call_token() -> None:
    world = World("<Response><Pause length='60'/></Response>")
    caller = world.exchange.dial(LINE, CALLER)
    told = world.asked("/voice")[0].parameter("CallToken")
    assert told == caller.token != ""
    body = world.post("/Calls.json", To=HANDLER, From=CALLER, Url=f"{HOST}/hello", CallToken=told)
    assert body["from"] == CALLER
    assert world.refusal("/Calls.json", To=HANDLER, From=CONSULTED, Url=HOST, CallToken=told) == (400, 21210)


def test_calls_are_found_by_what_they_are() -> None:
    world = World(f"<Response><Dial>{HANDLER}</Dial></Response>")
    caller = world.exchange.dial(LINE, CALLER)
    child = world.exchange.phone(HANDLER).leg
    leg = world.calls(CONSULTED, "/hello")
    world.exchange.advance(1)

    def found(query: str) -> list[str]:
        return [each["sid"] for each in world.listed(f"/Calls.json?{query}", "calls")]

    assert found("") == [leg.sid, child.sid, caller.sid]
    assert found(f"To=%2B{CONSULTED[1:]}") == [leg.sid]
    assert found(f"From=%2B{CALLER[1:]}&Status=ringing") == [child.sid]
    assert found(f"ParentCallSid={caller.sid}") == [child.sid]
    assert found("StartTime=2026-01-05") == [leg.sid, child.sid, caller.sid]
    assert found("StartTime%3E=2026-01-06") == []
    assert found("StartTime%3C=2026-01-05T09:00:00Z") == [leg.sid, child.sid, caller.sid]


def test_lists_come_in_pages() -> None:
    world = World()
    for _ in range(5):
        world.calls(HANDLER, "/hello")
    _, first = world.rest("GET", "/Calls.json?PageSize=2")
    assert (len(first["calls"]), first["page"], first["previous_page_uri"]) == (2, 0, None)
    path = first["next_page_uri"].removeprefix(f"/2010-04-01/Accounts/{ACCOUNT.sid}")
    _, second = world.rest("GET", path)
    _, third = world.rest("GET", second["next_page_uri"].removeprefix(f"/2010-04-01/Accounts/{ACCOUNT.sid}"))
    sids = [each["sid"] for page in (first, second, third) for each in page["calls"]]
    assert (len(set(sids)), third["next_page_uri"]) == (5, None)


@pytest.mark.parametrize("auth", [None, (ACCOUNT.sid, "wrong"), ("AC0", ACCOUNT.token)])
def test_without_the_right_key_nothing_is_answered(auth: tuple[str, str] | None) -> None:
    status, text = World().exchange.rest.request("GET", f"{BASE}/Calls.json", auth=auth)
    assert (status, '"code": 20003' in text) == (401, True)


def test_what_there_is_not_is_not_found() -> None:
    world = World()
    for path in ("/Calls/CA404.json", "/Conferences/CF404.json", "/Queues/QU404.json", "/Nonsense.json"):
        assert world.rest("GET", path)[1]["code"] == 20404
    assert world.exchange.rest.request("GET", f"{BASE}/Calls.json", auth=AUTH)[0] == 200


def test_a_fallback_document_takes_over() -> None:
    world = World()
    world.exchange.phone(HANDLER).will(Person(after=1))
    leg = world.calls(HANDLER, "/missing", FallbackUrl=f"{HOST}/after")
    world.exchange.advance(2)
    assert leg.has_heard("Afterwards")
    assert world.told("/after", "ErrorCode") == ["11200"]
