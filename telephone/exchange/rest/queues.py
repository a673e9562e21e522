"""How does the REST API show queues, and take callers out of them? (Twilio: voice/api/queue-resource, member-resource)"""

from telephone.exchange.documents import Redirected
from telephone.exchange.floor import Floor
from telephone.exchange.queue import Queue, Waiting
from telephone.exchange.rest.asking import Answer, Ask, Json, Problem, not_found, page, resource, stamp
from telephone.fetching import Order


def listed(floor: Floor, ask: Ask) -> Answer:
    """Every queue."""
    return page(ask, "queues", (shown(floor, queue) for queue in floor.queues.all), floor.plant.account.sid)


def fetch(floor: Floor, ask: Ask) -> Answer:
    """One queue."""
    return Answer(200, shown(floor, _known(floor, ask)))


def members(floor: Floor, ask: Ask) -> Answer:
    """Who waits, the next one first."""
    queue = _known(floor, ask)
    rows = (_member(queue, place) for place in queue.waiting)
    return page(ask, "queue_members", rows, floor.plant.account.sid)


def member(floor: Floor, ask: Ask) -> Answer:
    """One who waits, by CallSid or as `Front`."""
    queue = _known(floor, ask)
    return Answer(200, _member(queue, _place(queue, ask)))


def dequeue(floor: Floor, ask: Ask) -> Answer:
    """Send a waiting caller to a document; a second time it is too late: 20404."""
    queue = _known(floor, ask)
    place = _place(queue, ask)
    if not ask.value("Url").startswith(("http://", "https://")):
        raise Problem(400, 21205, f"Url is not a valid URL: {ask.value('Url')}")
    row = _member(queue, place)
    queue.leave(place)
    start = Order(ask.value("Url"), ask.value("Method", "POST"))
    place.leg.interrupt(Redirected(start), lambda: place.is_attended)
    return Answer(200, row)


def shown(floor: Floor, queue: Queue) -> Json:
    """A queue as the API shows it."""
    account = floor.plant.account.sid
    return {
        "sid": queue.sid,
        "account_sid": account,
        "friendly_name": queue.name,
        "current_size": len(queue.waiting),
        "max_size": queue.most,
        "average_wait_time": queue.average_wait,
        "date_created": stamp(floor.plant, queue.created_at),
        "date_updated": stamp(floor.plant, floor.plant.timeline.now),
        "uri": resource(account, "Queues", queue.sid),
        "subresource_uris": {},
    }


def _member(queue: Queue, place: Waiting) -> Json:
    plant = place.leg.plant
    return {
        "call_sid": place.leg.sid,
        "queue_sid": queue.sid,
        "position": queue.position(place),
        "wait_time": queue.waited(place),
        "date_enqueued": stamp(plant, place.since),
        "uri": resource(plant.account.sid, "Queues", queue.sid, "Members", place.leg.sid),
    }


def _known(floor: Floor, ask: Ask) -> Queue:
    queue = next((each for each in floor.queues.all if each.sid == ask.parts["queue"]), None)
    if queue is None:
        raise not_found(ask.path)
    return queue


def _place(queue: Queue, ask: Ask) -> Waiting:
    wanted = ask.parts["member"]
    places = queue.waiting[:1] if wanted == "Front" else [each for each in queue.waiting if each.leg.sid == wanted]
    if not places:
        raise not_found(ask.path)
    return places[0]
