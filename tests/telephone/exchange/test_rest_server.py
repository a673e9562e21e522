"""Does Twilio's own client library find its way about, in process and over a socket?"""

from collections.abc import Iterator
from typing import Any
from urllib.parse import urlsplit

import pytest
import requests
from twilio.base.exceptions import TwilioRestException
from twilio.http.http_client import TwilioHttpClient
from twilio.http.response import Response
from twilio.rest import Client

from telephone import Fault, Person, RestFault, WsgiTransport
from tests.telephone.canned_twiml import ACCOUNT, HOST, LINE
from tests.telephone.exchange.world import AUTH, BASE, CONSULTED, HANDLER, Room, World


class InProcess(TwilioHttpClient):  # type: ignore[misc]  # the library ships no types
    """The library's requests, handed to the exchange."""

    def __init__(self, world: World) -> None:
        super().__init__()
        self._rest = world.exchange.rest

    def request(self, method: str, url: str, **sent: Any) -> Response:
        headers, timeout = sent.get("headers"), sent.get("timeout")
        answer = self._rest.request(method, url, sent["data"], sent["auth"], headers, timeout, sent["params"])
        return Response(*answer)


class Elsewhere(TwilioHttpClient):  # type: ignore[misc]  # the library ships no types
    """The library's requests, sent to another address."""

    def __init__(self, base_url: str) -> None:
        super().__init__(timeout=5)
        self._host = base_url.removeprefix("http://")

    def request(self, method: str, url: str, **sent: Any) -> Response:
        return super().request(method, urlsplit(url)._replace(scheme="http", netloc=self._host).geturl(), **sent)


@pytest.fixture
def room() -> Room:
    room = Room()
    room.joins(HANDLER)
    return room


@pytest.fixture(params=["in process", "over a socket"])
def client(request: pytest.FixtureRequest, room: Room) -> Iterator[Client]:
    if request.param == "in process":
        yield Client(*AUTH, http_client=InProcess(room))
        return
    with room.exchange.served() as base_url:
        http = Elsewhere(base_url)
        yield Client(*AUTH, http_client=http)
        http.session.close()


def test_the_library_places_finds_and_ends_calls(room: Room, client: Client) -> None:
    events = ["initiated", "completed"]
    call = client.calls.create(to=CONSULTED, from_=LINE, url=f"{HOST}/calm", status_callback=f"{HOST}/status",
                               status_callback_event=events)  # fmt: skip
    room.exchange.advance(1)
    assert client.calls(call.sid).fetch().status == "ringing"
    assert [each.sid for each in client.calls.list(to=CONSULTED)] == [call.sid]
    assert client.calls(call.sid).update(status="completed").status == "canceled"
    room.exchange.settle()
    assert room.told("/status", "CallStatus")[-2:] == ["initiated", "canceled"]


def test_the_library_holds_unholds_and_removes(room: Room, client: Client) -> None:
    (conference,) = client.conferences.list(friendly_name="room", status="in-progress")
    people = client.conferences(conference.sid).participants
    assert people("caller").update(hold=True, hold_url=f"{HOST}/calm").hold is True
    assert room.caller.is_held
    assert people("caller").update(hold=False, end_conference_on_exit=True).end_conference_on_exit is True
    assert len(people.list()) == 2
    assert people(room.exchange.phone(HANDLER).leg.sid).delete() is True
    with pytest.raises(TwilioRestException) as refused:
        people(room.exchange.phone(HANDLER).leg.sid).fetch()
    assert (refused.value.status, refused.value.code) == (404, 20404)


def test_the_library_invites_and_reads_pages(room: Room, client: Client) -> None:
    room.exchange.phone(CONSULTED).will(Person(after=1))
    invited = client.conferences("room").participants.create(to=CONSULTED, from_=LINE, label="invitee")
    room.exchange.advance(3)
    assert room.exchange.leg(invited.call_sid).room == "room"
    assert len(client.calls.list(page_size=1)) == 3


def test_the_library_takes_from_a_queue() -> None:
    world = World("<Response><Enqueue>desk</Enqueue></Response>")
    caller = world.exchange.dial(LINE)
    client = Client(*AUTH, http_client=InProcess(world))
    (queue,) = client.queues.list()
    (member,) = client.queues(queue.sid).members.list()
    assert (member.call_sid, member.position) == (caller.sid, 1)
    client.queues(queue.sid).members("Front").update(url=f"{HOST}/elsewhere")
    world.exchange.advance(2)
    assert caller.has_heard("Somewhere else")


def test_a_hung_request_and_a_reset_one_are_so_over_a_socket() -> None:
    world = World()
    world.exchange.rest.fails(RestFault(Fault.HUNG), RestFault(Fault.LOST_REPLY))
    path = urlsplit(f"{BASE}/Calls.json").path
    form = {"To": HANDLER, "From": LINE, "Url": f"{HOST}/hello"}
    with world.exchange.served() as base_url:
        with pytest.raises(requests.ReadTimeout):
            requests.post(base_url + path, data=form, auth=AUTH, timeout=0.2)
        assert world.exchange.legs == ()
        with pytest.raises(requests.ConnectionError):
            requests.post(base_url + path, data=form, auth=AUTH, timeout=2)
    assert len(world.exchange.legs) == 1


def test_an_application_may_use_the_api_over_a_socket_while_it_answers() -> None:
    """The exchange leaves its door open while a webhook is answered: the reply waits for the API, not the other way."""
    held: list[str] = []

    def app(environ: dict[str, Any], start_response: Any) -> list[bytes]:
        if environ["PATH_INFO"] == "/voice" and held:
            path = f"/2010-04-01/Accounts/{ACCOUNT.sid}/Calls.json"
            form = {"To": HANDLER, "From": LINE, "Url": f"{HOST}/hello"}
            assert requests.post(held[0] + path, data=form, auth=AUTH, timeout=5).status_code == 201
        start_response("200 OK", [("Content-Type", "text/xml")])
        return [b"<Response><Pause length='9'/></Response>"]

    world = World(transport=WsgiTransport(app))
    with world.exchange.served() as base_url:
        held.append(base_url)
        world.exchange.dial(LINE)
        world.exchange.advance(1)
    assert len(world.exchange.ringing(HANDLER)) == 1
