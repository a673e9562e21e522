"""How does the REST API show a queue and take a caller out of it? (Twilio: voice/api/queue-resource, member-resource)"""

from tests.telephone.canned_twiml import HOST, LINE
from tests.telephone.exchange.world import CALLER, World

OTHER = "+442079460998"
VOICE = "<Response><Enqueue action='/after' waitUrl='/calm'>desk</Enqueue></Response>"


def queue() -> tuple[World, str]:
    world = World(VOICE)
    world.exchange.dial(LINE, CALLER)
    world.exchange.advance(5)
    world.exchange.dial(LINE, OTHER)
    world.exchange.advance(5)
    return world, world.exchange.queues[0].sid


def test_a_queue_and_its_members_are_shown_in_their_order() -> None:
    world, sid = queue()
    (shown,) = world.listed("/Queues.json", "queues")
    assert (shown["sid"], shown["friendly_name"], shown["current_size"], shown["max_size"]) == (sid, "desk", 2, 1000)
    first, second = world.listed(f"/Queues/{sid}/Members.json", "queue_members")
    assert (first["call_sid"], first["position"], first["wait_time"]) == (world.exchange.legs[0].sid, 1, 10)
    assert (second["position"], second["wait_time"]) == (2, 5)
    assert world.rest("GET", f"/Queues/{sid}/Members/Front.json")[1]["call_sid"] == first["call_sid"]


def test_the_front_is_sent_to_a_document_and_the_next_moves_up() -> None:
    world, sid = queue()
    first, second = world.exchange.legs
    body = world.post(f"/Queues/{sid}/Members/Front.json", Url=f"{HOST}/elsewhere", Method="POST")
    world.exchange.advance(2)
    assert body["call_sid"] == first.sid
    assert (first.has_heard("Somewhere else"), first.has_heard("Afterwards")) == (True, False)
    assert world.told("/after", "QueueResult") == ["redirected"]
    (left,) = world.listed(f"/Queues/{sid}/Members.json", "queue_members")
    assert (left["call_sid"], left["position"]) == (second.sid, 1)


def test_the_same_caller_is_taken_once() -> None:
    world, sid = queue()
    second = world.exchange.legs[1].sid
    world.post(f"/Queues/{sid}/Members/{second}.json", Url=f"{HOST}/elsewhere")
    assert world.refusal(f"/Queues/{sid}/Members/{second}.json", Url=f"{HOST}/elsewhere") == (404, 20404)


def test_an_empty_queue_has_no_front() -> None:
    world, sid = queue()
    for leg in world.exchange.legs:
        leg.hangs_up()
    assert world.refusal(f"/Queues/{sid}/Members/Front.json", Url=f"{HOST}/elsewhere") == (404, 20404)
    assert world.rest("GET", f"/Queues/{sid}.json")[1]["average_wait_time"] == 7
